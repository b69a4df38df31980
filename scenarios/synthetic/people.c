/* Who works there: pseudonyms, ages as in French local government, absences by spells, leave. */
#include "scenarios/synthetic/sheet.h"
#include "scenarios/synthetic/synthetic.h"

#include <math.h>

enum { ABSENCE_YEARS = 2, YEAR_DAYS = 365, LEAVE_FROM_DAYS = 14 };

struct person {
    bool driver, loader, contract, unlicensed;
    int32_t birth_year, birth_month;
    double share;
};

/* Posts of the busiest day, and a third more: absences are some 10 % and leave as much. */
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
    return most + (most + 2) / 3;
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
                         struct rng *rng, struct sheet *sheet)
{
    int32_t year = civil_from_day(city->options.start).year;
    int32_t begun = person->birth_year + 19 + rng_below(rng, year - person->birth_year - 18);
    struct civil_date start = {begun < year ? begun : year - 1, 1 + rng_below(rng, 12), 1};
    struct civil_date licence = {year + 1 + rng_below(rng, 5), 6, 30};
    if (person->unlicensed) licence.year = year - 1;
    sheet_text(sheet, "A%03d", (int)number);
    sheet_text(sheet, "%s", person->driver ? "conducteur" : person->loader ? "ripeur" : "autre");
    sheet_text(sheet, "%04d-%02d", (int)person->birth_year, (int)person->birth_month);
    sheet_text(sheet, "%s", person->contract ? "contractuel" : "titulaire");
    sheet_text(sheet, "%s", person->contract || !(person->driver || person->loader) ? "sedentary" : "active");
    sheet_date(sheet, day_from_civil(start));
    sheet_number(sheet, 35, 0);
    sheet_number(sheet, person->share, 1);
    sheet_text(sheet, "%s", person->driver ? "C FIMO" : person->loader ? "ripage" : "mécanique");
    if (person->driver) {
        sheet_date(sheet, day_from_civil(licence));
    } else {
        sheet_empty(sheet);
    }
    sheet_end_row(sheet);
}

static error_code write_agents(const struct synthetic *city, int32_t drivers, int32_t loaders,
                               struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true, .latin1 = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE);
    error_code rc = sheet_open(&sheet, folder, "agents.csv",
                               "code_agent,role,mois_naissance,statut,categorie,date_entree,heures_hebdo,"
                               "quotite,competences,permis_valide_jusqu_au",
                               error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t number = 0; number <= drivers + loaders; number++) {
        bool driver = number < drivers, loader = !driver && number < drivers + loaders;
        struct person person = draw_person(city, driver, loader, &rng);
        write_person(city, number + 1, &person, &rng, &sheet);
    }
    return sheet_close(&sheet, error);
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
    struct sheet sheet = {.french = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE + 100);
    error_code rc = sheet_open(&sheet, folder, "absences.csv", "agent_id,start,end,class", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t agent = 1; agent <= agents; agent++) {
        day_number day = city->options.start - ABSENCE_YEARS * YEAR_DAYS;
        for (;;) {
            day += 1 + (day_number)(-160 * log(1 - rng_unit(&rng))); /* some 10 % of the days in all */
            if (day >= city->options.start) break;
            int32_t drawn = rng_below(&rng, 100), class = 0;
            while (drawn >= CLASSES[class].percent) drawn -= CLASSES[class ++].percent;
            day_number end = day + (day_number)(-CLASSES[class].mean_days * log(1 - rng_unit(&rng)));
            sheet_text(&sheet, "A%03d", (int)agent);
            sheet_date(&sheet, day);
            sheet_date(&sheet, end);
            sheet_text(&sheet, "%s", CLASSES[class].name);
            sheet_end_row(&sheet);
            day = end + 1;
        }
    }
    return sheet_close(&sheet, error);
}

/* Each takes a week or two within the next three months; the Christmas weeks are asked for most. */
static error_code write_leave(const struct synthetic *city, int32_t agents, struct run_folder *folder,
                              struct error *error)
{
    struct sheet sheet = {.french = true};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_PEOPLE + 200);
    error_code rc = sheet_open(&sheet, folder, "leave.csv", "agent_id,start,end,class", error);
    if (rc != ERROR_NONE) return rc;
    day_number monday = city->options.start - day_weekday(city->options.start) - LEAVE_FROM_DAYS;
    for (int32_t agent = 1; agent <= agents; agent++) {
        day_number start = monday + WEEK_DAYS * rng_below(&rng, 14);
        sheet_text(&sheet, "A%03d", (int)agent);
        sheet_date(&sheet, start);
        sheet_date(&sheet, start + 4 + WEEK_DAYS * rng_below(&rng, 2));
        sheet_text(&sheet, "%s", rng_below(&rng, 5) == 0 ? "rtt" : "annual");
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
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
