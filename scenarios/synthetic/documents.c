/* What stands around the tables: the city's own file, its calendar, its rules, a survey, and a README. */
#include "scenarios/synthetic/sheet.h"
#include "scenarios/synthetic/streets.h"
#include "scenarios/synthetic/synthetic.h"

#include <math.h>

enum { PLANNING_DAYS = 7, CALENDAR_AHEAD_DAYS = 60, STRIKE_BEFORE_DAYS = 20, RETENTION_DAYS = 1095 };

/* Easter Sunday. Source: Meeus, "Astronomical Algorithms" (1991), chapter 8. */
static day_number easter(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t g = (8 * b + 13) / 25;
    int32_t h = (19 * a + b - b / 4 - g + 15) % 30;
    int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int32_t m = (a + 11 * h + 22 * l) / 451;
    int32_t sum = h + l - 7 * m + 114;
    return day_from_civil((struct civil_date){year, sum / 31, sum % 31 + 1});
}

const char *synthetic_holiday(day_number day)
{
    static const struct {
        int32_t month, day;
        const char *name;
    } FIXED[] = {
        {1, 1, "Jour de l'An"},     {5, 1, "Fête du Travail"}, {5, 8, "Victoire 1945"},
        {7, 14, "Fête nationale"},  {8, 15, "Assomption"},     {11, 1, "Toussaint"},
        {11, 11, "Armistice 1918"}, {12, 25, "Noël"},
    };
    static const struct {
        int32_t days;
        const char *name;
    } AFTER_EASTER[] = {{1, "Lundi de Pâques"}, {39, "Ascension"}, {50, "Lundi de Pentecôte"}};
    struct civil_date date = civil_from_day(day);
    for (size_t number = 0; number < sizeof FIXED / sizeof FIXED[0]; number++) {
        if (FIXED[number].month == date.month && FIXED[number].day == date.day) return FIXED[number].name;
    }
    day_number sunday = easter(date.year);
    for (size_t number = 0; number < sizeof AFTER_EASTER / sizeof AFTER_EASTER[0]; number++) {
        if (day == sunday + AFTER_EASTER[number].days) return AFTER_EASTER[number].name;
    }
    return NULL;
}

day_number synthetic_strike(const struct synthetic *city)
{
    return city->options.start - STRIKE_BEFORE_DAYS;
}

bool synthetic_served(const struct synthetic *city, day_number day)
{
    return day_weekday(day) < 5 && synthetic_holiday(day) == NULL && day != synthetic_strike(city);
}

/* The days after Christmas and New Year's Eve fill the bins; a fair does so on the second Sunday of October.
 */
double synthetic_demand(day_number day)
{
    struct civil_date date = civil_from_day(day);
    if ((date.month == 12 && date.day == 26) || (date.month == 1 && date.day == 2)) return 1.6;
    if (date.month == 10 && day_weekday(day) == 6 && date.day > 7 && date.day <= 14) return 1.3;
    return 1;
}

static error_code write_calendar(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    struct sheet sheet = {.french = true, .latin1 = true};
    error_code rc = sheet_open(&sheet, folder, "calendar.csv", "date,type,libelle,facteur_demande", error);
    if (rc != ERROR_NONE) return rc;
    day_number end = city->options.start + CALENDAR_AHEAD_DAYS;
    for (day_number day = city->options.start - city->options.days; day < end; day++) {
        const char *holiday = synthetic_holiday(day);
        double demand = synthetic_demand(day);
        if (holiday == NULL && demand == 1 && day != synthetic_strike(city)) continue;
        const char *label = civil_from_day(day).month == 10 ? "Foire d'automne" : "Lendemain de fête";
        if (day == synthetic_strike(city)) label = "Grève";
        sheet_date(&sheet, day);
        sheet_text(&sheet, "%s", holiday != NULL ? "holiday" : demand != 1 ? "event" : "strike");
        sheet_text(&sheet, "%s", holiday != NULL ? holiday : label);
        sheet_number(&sheet, demand, 1);
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, error);
}

/* Two waves, before and during the pilot. */
static error_code write_survey(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    static const struct {
        const char *group, *question;
        double score;
        int32_t respondents;
    } ROWS[] = {
        {"residents", "cleanliness", 3.2, 400}, {"residents", "overflowing_bins", 2.9, 400},
        {"residents", "noise", 3.4, 400},       {"agents", "workload", 2.7, 24},
        {"agents", "schedule", 3.0, 24},        {"agents", "equipment", 3.1, 24},
    };
    struct sheet sheet = {0};
    struct rng rng;
    rng_seed_stream(&rng, city->options.seed, DRAW_SURVEY);
    error_code rc = sheet_open(&sheet, folder, "survey.csv", "wave,group,question,score,respondents", error);
    if (rc != ERROR_NONE) return rc;
    for (int32_t wave = 0; wave < 2; wave++) {
        for (size_t row = 0; row < sizeof ROWS / sizeof ROWS[0]; row++) {
            sheet_text(&sheet, "%s", wave == 0 ? "before" : "pilot");
            sheet_text(&sheet, "%s", ROWS[row].group);
            sheet_text(&sheet, "%s", ROWS[row].question);
            sheet_number(&sheet, ROWS[row].score + wave * 0.2 + 0.3 * (rng_unit(&rng) - 0.5), 2);
            sheet_integer(&sheet, ROWS[row].respondents - rng_below(&rng, ROWS[row].respondents / 4));
            sheet_end_row(&sheet);
        }
    }
    return sheet_close(&sheet, error);
}

static error_code write_text(struct run_folder *folder, const char *name, const char *text,
                             struct error *error)
{
    FILE *file;
    error_code rc = run_folder_file(folder, name, &file, error);
    if (rc != ERROR_NONE) return rc;
    fputs(text, file);
    return run_folder_close_file(folder, name, file, error);
}

/* Rules are data: each with its source and the day from which it holds. To be checked by who uses them. */
static error_code write_rules(struct run_folder *folder, struct error *error)
{
    static const char WORKING_TIME[] = "{\n"
                                       "  \"kind\": \"working_time\",\n"
                                       "  \"country\": \"FR\",\n"
                                       "  \"rules\": [\n"
                                       "    {\"name\": \"day_hours_max\", \"value\": 10, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"span_hours_max\", \"value\": 12, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"daily_rest_hours_min\", \"value\": 11, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"weekly_rest_hours_min\", \"value\": 35, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"week_hours_max\", \"value\": 48, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"twelve_weeks_mean_hours_max\", \"value\": 44, "
                                       "\"source\": \"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"break_minutes_min\", \"value\": 20, \"source\": "
                                       "\"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"work_hours_before_break_max\", \"value\": 6, "
                                       "\"source\": \"Décret 2000-815, art. 3\", \"from\": \"2002-01-01\"},\n"
                                       "    {\"name\": \"year_hours\", \"value\": 1607, \"source\": \"Décret "
                                       "2000-815, art. 1\", \"from\": \"2005-01-01\"}\n"
                                       "  ]\n"
                                       "}\n";
    static const char RETIREMENT[] =
        "{\n"
        "  \"kind\": \"retirement\",\n"
        "  \"country\": \"FR\",\n"
        "  \"category\": \"sedentary\",\n"
        "  \"source\": \"CNRACL, 5 February 2026: pensions from 1 September 2026\",\n"
        "  \"from\": \"2026-09-01\",\n"
        "  \"generations\": [\n"
        "    {\"born_from\": \"1961-01\", \"born_to\": \"1961-08\", \"opening_age_months\": 744, "
        "\"quarters\": 168},\n"
        "    {\"born_from\": \"1961-09\", \"born_to\": \"1961-12\", \"opening_age_months\": 747, "
        "\"quarters\": 169},\n"
        "    {\"born_from\": \"1962-01\", \"born_to\": \"1962-12\", \"opening_age_months\": 750, "
        "\"quarters\": 169},\n"
        "    {\"born_from\": \"1963-01\", \"born_to\": \"1965-03\", \"opening_age_months\": 753, "
        "\"quarters\": 170},\n"
        "    {\"born_from\": \"1965-04\", \"born_to\": \"1965-12\", \"opening_age_months\": 756, "
        "\"quarters\": 171},\n"
        "    {\"born_from\": \"1966-01\", \"born_to\": \"1966-12\", \"opening_age_months\": 759, "
        "\"quarters\": 172},\n"
        "    {\"born_from\": \"1967-01\", \"born_to\": \"1967-12\", \"opening_age_months\": 762, "
        "\"quarters\": 172},\n"
        "    {\"born_from\": \"1968-01\", \"born_to\": \"1968-12\", \"opening_age_months\": 765, "
        "\"quarters\": 172},\n"
        "    {\"born_from\": \"1969-01\", \"born_to\": \"2099-12\", \"opening_age_months\": 768, "
        "\"quarters\": 172}\n"
        "  ]\n"
        "}\n";
    static const char LEAVE[] = "{\n"
                                "  \"kind\": \"leave\",\n"
                                "  \"country\": \"FR\",\n"
                                "  \"rules\": [\n"
                                "    {\"name\": \"annual_leave_weeks\", \"value\": 5, \"source\": \"Décret "
                                "85-1250, art. 1\", \"from\": \"1985-12-01\"},\n"
                                "    {\"name\": \"split_days_for_5_to_7\", \"value\": 1, \"source\": "
                                "\"Décret 85-1250, art. 1\", \"from\": \"1985-12-01\"},\n"
                                "    {\"name\": \"split_days_for_8_and_more\", \"value\": 2, \"source\": "
                                "\"Décret 85-1250, art. 1\", \"from\": \"1985-12-01\"}\n"
                                "  ]\n"
                                "}\n";
    error_code rc = ERROR_NONE;
    TRY(write_text(folder, "rules/working_time.json", WORKING_TIME, error));
    TRY(write_text(folder, "rules/retirement.json", RETIREMENT, error));
    TRY(write_text(folder, "rules/leave.json", LEAVE, error));
done:
    return rc;
}

static error_code write_city(const struct synthetic *city, struct run_folder *folder, struct error *error)
{
    FILE *file;
    char start[DAY_TEXT_SIZE], network[300] = "{\"straight_line\": {\"detour\": 1.3, \"speed_kmh\": 25}}";
    if (city->streets != NULL)
        snprintf(
            network, sizeof network,
            "{\"osm\": \"%s\", \"profiles\": {\"default\": {\"road\": \"truck\"}, \"narrow\": {\"road\": "
            "\"small_truck\"}}}",
            synthetic_extract_name(city));
    error_code rc = run_folder_file(folder, "city.json", &file, error);
    if (rc != ERROR_NONE) return rc;
    day_text(city->options.start, start);
    fprintf(file,
            "{\n"
            "  \"name\": \"%s\",\n"
            "  \"timezone\": \"Europe/Paris\",\n"
            "%s"
            "  \"start\": \"%s\",\n"
            "  \"days\": %d,\n"
            "  \"network\": %s,\n"
            "  \"prices\": {\"currency\": \"EUR\", \"fuel_per_litre\": 1.45, \"carbon_per_t\": 100},\n"
            "  \"emissions\": {\n"
            "    \"diesel B7\": {\"kgco2e_per_litre\": 3.1, \"source\": \"ADEME, Base Carbone, B7 diesel\"}\n"
            "  },\n"
            "  \"service\": {\"overflow_probability_max\": 0.05, \"overflow_cost\": 60},\n"
            "  \"rules\": \"rules\",\n"
            "  \"privacy\": {\"retention_days\": %d}\n"
            "}\n",
            city->options.name, city->streets == NULL ? "  \"crs\": \"EPSG:2154\",\n" : "", start,
            (int)PLANNING_DAYS, network, (int)RETENTION_DAYS);
    return run_folder_close_file(folder, "city.json", file, error);
}

static error_code write_readme(const struct synthetic *city, const char *command, struct run_folder *folder,
                               struct error *error)
{
    FILE *file;
    error_code rc = run_folder_file(folder, "README.md", &file, error);
    if (rc != ERROR_NONE) return rc;
    fprintf(
        file,
        "# %s: a synthetic city\n"
        "\n"
        "%s and everything drawn from one seed.\n"
        "The same command gives the same bytes:\n"
        "\n"
        "    %s\n"
        "\n"
        "%d bins, %d vehicles, %d days of history. Every figure (capacities, filling rates, costs, speeds,\n"
        "crews, absences, survey scores) is an illustrative input, to be replaced by your own: none is a\n"
        "measure of anything, and none is meant as a default.\n"
        "\n",
        city->options.name,
        city->streets == NULL
            ? "Nobody lives here: streets on a grid, in districts of different densities,"
            : "Real streets (© OpenStreetMap contributors, ODbL), but no bin of them is real: places",
        command, (int)city->options.bins, (int)city->vehicle_count, (int)city->options.days);
    fputs("What to look for:\n\n", file);
    fputs(city->streets == NULL
              ? "- Positions are x, y in Lambert-93 (EPSG:2154), in open country.\n"
              : "- Positions are degrees; narrow trucks have a profile of their own in `city.json`.\n",
          file);
    fputs("- The files keep the habits of real exports: `bins.csv`, `agents.csv` and `calendar.csv` are "
          "ISO-8859-1,\n"
          "  most have semicolons, decimal commas and dd/mm/yyyy dates, some have French headers; "
          "`readings.csv`,\n"
          "  `fixed_rounds.csv` and `survey.csv` have commas and ISO dates.\n"
          "- Litres of a truck are litres as they lie in the bins, before the press.\n"
          "- Some bins have no sensor; some sensors fail: a gap, a value that stays, false full readings, "
          "silence.\n"
          "- `fixed_rounds.csv` is the practice of today; `emptyings.csv`, `requests.csv` and `actuals.csv` "
          "follow\n"
          "  from it, with a strike, public holidays and bins missed.\n"
          "- Agents are pseudonyms of nobody; `rules/` quotes French law as data, with its sources: check "
          "them\n"
          "  before use.\n",
          file);
    return run_folder_close_file(folder, "README.md", file, error);
}

error_code synthetic_write_documents(const struct synthetic *city, const char *command,
                                     struct run_folder *folder, struct error *error)
{
    error_code rc = ERROR_NONE;
    TRY(write_city(city, folder, error));
    TRY(write_calendar(city, folder, error));
    TRY(write_survey(city, folder, error));
    TRY(write_rules(folder, error));
    TRY(write_readme(city, command, folder, error));
done:
    return rc;
}
