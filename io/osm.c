#include "io/osm.h"

#include "io/osm_gather.h"
#include "solver/base/message.h"

error_code osm_read(const char *path, struct arena *arena, struct road_data *roads, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct osm_gather gather;
    const struct osm_visitor first = {
        .context = &gather, .way = osm_gather_way, .relation = osm_gather_relation};
    const struct osm_visitor second = {.context = &gather, .node = osm_gather_node};
    *roads = (struct road_data){0};
    osm_gather_init(&gather, path, arena);
    TRY(osm_scan(path, &first, error));
    if (gather.ways.count == 0) TRY(error_at(error, ERROR_NETWORK, path, 0, 0, _("the file has no road")));
    TRY(osm_gather_wanted(&gather, error));
    TRY(osm_scan(path, &second, error));
    TRY(osm_assemble(&gather, arena, roads, error));
done:
    osm_gather_free(&gather);
    return rc;
}
