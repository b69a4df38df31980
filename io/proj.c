#include "io/proj.h"

#include "solver/base/message.h"

#include <math.h>
#include <proj.h>
#include <stdlib.h>
#include <string.h>

struct projection {
    PJ_CONTEXT *context;
    PJ *to_wgs84;
};

/* Only codes of the EPSG register: PROJ would also take definitions and names of files. */
static bool is_code(const char *crs)
{
    const size_t digits = strlen(crs) > 5 ? strspn(crs + 5, "0123456789") : 0;
    return strncmp(crs, "EPSG:", 5) == 0 && digits > 0 && digits <= 6 && crs[5 + digits] == '\0';
}

error_code projection_open(const char *crs, struct projection **opened, struct error *error)
{
    *opened = NULL;
    if (!is_code(crs)) { return error_set(error, ERROR_INPUT, _("expected a code such as EPSG:2154")); }
    struct projection *projection = calloc(1, sizeof *projection);
    if (projection == NULL) return error_memory(error);
    projection->context = proj_context_create();
    if (projection->context == NULL) {
        free(projection);
        return error_memory(error);
    }
    proj_log_level(projection->context, PJ_LOG_NONE);
    proj_context_set_enable_network(projection->context, 0);
    PJ *plain = proj_create_crs_to_crs(projection->context, crs, "EPSG:4326", NULL);
    /* Axes as on a map, whatever the register's order: east, north and longitude, latitude. */
    if (plain != NULL) projection->to_wgs84 = proj_normalize_for_visualization(projection->context, plain);
    proj_destroy(plain);
    if (projection->to_wgs84 == NULL) {
        projection_close(projection);
        return error_set(error, ERROR_INPUT, _("%s is not a known reference system with a way to WGS 84"),
                         crs);
    }
    *opened = projection;
    return ERROR_NONE;
}

void projection_close(struct projection *projection)
{
    if (projection == NULL) return;
    proj_destroy(projection->to_wgs84);
    proj_context_destroy(projection->context);
    free(projection);
}

bool projection_to_wgs84(struct projection *projection, double x, double y, struct position *position)
{
    const PJ_COORD from = proj_coord(x, y, 0, 0);
    proj_errno_reset(projection->to_wgs84);
    const PJ_COORD to = proj_trans(projection->to_wgs84, PJ_FWD, from);
    *position = (struct position){.lat = to.lp.phi, .lon = to.lp.lam};
    return isfinite(to.lp.phi) && isfinite(to.lp.lam) && fabs(to.lp.phi) <= 90 && fabs(to.lp.lam) <= 180;
}
