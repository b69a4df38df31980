/* OpenStreetMap extracts: .osm, .osm.gz, .osm.pbf, to roads.
 *
 * Two passes. The first keeps ways that a motor vehicle might use (highway=* of the classes of road_data.h;
 * pedestrian streets, footways, paths, cycleways and bridleways where motor_vehicle, vehicle, motorcar, goods
 * or hgv let one in; no area, no ferry, nothing under construction, nothing closed to all) and turn
 * restrictions; the second keeps the places and barriers of their nodes. So memory is that of the roads, not
 * of the file. Ids are 64 bits and are looked up by bisection, never used as indices. What the file is, its
 * first bytes say, not its name. An element that stands twice counts once.
 *
 * Tags, as OpenStreetMap's wiki defines them; a value that is not understood counts as not there:
 *   oneway       yes, true, 1, -1, reverse, reversible (closed), alternating (both ways); implied by
 *                junction=roundabout|circular, motorway and motorway_link; oneway:motorcar, or oneway:hgv
 *                and :goods, then oneway:motor_vehicle, before oneway
 *   access       the most particular of access < vehicle < motor_vehicle < motorcar, or goods < hgv, that
 *                says something, each with :forward and :backward; yes, designated, permissive, official,
 *                public, discouraged open; destination, delivery, customers, residents to destination;
 *                private, permit private; no, agricultural, forestry, emergency, military, psv, bus,
 *                use_sidepath closed; of a list the most open; conditional ones are not read
 *   maxspeed     km/h, mph, knots, walk, none, and zones by country (FR:urban, PT:rural, FR:zone30 …),
 *                also in maxspeed:type, source:maxspeed, zone:maxspeed and zone:traffic; of several the
 *                least; :forward, :backward, :hgv, :goods
 *   maxweight, maxweightrating (:hgv), maxaxleload, maxheight and maxwidth (:physical)
 *                tonnes, kg, lbs, st, lt, cwt; metres, cm, mm, feet and inches (12'6"); none, default: any
 *   lanes, name  or else ref; driving_side, or else the sense of roundabouts, says where traffic keeps
 *   barrier      of nodes: kerb, cattle_grid, toll_booth, border_control, entrance, sally_port, no open;
 *                gates of any kind, chains and movable bollards private, as somebody must open them; a
 *                bus_trap closed to cars; a height_restrictor closed to trucks where it is under 3.6 m or
 *                does not say; bollard, block and any other closed; but where access tags say otherwise
 *   highway      of nodes: turning_circle, turning_loop, mini_roundabout (turning places),
 *                traffic_signals (or crossing=traffic_signals), crossing
 *   restriction  no_*, only_*, over a node or over one way; :hgv, :motorcar or :motor_vehicle before the
 *                plain one; except=motorcar|hgv|motor_vehicle|vehicle; conditional ones are not read. One
 *                that names several ways stands for those that meet at its via; one whose members are not
 *                all there, or do not meet, is lost and counted
 *
 * Errors: ERROR_NETWORK, with the reason, for a file that cannot be opened, is empty, is cut off, is damaged,
 * is not OSM or has no road. A PBF file that ends between two blocks cannot be told from a whole one. Nothing
 * is left behind: no file is written. Complexity: O(file × log roads).
 */
#ifndef BENNE_IO_OSM_H
#define BENNE_IO_OSM_H

#include "solver/base/arena.h"
#include "solver/network/roads/road_data.h"

error_code osm_read(const char *path, struct arena *arena, struct road_data *roads,
                    struct error *error) ERROR_CHECKED;

#endif
