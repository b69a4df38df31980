/* The current practice, driven by the same simulator: the day's fixed rounds in their own order, with
 * unloading and break placed as well as the order allows. What a plan is compared with. */
#ifndef BENNE_HORIZON_PRACTICE_H
#define BENNE_HORIZON_PRACTICE_H

#include "solver/horizon/day.h"
#include "solver/model/check.h"

struct practice {
    bool known; /* false: no fixed round on that weekday */
    struct day_problem problem;
    struct plan plan; /* freed by practice_free */
    struct check_report report;
};

error_code practice_drive(const struct city *city, const struct fill_forecast *forecast, day_number day,
                          struct arena *arena, struct practice *practice, struct error *error) ERROR_CHECKED;
void practice_free(struct practice *practice);

#endif
