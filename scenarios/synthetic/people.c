/* Who works there: pseudonyms, ages as in French local government, absences by spells, leave. */
#include "scenarios/synthetic/synthetic.h"
#include "scenarios/synthetic/table.h"

#include <math.h>

enum { ABSENCE_YEARS = 2, YEAR_DAYS = 365, LEAVE_FROM_DAYS = 14 };

struct person {
    bool driver, loader, contract, unlicensed;
    int32_t birth_year, birth_month;
    double share;
};

/* Posts of the busiest day, and a fifth more: absences are some 10 % and leave as much. */
static int32_t head_count(const struct synthetic *city, bool drivers)
{
    int32_t most = 0;
    for (int32_t weekday = 0; weekday < WEEK_DAYS; weekday++) {
        int32_t posts = 0;
        for (int32_t round = 0; round < city->round_count; round++) {
            if (city->rounds[round].weekday != weekday) continue;
            posts += drivers ? 1 : city->kinds[city->vehicles[city->rounds[round].vehicle].kind].loaders;
        }
        if (posts > most) most = posts;
    }
    return most + (most + 4) / 5;
}

/* Mean age 46, half of them 50 or more. */
static struct person draw_person(const struct synthetic *city, bool driver, bool loader, struct rng *rng)
{
    int32_t year = civil_from_day(city->options.start).year;
    double age = fmin(fmax(47 + 10 * rng_normal(rng), 20), 64);
    return (struct person){
        .driver = driver,
        .loader = loader,
        .contract = rng_below(rng, 100) < 22,
        .unlicensed = driver && rng_below(rng, 100) < 6,
        .birth_year = year - (int32_t)age,
        .birth_month = 1 + rng_below(rng, 12),
        .share = rng_below(rng, 100) < 12 ? 0.8 : 1,
    };
}

static void write_person(const struct synthetic *city, int32_t number, const struct person *person,
                         struct rng *rng, struct table *table)
{
    int32_t year = civil_from_day(city->options.start).year;
    int32_t begun = person->birth_year + 19 + rng_below(rng, year - person->birth_year - 18);
    struct civil_date start = {begun < year ? begun : year - 1, 1 + rng_below(rng, 12), 1};
    struct civil_date licence = {year + 1 + rng_below(rng, 5), 6, 30};
    if (person->unlicensed) licence.year = year - 1;
    table_text(table, "A%03d", (int)number);
    table_text(table, "%s", person->driver ? "driver" : person->loader ? "loader" : "mechanic");
    table_text(table, "%04d-%02d", (int)person->birth_year, (int)person->birth_month);
    table_text(table, "%s", person->contract ? "contractuel" : "titulaire");
    table_text(table, "%s", person->contract || !(person->driver || person->loader) ? "sedentary" : "active");
    table_date(table, day_from_civil(start));
    table_number(table, 35, 0);
    table_number(table, person->share, 1);
    table_text(table, "%s", person->driver ? "C FIMO" : person->loader ? "ripage" : "atelier");
    if (person->driver) {
        table_date(table, day_from_civil(licence));
    } else {
        table_empty(table);
    }
    table_end_row(table);
}

static error_code write_agents(const struct synthetic *city, int32_t drivers, int32_t loaders,
                               struct run_folder *folder, struct error *error)
{
    struct table table = {.french = true, .latin1 = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE);
    error_code rc = table_open(&table, folder, "agents.csv",
                               "agent_id,role,birth_month,status,category,service_start,weekly_hours,"
                               "work_share,skills,licence_valid_until",
                               error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t number = 0; number <= drivers + loaders; number++) {
        bool driver = number < drivers, loader = !driver && number < drivers + loaders;
        struct person person = draw_person(city, driver, loader, &rng);
        write_person(city, number + 1, &person, &rng, &table);
    }
    return table_close(&table, error);
}

/* Spells: nearly half end within a week, few are long, and those make most of the days lost. */
static error_code write_absences(const struct synthetic *city, int32_t agents, struct run_folder *folder,
                                 struct error *error)
{
    static const struct {
        const char *name;
        int32_t percent;
        double mean_days;
    } CLASSES[] = {{"court", 80, 6}, {"accident", 14, 35}, {"long", 6, 110}};
    struct table table = {.french = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE + 100);
    error_code rc = table_open(&table, folder, "absences.csv", "agent_id,start,end,class", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t agent = 1; agent <= agents; agent++) {
        day_number day = city->options.start - ABSENCE_YEARS * YEAR_DAYS;
        for (;;) {
            day += 1 + (day_number)(-160 * log(1 - rng_unit(&rng))); /* some 10 % of the days in all */
            if (day >= city->options.start) break;
            int32_t drawn = rng_below(&rng, 100), class = 0;
            while (drawn >= CLASSES[class].percent) drawn -= CLASSES[class ++].percent;
            day_number end = day + (day_number)(-CLASSES[class].mean_days * log(1 - rng_unit(&rng)));
            table_text(&table, "A%03d", (int)agent);
            table_date(&table, day);
            table_date(&table, end);
            table_text(&table, "%s", CLASSES[class].name);
            table_end_row(&table);
            day = end + 1;
        }
    }
    return table_close(&table, error);
}

/* Each takes a week or two within the next three months; the Christmas weeks are asked for most. */
static error_code write_leave(const struct synthetic *city, int32_t agents, struct run_folder *folder,
                              struct error *error)
{
    struct table table = {.french = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE + 200);
    error_code rc = table_open(&table, folder, "leave.csv", "agent_id,start,end,class", error);
    if (rc != ERROR_NONE) return rc;
    day_number monday = city->options.start - day_weekday(city->options.start) - LEAVE_FROM_DAYS;
    for (int32_t agent = 1; agent <= agents; agent++) {
        day_number start = monday + WEEK_DAYS * rng_below(&rng, 14);
        table_text(&table, "A%03d", (int)agent);
        table_date(&table, start);
        table_date(&table, start + 4 + WEEK_DAYS * rng_below(&rng, 2));
        table_text(&table, "%s", rng_below(&rng, 5) == 0 ? "rtt" : "annual");
        table_end_row(&table);
    }
    return table_close(&table, error);
}

error_code synthetic_write_people(const struct synthetic *city, struct run_folder *folder,
                                  struct error *error)
{
    error_code rc = ERROR_NONE;
    int32_t drivers = head_count(city, true), loaders = head_count(city, false);
    TRY(write_agents(city, drivers, loaders, folder, error));
    TRY(write_absences(city, drivers + loaders + 1, folder, error));
    TRY(write_leave(city, drivers + loaders + 1, folder, error));
done:
    return rc;
}
