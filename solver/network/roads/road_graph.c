#include "solver/network/roads/road_graph.h"

#include "solver/base/message.h"
#include "solver/network/roads/road_segments.h"
#include "solver/network/roads/road_turns.h"

error_code road_graph_build(const struct road_data *roads, const struct road_profile *profile,
                            struct arena *arena, struct road_graph *graph, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct road_draft draft = {.roads = roads, .profile = profile, .arena = arena};
    struct road_rules rules = {0};
    arena_init(&draft.scratch);
    *graph = (struct road_graph){.roads = roads, .profile = profile};
    TRY(road_segments_build(&draft, error));
    if (draft.arc_count == 0) {
        rc = error_set(error, ERROR_NETWORK, _("profile \"%s\" may use none of the roads"), profile->name);
        goto done;
    }
    TRY(road_rules_build(&draft, &rules, error));
    TRY(road_turns_build(&draft, &rules, graph, error));
    graph->junction_count = draft.junction_count;
    graph->segment_count = draft.segment_count;
    graph->arc_count = draft.arc_count;
    graph->junction_node = draft.junction_node;
    graph->segments = draft.segments;
    graph->points = draft.points;
    graph->arcs = draft.arcs;
done:
    road_rules_free(&rules);
    arena_free(&draft.scratch);
    return rc;
}

struct road_point road_arc_point(const struct road_graph *graph, int32_t arc, int32_t k)
{
    const struct road_arc *driven = &graph->arcs[arc];
    const struct road_segment *segment = &graph->segments[driven->segment];
    return graph->points[segment->first_point + (driven->against ? segment->point_count - 1 - k : k)];
}
