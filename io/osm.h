/* OpenStreetMap extracts: .osm, .osm.gz, .osm.pbf, to roads.
 *
 * Two passes. The first keeps ways that a motor vehicle might use (highway=* of the classes of road_data.h;
 * pedestrian streets and paths where motor_vehicle, vehicle, hgv, access or service say so; no area, no
 * ferry, nothing under construction) and turn restrictions; the second keeps the places and barriers of their
 * nodes. So memory is that of the roads, not of the file. Ids are 64 bits and are looked up by bisection,
 * never used as indices.
 *
 * Tags, as OpenStreetMap's wiki defines them:
 *   oneway            yes, true, 1, -1, reverse, reversible (closed); implied by
 * junction=roundabout|circular, motorway and motorway_link; oneway:hgv, oneway:motor_vehicle before oneway;
 * oneway=alternating counts as both ways access            the most particular of access < vehicle <
 * motor_vehicle < motorcar | hgv (goods for trucks too), each with :forward and :backward; yes, designated,
 * permissive, official open; destination, delivery, customers, residents to destination; private, permit
 * private; no, agricultural, forestry, emergency, psv, bus closed; conditional ones are not read maxspeed
 * km/h, mph, knots, walk, none, and zones by country (FR:urban, PT:rural …); :forward, :backward, :hgv
 *   maxweight, maxweightrating(:hgv), maxaxleload, maxheight(:physical), maxwidth(:physical)
 *                     tonnes, kg, lbs, st; metres, cm, feet and inches (12'6"); none, default, below_default:
 * any barrier           bollard, block, gate, lift_gate, …: closed but where access tags let through; kerb,
 * cattle_grid, toll_booth, border_control, entrance, height_restrictor open highway           of nodes:
 * turning_circle, turning_loop, mini_roundabout (turning places), traffic_signals, crossing restriction no_*,
 * only_*, restriction:hgv, except=motorcar|hgv|…; conditional ones are not read
 *
 * Errors: ERROR_NETWORK, with the reason, for a file that cannot be opened, is empty, is cut off, is not OSM
 * or has no road. Nothing is left behind. Complexity: O(file × log roads).
 */
#ifndef BENNE_IO_OSM_H
#define BENNE_IO_OSM_H

#include "solver/base/arena.h"
#include "solver/network/roads/road_data.h"

error_code osm_read(const char *path, struct arena *arena, struct road_data *roads,
                    struct error *error) ERROR_CHECKED;

#endif
