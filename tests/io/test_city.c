/* Good cities: what is read, in every dialect; exhausted memory; a real city when it is at hand. */
#include "tests/support/base_city.h"
#include "tests/support/city_folder.h"
#include "tests/support/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put(const struct city_folder *folder, const char *name, const char *text)
{
    city_folder_put(folder, name, text, strlen(text));
}

static const char *base_text(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(base_city); i++) {
        if (strcmp(base_city[i].name, name) == 0) return base_city[i].text;
    }
    fail_msg("no %s in the base city", name);
    return NULL;
}

/* Reads a city that must have no error, and shows what was said when it has. */
static void read_well(struct city_folder *folder)
{
    city_folder_read(folder);
    if (folder->code != ERROR_NONE) city_folder_print(folder);
    assert_int_equal(folder->code, ERROR_NONE);
}

static void places_and_vehicles_of_the_base_city(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    read_well(&folder);
    const struct city *city = &folder.city;

    assert_string_equal(city->name, "Petite ville");
    assert_int_equal(city->start, day_from_civil((struct civil_date){2026, 11, 23}));
    assert_int_equal(city->days, 7);
    assert_int_equal(city->profile_count, 2);
    assert_string_equal(city->profiles[1].name, "light");
    assert_true(city->fuel_per_litre == MONEY_UNIT * 3 / 2);
    assert_true(city->overflow_cost == 60 * MONEY_UNIT);
    assert_true(city->change_cost == 0 && city->overlap_cost == 0 && city->imbalance_cost_per_h2 == 0);
    assert_false(city->frequency_always);
    assert_int_equal(city->retention_days, 730);
    assert_non_null(strstr(city->rules_folder, "/rules"));

    assert_int_equal(city->depot_count, 2);
    assert_int_equal(city->depots[0].opening.count, 1);
    assert_int_equal(city->depots[1].opening.count, 0);
    assert_int_equal(city->site_count, 2);
    assert_int_equal(city->stream_count, 3);
    assert_int_equal(city->sites[0].streams, 1);
    assert_int_equal(city->sites[1].streams, 6);
    assert_int_equal(city->sites[0].daily_limit_kg, 120000);
    assert_int_equal(city->sites[1].daily_limit_kg, 0);
    const struct time_window second = city->windows[city->sites[0].opening.first + 1];
    assert_int_equal(second.open_s, 13 * 3600);
    assert_int_equal(second.close_s, 18 * 3600);

    const struct city_vehicle *day = &city->vehicles[0], *night = &city->vehicles[1];
    assert_int_equal(city->vehicle_count, 2);
    assert_int_equal(day->compartment_count, 2);
    assert_int_equal(day->compartments[1].streams, 6);
    assert_int_equal(day->compartments[1].capacity_kg, 3000);
    assert_int_equal(day->compartments[1].capacity_l, 12000);
    assert_int_equal(day->weekdays, 0x1f);
    assert_int_equal(day->break_window.open_s, 10 * 3600);
    assert_int_equal(day->overtime_from_s, 25200);
    assert_int_equal(night->shift_start_s, 21 * 3600);
    assert_int_equal(night->shift_end_s, 29 * 3600);
    assert_int_equal(night->max_work_s, TIME_MAX);
    assert_int_equal(night->overtime_from_s, TIME_MAX);
    assert_int_equal(night->weekdays, 0x7f);
    assert_int_equal(night->profile, 1);
    assert_int_equal(night->end_depot, 1);
    assert_int_equal(night->tags, 3);
    city_folder_remove(&folder);
}

static void bins_and_people_of_the_base_city(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    read_well(&folder);
    const struct city *city = &folder.city;
    assert_int_equal(city->bin_count, 4);
    assert_true(fabs(city->bins[0].frequency.per_week - 0.5) < 1e-12);
    assert_int_equal(city->bins[2].frequency.weekdays, 1 | 1 << 3);
    assert_int_equal(city->bins[3].frequency.weekdays, 1 | 1 << 3);
    assert_string_equal(city->bins[0].point, "P1");
    assert_string_equal(city->bins[2].address, "Place \"Royale\", 2");
    assert_true(city->bins[2].mandatory && !city->bins[1].mandatory);
    assert_int_equal(city->bins[3].access_tags, 2);

    assert_int_equal(city->readings.count, 4);
    assert_int_equal(city->readings.first[1], 2);
    assert_true(city->readings.at[1] - city->readings.at[0] == DAY_SECONDS);
    assert_int_equal(city->emptyings.count, 2);
    assert_true(isnan(city->emptyings.weight_kg[1]) && city->emptyings.weight_kg[0] > 836);
    assert_int_equal(city->request_count, 1);
    assert_int_equal(city->lock_count, 3);
    assert_int_equal(city->locks[0].vehicle, 0);
    assert_int_equal(city->locks[0].position, 1);
    assert_int_equal(city->locks[0].after, -1);
    assert_int_equal(city->locks[1].bin, 1);
    assert_int_equal(city->locks[1].after, 0);
    assert_int_equal(city->locks[2].position, -2);
    assert_int_equal(city->fixed_visit_count, 3);
    assert_int_equal(city->round_count, 2);
    assert_int_equal(city->fixed_visits[2].weekday, 3);
    assert_int_equal(city->actual_count, 2);
    assert_true(isnan(city->actuals[1].litres) && city->actuals[1].emptied == -1);
    assert_int_equal(city->actuals[1].round, 1);
    assert_int_equal(city->agent_count, 2);
    assert_int_equal(city->agents[1].absences.count, 2);
    assert_int_equal(city->agents[1].licence_until, INT32_MAX);
    assert_true(city->absences[0].start < city->absences[1].start);
    assert_int_equal(city->agents[0].leave.count, 1);
    assert_int_equal(city->calendar_count, 3);
    assert_int_equal(city->calendar[0].kind, CALENDAR_STRIKE);
    assert_true(fabs(city->calendar[2].demand_factor - 1.6) < 1e-12);
    assert_int_equal(city->survey_count, 1);

    /* city.json, the rule and fourteen tables; each with its hash. */
    assert_int_equal(folder.files.count, COUNT_OF(base_city));
    for (int32_t i = 0; i < folder.files.count; i++) assert_true(folder.files.items[i].hash[0] != 0);
    city_folder_remove(&folder);
}

/* The same readings, written in other ways, give the same city. */
static void dialects_give_the_same_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } dialects[] = {
        {"\xEF\xBB\xBF"
         "bin_id,timestamp,fill_percent\nB1,2026-11-20T04:00:00+01:00,12.5\nB1,2026-11-21T04:00:00+01:00,"
         "20\n",
         "UTF-8 with a byte order mark, comma, decimal point, ISO dates, LF, 2 rows"},
        {"bin_id;timestamp;fill_percent\r\nB1;20/11/2026 04:00;12,5\r\nB1;21/11/2026 04:00:00;20\r\n",
         "semicolon, decimal comma, dd/mm/yyyy dates, CRLF, 2 rows"},
        {"sep=;\nBac;Horodatage;Taux remplissage\nB1;20/11/2026 4:00;12,5\nB1;2026-11-21T03:00:00Z;20,0\n",
         "semicolon, decimal comma, ISO and dd/mm/yyyy dates, LF, 2 rows"},
        {"fill_percent\ttimestamp\tbin_id\n12.5\t2026-11-20 04:00\tB1\n20\t2026-11-21T04:00:00.25\tB1",
         "tab, decimal point, ISO dates, LF, no line end after the last line, 2 rows"},
        {"bin_id,timestamp,fill_percent\rB1,2026-11-20T04:00:00+0100,12.5\rB1,2026-11-21T04:00:00+01,2e1\r",
         "CR, 2 rows"},
        {"bin_id,timestamp,fill_percent,,\n\"B1\",\"20.11.2026 04:00\",\"12,5\",,\n\nB1 ,2026-11-21T04:00, "
         "20 ,,\n  \n",
         "comma, decimal comma"},
        {"ID_bac;Niveau;Date_heure;Remarque\nB1;12,5;20-11-2026 04:00;caf\xE9\nB1;20;21/11/2026 04:00;\x80\n",
         "Windows-1252, semicolon"},
        {"ID_bac;Niveau;Date_heure;Rem\xE9\nB1;12,5;20-11-2026 04:00;caf\xE9\nB1;20;21/11/2026 04:00;\n",
         "ISO-8859-1, semicolon"},
    };
    struct city_folder folder;
    city_folder_make(&folder);
    for (size_t i = 0; i < COUNT_OF(dialects); i++) {
        put(&folder, "readings.csv", dialects[i].text);
        read_well(&folder);
        const struct reading_table *readings = &folder.city.readings;
        assert_int_equal(readings->count, 2);
        assert_true(readings->at[0] == INT64_C(1795143600)); /* 2026-11-20T03:00:00Z, by date(1) */
        assert_true(readings->at[1] == readings->at[0] + DAY_SECONDS);
        assert_true(fabsf(readings->fill_percent[0] - 12.5f) < 1e-6f);
        assert_true(fabsf(readings->fill_percent[1] - 20.0f) < 1e-6f);
        if (city_folder_find(&folder, SEVERITY_NOTE, dialects[i].said) == NULL) {
            for (int64_t d = 0; d < folder.list.count; d++)
                print_message("%s\n", folder.list.items[d].message);
            fail_msg("dialect %zu: no note says “%s”", i, dialects[i].said);
        }
    }
    city_folder_remove(&folder);
}

static void latin_1_becomes_utf_8(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "depots.csv", "depot_id;lat;lon;nom\nD1;47,20;-1,55;D\xE9p\xF4t \x80\nD2;47,25;-1,6;\n");
    read_well(&folder);
    assert_string_equal(folder.city.depots[0].name, "D\xC3\xA9p\xC3\xB4t \xE2\x82\xAC");
    city_folder_remove(&folder);
}

/* Lambert 93 of a point whose WGS 84 position is known: the cathedral of Nantes, within a metre or so. */
static void projected_coordinates_are_converted(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "city.json",
        "{\"name\":\"L93\",\"timezone\":\"Europe/Paris\",\"start\":\"2026-11-23\",\"crs\":\"EPSG:2154\","
        "\"network\":{\"straight_line\":{\"detour\":1.3,\"speed_kmh\":30},\"profiles\":{\"light\":{"
        "\"detour\":1,\"speed_kmh\":9}}},"
        "\"emissions\":{\"diesel\":{\"kgco2e_per_litre\":3.1,\"source\":\"Base Carbone\"}},"
        "\"service\":{\"overflow_probability_max\":0.05,\"overflow_cost\":60}}");
    /* (700000, 6600000) is the origin of Lambert 93: 3° E, 46.5° N by definition. */
    put(&folder, "depots.csv", "depot_id,x,y\nD1,700000,6600000\nD2,700000.0,6601000\n");
    put(&folder, "disposal_sites.csv",
        "site_id,x,y,streams,opening,unload_s\nS1,700100,6600100,glass paper card,06:00-18:00,600\n");
    put(&folder, "bins.csv",
        "bin_id,x,y,stream,capacity_l,kg_per_l,service_s\nB1,700000,6600000,glass,1,1,1\n"
        "B2,700000,6600000,glass,1,1,1\nB3,700000,6600000,glass,1,1,1\nB4,700000,6600000,paper,1,1,1\n");
    read_well(&folder);
    assert_true(fabs(folder.city.depots[0].position.lat - 46.5) < 1e-7);
    assert_true(fabs(folder.city.depots[0].position.lon - 3.0) < 1e-7);
    assert_true(fabs(folder.city.depots[1].position.lat - 46.509) < 1e-4);
    assert_non_null(city_folder_find(&folder, SEVERITY_NOTE, "no \"days\": a horizon of 7 days"));
    assert_non_null(city_folder_find(&folder, SEVERITY_NOTE, "fuel and carbon cost nothing"));
    city_folder_remove(&folder);
}

/* The clocks of Paris go back on 2026-10-25 at 01:00 UTC: 02:00 to 03:00 happens twice. */
static void the_repeated_hour_follows_the_order_of_rows(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "readings.csv",
        "bin_id,timestamp,fill_percent\n"
        "B1,2026-10-25T01:30,1\nB1,2026-10-25T02:00,2\nB2,2026-10-25T02:00,1\n"
        "B1,2026-10-25T02:30,3\nB1,2026-10-25T02:00,4\nB1,2026-10-25T02:30,5\n"
        "B1,2026-10-25T03:00,6\nB2,2026-10-25T03:00,2\n");
    read_well(&folder);
    const struct reading_table *readings = &folder.city.readings;
    assert_int_equal(readings->count, 8);
    for (int64_t i = 0; i < 6; i++) {
        assert_true(readings->at[i] == readings->at[0] + 1800 * i);
        assert_true((int64_t)readings->fill_percent[i] == i + 1);
    }
    assert_true(readings->at[6] == readings->at[1]);
    assert_non_null(city_folder_find(&folder, SEVERITY_NOTE, "5 rows in the hour that the clocks repeat"));

    /* The newest first, as some platforms export. */
    put(&folder, "readings.csv",
        "bin_id,timestamp,fill_percent\n"
        "B1,2026-10-25T04:00,7\nB1,2026-10-25T03:00,6\nB1,2026-10-25T02:30,5\nB1,2026-10-25T02:00,4\n"
        "B1,2026-10-25T02:30,3\nB1,2026-10-25T02:00,2\nB1,2026-10-25T01:30,1\n");
    read_well(&folder);
    readings = &folder.city.readings;
    assert_int_equal(readings->count, 7);
    for (int64_t i = 0; i < 6; i++) {
        assert_true(readings->at[i] == readings->at[0] + 1800 * i);
        assert_true((int64_t)readings->fill_percent[i] == i + 1);
    }
    city_folder_remove(&folder);
}

static void rows_out_of_order_are_sorted_and_doubles_dropped(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "emptyings.csv",
        "bin_id,timestamp,fill_percent,weight_kg\n"
        "B2,2026-11-03T00:00Z,3,30\nB1,2026-11-02T00:00Z,9,90\nB2,2026-11-01T00:00Z,1,10\n"
        "B2,2026-11-03T00:00Z,4,40\nB2,2026-11-02T00:00Z,2,20\nB2,2026-11-01T00:00Z,5,50\n");
    read_well(&folder);
    const struct emptying_table *table = &folder.city.emptyings;
    assert_int_equal(table->count, 4);
    assert_int_equal(table->first[1], 1);
    assert_int_equal(table->first[2], 4);
    for (int64_t i = 1; i < 4; i++) {
        assert_true((int64_t)table->fill_percent[i] == i); /* of two at one time, the first in the file */
        assert_true((int64_t)table->weight_kg[i] == 10 * i);
    }
    assert_non_null(city_folder_find(&folder, SEVERITY_WARNING, "2 rows repeat bin and time"));
    city_folder_remove(&folder);
}

static void a_matrix_is_filled_by_ids(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "city.json",
        "{\"name\":\"M\",\"timezone\":\"Europe/Paris\",\"start\":\"2026-11-23\",\"days\":1,"
        "\"network\":{\"matrix\":\"times.csv\",\"profiles\":{\"light\":{\"detour\":1,\"speed_kmh\":9}}},"
        "\"emissions\":{\"diesel\":{\"kgco2e_per_litre\":3.1,\"source\":\"Base Carbone\"}},"
        "\"service\":{\"overflow_probability_max\":0.05,\"overflow_cost\":60}}");
    put(&folder, "times.csv",
        "from_id,to_id,distance_m,duration_s\nD1,B1,1200,100.5\nB1,D1,1300,90\nB4,S2,7,8\n");
    read_well(&folder);
    const struct city *city = &folder.city;
    const int32_t places = 2 + 2 + 4;
    assert_int_equal(city->network, NETWORK_MATRIX);
    assert_int_equal(city->matrix.distance_m[0 * places + 4], 1200);
    assert_int_equal(city->matrix.duration_s[0 * places + 4], 101);
    assert_int_equal(city->matrix.distance_m[4 * places + 0], 1300);
    assert_int_equal(city->matrix.duration_s[7 * places + 3], 8);
    assert_int_equal(city->matrix.distance_m[0 * places + 1], TRAVEL_UNREACHABLE);
    for (int32_t i = 0; i < places; i++) assert_int_equal(city->matrix.distance_m[i * places + i], 0);

    put(&folder, "times.csv",
        "from_id,to_id,distance_m,duration_s\nD1,B9,1,1\nD1,B1,1,1\nD1,B1,2,2\nD1,B2,-1,0\n");
    city_folder_read(&folder);
    assert_int_equal(folder.code, ERROR_INPUT);
    assert_int_equal(folder.list.errors, 3);
    assert_non_null(city_folder_find(&folder, SEVERITY_ERROR, "“B9” is no depot, site or bin"));
    assert_non_null(city_folder_find(&folder, SEVERITY_ERROR, "given before"));
    city_folder_remove(&folder);
}

static void an_overlong_line_is_one_error(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    const size_t lengths[] = {70 * 1000, 700 * 1000}; /* within one block of reading, and over several */
    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        const char *base = base_text("readings.csv");
        char *text = malloc(strlen(base) + lengths[i] + 64);
        assert_non_null(text);
        char *end = stpcpy(text, base);
        end = stpcpy(end, "B1,2026-11-22T00:00Z,");
        memset(end, '7', lengths[i]);
        (void)stpcpy(end + lengths[i], "\nB1,2026-11-22T04:00Z,101\n");
        put(&folder, "readings.csv", text);
        free(text);
        city_folder_read(&folder);
        assert_int_equal(folder.list.errors, 2);
        const struct diagnostic *item =
            city_folder_find(&folder, SEVERITY_ERROR, "a line of more than 65536 bytes");
        assert_non_null(item);
        assert_int_equal(item->place.line, 6);
        item = city_folder_find(&folder, SEVERITY_ERROR, "fill_percent is 101");
        assert_non_null(item);
        assert_int_equal(item->place.line, 7);
    }
    city_folder_remove(&folder);
}

static void a_field_of_several_lines_keeps_the_count_of_lines(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    put(&folder, "depots.csv",
        "depot_id,lat,lon,name,opening\nD1,47.20,-1.55,\"North\nof the river,\n\",04:00-22:00\n"
        "D2,47.25,-1.60,\"South\ngate\",\"never\"\n");
    city_folder_read(&folder);
    assert_int_equal(folder.list.errors, 1);
    const struct diagnostic *item = city_folder_find(&folder, SEVERITY_ERROR, "opening: found “never”");
    assert_non_null(item);
    assert_int_equal(item->place.line, 6);
    assert_int_equal(item->place.column, 7);
    assert_string_equal(item->place.text, "gate\",\"never\"");
    city_folder_remove(&folder);
}

static void every_error_is_counted_and_the_limit_kept(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    enum { ROWS = 500 };
    char *text = malloc(64 + ROWS * 48);
    assert_non_null(text);
    char *end = stpcpy(text, "bin_id,timestamp,fill_percent\n");
    for (int i = 0; i < ROWS; i++) end = stpcpy(end, "B1,2026-11-20T04:00:00+01:00,120\n");
    put(&folder, "readings.csv", text);
    free(text);
    city_folder_read(&folder);
    assert_int_equal(folder.code, ERROR_INPUT);
    assert_int_equal(folder.list.errors, ROWS);
    int64_t kept = 0;
    for (int64_t i = 0; i < folder.list.count; i++) kept += folder.list.items[i].severity == SEVERITY_ERROR;
    assert_int_equal(kept, DIAGNOSTIC_LIMIT_DEFAULT);
    assert_non_null(strstr(folder.error.message, "500 errors"));
    city_folder_remove(&folder);
}

/* References to a row that is lost for its own faults are not counted against the files that make them. */
static void a_lost_row_is_one_error_not_many(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    const char *base = base_text("bins.csv");
    char *text = strdup(base);
    assert_non_null(text);
    strstr(text, "B1,47.21,")[8] = 'x'; /* one field fewer */
    put(&folder, "bins.csv", text);
    free(text);
    city_folder_read(&folder);
    assert_int_equal(folder.code, ERROR_INPUT);
    assert_int_equal(folder.list.errors, 1);
    city_folder_remove(&folder);
}

/* Each allocation in turn fails: the reader says so, or has lost no more than a message; never the data. */
static void exhausted_memory_is_an_error(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    int64_t refused = 0;
    for (int64_t n = 1; n < 2000; n += 1 + n / 32) {
        arena_fail_after(n);
        city_folder_read(&folder);
        arena_fail_after(0);
        if (folder.code != ERROR_NONE) {
            if (folder.code != ERROR_MEMORY) city_folder_print(&folder);
            assert_int_equal(folder.code, ERROR_MEMORY);
            refused++;
            continue;
        }
        const struct city *city = &folder.city;
        assert_string_equal(city->name, "Petite ville");
        assert_string_equal(city->profiles[1].name, "light");
        assert_string_equal(city->energies[0].source, "Base Carbone");
        assert_string_equal(city->depots[0].name, "North");
        assert_string_equal(city->bins[2].address, "Place \"Royale\", 2");
        assert_string_equal(city->absences[0].class_name, "long");
        assert_int_equal(city->readings.count + city->emptyings.count + city->calendar_count, 4 + 2 + 3);
        assert_int_equal(city->window_count, 1 + 3 + 2);
        assert_int_equal(folder.files.count, COUNT_OF(base_city));
    }
    assert_true(refused > 40);
    city_folder_remove(&folder);
}

static void no_folder_and_no_city(void **state)
{
    (void)state;
    struct city_folder folder;
    city_folder_make(&folder);
    char kept[sizeof folder.path];
    memcpy(kept, folder.path, sizeof kept);
    snprintf(folder.path, sizeof folder.path, "%.200s/nowhere", kept);
    city_folder_read(&folder);
    assert_int_equal(folder.code, ERROR_FILE);
    snprintf(folder.path, sizeof folder.path, "%.200s/bins.csv", kept);
    city_folder_read(&folder);
    assert_int_equal(folder.code, ERROR_INPUT);
    memcpy(folder.path, kept, sizeof kept);
    city_folder_remove(&folder);
}

static void nantes_is_read_whole(void **state)
{
    (void)state;
    const char *data = getenv("BENNE_DATA");
    char path[256];
    snprintf(path, sizeof path, "%s/cities/nantes", data != NULL ? data : "../shared");
    if (access(path, R_OK) != 0) {
        print_message("skipped: no %s\n", path);
        skip();
    }
    struct city_folder folder;
    city_folder_make(&folder);
    char kept[sizeof folder.path];
    memcpy(kept, folder.path, sizeof kept);
    memcpy(folder.path, path, sizeof path);
    read_well(&folder);
    assert_int_equal(folder.city.bin_count, 818);
    assert_int_equal(folder.city.readings.count, 80476);
    assert_int_equal(folder.city.emptyings.count, 3701);
    assert_int_equal(folder.list.warnings, 1); /* the electric truck has no emission factor */
    assert_non_null(city_folder_find(&folder, SEVERITY_WARNING, "“electric”"));
    memcpy(folder.path, kept, sizeof kept);
    city_folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_and_vehicles_of_the_base_city),
        cmocka_unit_test(bins_and_people_of_the_base_city),
        cmocka_unit_test(dialects_give_the_same_readings),
        cmocka_unit_test(latin_1_becomes_utf_8),
        cmocka_unit_test(projected_coordinates_are_converted),
        cmocka_unit_test(the_repeated_hour_follows_the_order_of_rows),
        cmocka_unit_test(rows_out_of_order_are_sorted_and_doubles_dropped),
        cmocka_unit_test(a_matrix_is_filled_by_ids),
        cmocka_unit_test(an_overlong_line_is_one_error),
        cmocka_unit_test(a_field_of_several_lines_keeps_the_count_of_lines),
        cmocka_unit_test(every_error_is_counted_and_the_limit_kept),
        cmocka_unit_test(a_lost_row_is_one_error_not_many),
        cmocka_unit_test(exhausted_memory_is_an_error),
        cmocka_unit_test(no_folder_and_no_city),
        cmocka_unit_test(nantes_is_read_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
