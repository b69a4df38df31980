/* VROOM's JSON: what becomes of each key, what is said of those that are not understood, and an answer
 * computed by hand. */
#include "io/vroom.h"
#include "tests/support/golden.h"
#include "tests/support/test.h"
#include "tests/support/vroom.h"

#include <stdlib.h>
#include <string.h>

/* Two places 100 s apart, and the way back takes 200 s. */
#define MATRIX "'matrices':{'car':{'durations':[[0,100],[200,0]]}}"
#define JOBS(fields) "{'jobs':[{'id':1,'location_index':1" fields "}],"
#define VEHICLES(fields) "'vehicles':[{'id':1,'start_index':0,'end_index':0" fields "}],"

/* Three jobs for a van, one for nobody: from 0 at 100 s, to 1 in 100 s, where two jobs share a setup of 30 s;
 * tea from 330 to 430 s; 50 s to 2; 120 s home, at 630 s. It drives 270 s and 2750 m: 500 + 7200 / 3600 × 270
 * + 100 × 2.75 + 360 / 3600 × (40 + 120) = 1331. */
static void an_answer_is_as_computed_by_hand(void **state)
{
    (void)state;
    struct vroom_case it;
    struct plan plan;
    struct check_report report;
    vroom_case_read(
        &it,
        "{'jobs': ["
        "{'id': 11, 'description': 'school', 'location_index': 1, 'setup': 30, 'service': 60,"
        " 'delivery': [2, 1], 'priority': 5, 'time_windows': [[0, 50], [200, 400]]},"
        "{'id': 12, 'location_index': 1, 'setup': 30, 'service': 40, 'delivery': [1, 0]},"
        "{'id': 13, 'location_index': 2, 'setup': 10, 'service': 20, 'delivery': [3, 0], 'skills': [4]},"
        "{'id': 14, 'location_index': 2, 'service': 20, 'skills': [9]}],"
        "'vehicles': [{'id': 7, 'description': 'van', 'start_index': 0, 'end_index': 0, 'capacity': [6, 1],"
        " 'skills': [1, 4], 'time_window': [40, 1000],"
        " 'breaks': [{'id': 1, 'description': 'tea', 'service': 100, 'time_windows': [[300, 420]]}],"
        " 'costs': {'fixed': 500, 'per_hour': 7200, 'per_km': 100, 'per_task_hour': 360}}],"
        "'matrices': {'car': {'durations': [[0, 100, 120], [110, 0, 50], [120, 50, 0]],"
        " 'distances': [[0, 1000, 1250], [1100, 0, 500], [1250, 500, 0]]}}}");
    vroom_case_solve(&it, 200, &plan, &report);
    assert_int_equal(report.violation_count, 0);
    char *answer = vroom_case_answer(&it, &plan, &report);
    assert_true(golden_equals("vroom.json", answer));
    assert_true(benchmark_cost(&it.benchmark, &plan, &report) == 1331);
    free(answer);
    plan_free(&plan);
    vroom_case_free(&it);
}

static void keys_become_an_instance(void **state)
{
    (void)state;
    struct vroom_case it;
    vroom_case_read(&it, "{'jobs':[{'id':5,'location_index':1,'setup':20,'service':60,'pickup':[3,7],"
                         "'skills':[8],'time_windows':[[900,950],[600,700]]},{'id':6,'location_index':0,"
                         "'service':10,'amount':[2,0]}],"
                         "'vehicles':[{'id':1,'start_index':0,'end_index':0,'capacity':[4,6],'skills':[8,9],"
                         "'time_window':[500,4000],'max_tasks':1,'max_travel_time':250,'speed_factor':2,"
                         "'costs':{'fixed':40,'per_hour':7200}}," MATRIX "}");
    assert_int_equal(it.rc, ERROR_INPUT); /* a bracket is missing: no other fault is made of it */
    vroom_case_free(&it);

    vroom_case_read(&it, "{'jobs':[{'id':5,'location_index':1,'setup':20,'service':60,'pickup':[3,7],"
                         "'skills':[8],'time_windows':[[900,950],[600,700]]},{'id':6,'location_index':0,"
                         "'service':10,'amount':[2,0]}],"
                         "'vehicles':[{'id':1,'start_index':0,'end_index':0,'capacity':[4,6],'skills':[8,9],"
                         "'time_window':[500,4000],'max_tasks':1,'max_travel_time':250,'speed_factor':2,"
                         "'costs':{'fixed':40,'per_hour':7200}}]," MATRIX "}");
    assert_int_equal(it.rc, ERROR_NONE);
    const struct instance *in = &it.benchmark.instance;
    const struct stop *stop = &in->stops[0];
    const struct vehicle *v = &in->vehicles[0];
    assert_string_equal(it.benchmark.stop_ids[0], "5");
    assert_false(stop->mandatory);
    assert_int_equal(stop->service_s, 80);
    assert_int_equal(stop->load_kg, 3);
    assert_int_equal(stop->load_l, 7);
    assert_int_equal(stop->window_count, 2);
    assert_int_equal(in->windows[stop->window_first].open_s, 100); /* from the vehicle's 500 */
    assert_int_equal(in->windows[stop->window_first + 1].close_s, 450);
    assert_true((stop->tags & ~v->tags) == 0 && stop->tags != 0);
    assert_int_equal(in->stops[1].load_kg, 2); /* the older key `amount` is a delivery */
    assert_int_equal(v->shift_start_s, 0);
    assert_int_equal(v->shift_end_s, 3500);
    assert_int_equal(v->max_stops, 1);
    assert_int_equal(v->max_distance_m, 250);
    assert_int_equal(v->compartments[0].capacity_kg, 4);
    assert_int_equal(v->compartments[0].capacity_l, 6);
    assert_true(v->home_takes_load);
    /* Places are numbered as they come, row 1 first. Twice as fast; a metre is a second, of two units. */
    assert_int_equal(travel_duration_s(&in->travel, v->profile, 1, 0), 50);
    assert_int_equal(travel_distance_m(&in->travel, v->profile, 0, 1), 100);
    assert_true(v->cost_per_m == 2 * it.benchmark.cost_unit);
    assert_true(v->fixed_cost == 40 * it.benchmark.cost_unit);
    vroom_case_free(&it);
}

/* Time stamps of our days do not fit in the instance's seconds: it counts from the first hours. */
static void time_stamps_are_counted_from_the_first_hours(void **state)
{
    (void)state;
    static const char *const HOURS[] = {",'time_window':[1600416000,1600426800]", ""};
    for (size_t c = 0; c < COUNT_OF(HOURS); c++) {
        char text[1024];
        struct vroom_case it;
        struct plan plan;
        struct check_report report;
        snprintf(
            text, sizeof text,
            JOBS(
                ",'time_windows':[[1600420000,1600421000]]") "'vehicles':[{'id':1,'start_index':0%s}]," MATRIX
                                                             "}",
            HOURS[c]);
        vroom_case_read(&it, text);
        vroom_case_solve(&it, 10, &plan, &report);
        char *answer = vroom_case_answer(&it, &plan, &report);
        assert_non_null(strstr(answer, "\"arrival\":1600420000,\"duration\":100"));
        assert_non_null(strstr(answer, "\"arrival\":1600419900,\"duration\":0"));
        free(answer);
        plan_free(&plan);
        vroom_case_free(&it);
    }
}

/* The sum of priorities comes before the number of jobs, and that before any cost. */
static void priorities_come_before_numbers_and_numbers_before_costs(void **state)
{
    (void)state;
    static const struct {
        const char *priorities[3];
        const char *served;
    } CASES[] = {
        /* Either job 1, or jobs 2 and 3, which are dear to reach. */
        {{"0", "0", "0"}, "\"unassigned\":[{\"id\":1,"},     {{"1", "0", "0"}, "\"unassigned\":[{\"id\":2,"},
        {{"2", "1", "1"}, "\"unassigned\":[{\"id\":1,"},     {{"3", "1", "1"}, "\"unassigned\":[{\"id\":2,"},
        {{"100", "50", "49"}, "\"unassigned\":[{\"id\":2,"},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        char text[1024];
        struct vroom_case it;
        struct plan plan;
        struct check_report report;
        snprintf(text, sizeof text,
                 "{'jobs':[{'id':1,'location_index':1,'pickup':[2],'priority':%s},"
                 "{'id':2,'location_index':2,'pickup':[1],'priority':%s},"
                 "{'id':3,'location_index':2,'pickup':[1],'priority':%s}],"
                 "'vehicles':[{'id':1,'start_index':0,'end_index':0,'capacity':[2],'costs':{'fixed':5}}],"
                 "'matrix':[[0,1,900000],[1,0,900000],[900000,900000,0]]}",
                 CASES[c].priorities[0], CASES[c].priorities[1], CASES[c].priorities[2]);
        vroom_case_read(&it, text);
        vroom_case_solve(&it, 2000, &plan, &report);
        char *answer = vroom_case_answer(&it, &plan, &report);
        if (strstr(answer, CASES[c].served) == NULL) fail_msg("case %zu: %s", c, answer);
        free(answer);
        plan_free(&plan);
        vroom_case_free(&it);
    }
}

static void a_vehicle_needs_no_start_or_no_end(void **state)
{
    (void)state;
    static const struct {
        const char *places;
        int32_t cost;
        const char *said[2];
    } CASES[] = {
        {"'start_index':0,'end_index':0",
         300,
         {"\"start\",\"location_index\":0", "\"end\",\"location_index\":0"}},
        {"'start_index':0", 100, {"\"start\",\"location_index\":0", "\"end\",\"location_index\":1"}},
        {"'end_index':0", 200, {"\"start\",\"location_index\":1", "\"end\",\"location_index\":0"}},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        char text[1024];
        struct vroom_case it;
        struct plan plan;
        struct check_report report;
        snprintf(text, sizeof text, JOBS("") "'vehicles':[{'id':1,%s}]," MATRIX "}", CASES[c].places);
        vroom_case_read(&it, text);
        vroom_case_solve(&it, 10, &plan, &report);
        char *answer = vroom_case_answer(&it, &plan, &report);
        assert_int_equal((int)benchmark_cost(&it.benchmark, &plan, &report), CASES[c].cost);
        for (int k = 0; k < 2; k++)
            if (strstr(answer, CASES[c].said[k]) == NULL) fail_msg("case %zu: %s", c, answer);
        free(answer);
        plan_free(&plan);
        vroom_case_free(&it);
    }
}

/* Dimensions that cannot bind are no loads; the others share compartments by two, or count tasks. */
static void amounts_of_many_dimensions_find_room(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *capacity;
        int32_t compartments, max_stops; /* -1: an error */
    } CASES[] = {
        {"[9]", "[9]", "[18]", 0, 0},
        {"[9]", "[9]", "[17]", 1, 0},
        {"[9,9]", "[9,9]", "[17,17]", 1, 0},
        {"[9,9,1]", "[9,9,1]", "[17,17,2]", 1, 0},
        {"[9,8,1]", "[8,9,1]", "[16,16,1]", 1, 1},
        {"[9,0,8]", "[0,9,0]", "[10,8,7]", 2, 0},
        {"[9,0,1,1,0,0]", "[0,9,0,0,1,2]", "[8,8,0,9,0,9]", 2, 0},
        {"[2,0,0,0,0]", "[0,2,2,0,0]", "[1,1,1,1,1]", 2, 0},
        {"[9,8,1]", "[8,9,2]", "[16,16,2]", -1, 0},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        char text[1024];
        struct vroom_case it;
        snprintf(text, sizeof text,
                 "{'jobs':[{'id':1,'location_index':1,'pickup':%s},{'id':2,'location_index':0,'pickup':%s}],"
                 "'vehicles':[{'id':1,'start_index':0,'capacity':%s}]," MATRIX "}",
                 CASES[c].first, CASES[c].second, CASES[c].capacity);
        vroom_case_read(&it, text);
        if (CASES[c].compartments < 0) {
            assert_int_equal(it.rc, ERROR_INPUT);
            const struct diagnostic *said = vroom_case_said(&it, "vehicles[0].capacity[2]: jobs have this");
            assert_non_null(said);
            assert_int_equal(said->severity, SEVERITY_ERROR);
            assert_true(said->place.line == 1 && said->place.column > 100);
        } else {
            const struct vehicle *v = &it.benchmark.instance.vehicles[0];
            if (it.rc != ERROR_NONE) fail_msg("case %zu: %s", c, it.error.message);
            const int32_t expected = CASES[c].compartments > 0 ? CASES[c].compartments : 1;
            if (v->compartment_count != expected || v->max_stops != CASES[c].max_stops ||
                (CASES[c].compartments == 0) != (v->compartments[0].capacity_kg == 0))
                fail_msg("case %zu: %d compartments, %d stops", c, (int)v->compartment_count,
                         (int)v->max_stops);
        }
        vroom_case_free(&it);
    }
}

/* A break that the model calls not due is taken all the same, and fits. */
static void a_vehicle_that_is_used_has_its_break(void **state)
{
    (void)state;
    static const struct {
        const char *window, *pause, *said;
    } CASES[] = {
        /* back long before: at the end */
        {"[0,4000]", "[[3000,3500]]", "\"waiting_time\":2700,\"arrival\":300,\"duration\":300"},
        /* no window: at the end, and home at 400 exactly */
        {"[0,400]", "", "\"waiting_time\":0,\"arrival\":400,\"duration\":300"},
        /* only before leaving */
        {"[0,500]", "[[0,10]]", "\"type\":\"break\",\"id\":3,\"setup\":0,\"service\":100"},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        char text[1024];
        struct vroom_case it;
        struct plan plan;
        struct check_report report;
        snprintf(text, sizeof text,
                 JOBS("") "'vehicles':[{'id':1,'start_index':0,'end_index':0,'time_window':%s,"
                          "'breaks':[{'id':3,'service':100%s%s}]}]," MATRIX "}",
                 CASES[c].window, CASES[c].pause[0] == '\0' ? "" : ",'time_windows':", CASES[c].pause);
        vroom_case_read(&it, text);
        vroom_case_solve(&it, 10, &plan, &report);
        assert_int_equal(report.violation_count, 0);
        assert_int_equal(report.served, 1);
        char *answer = vroom_case_answer(&it, &plan, &report);
        if (strstr(answer, "\"break\"") == NULL || strstr(answer, CASES[c].said) == NULL)
            fail_msg("case %zu: %s", c, answer);
        free(answer);
        plan_free(&plan);
        vroom_case_free(&it);
    }
}

static void straight_lines_are_drawn_and_said(void **state)
{
    (void)state;
    struct vroom_case it;
    /* A degree of latitude is 111.1951 km on the sphere. */
    vroom_case_read(&it, "{'jobs':[{'id':1,'location':[2,49]}],'vehicles':[{'id':1,'start':[2,48]},"
                         "{'id':2,'end':[2,48],'profile':'bike'}],"
                         "'network':{'straight_line':{'detour':1,'speed_kmh':36},"
                         "'profiles':{'bike':{'speed_kmh':18}}}}");
    assert_int_equal(it.rc, ERROR_NONE);
    const struct instance *in = &it.benchmark.instance;
    assert_int_equal(travel_duration_s(&in->travel, in->vehicles[0].profile, 0, 1), 11120);
    assert_int_equal(travel_duration_s(&in->travel, in->vehicles[1].profile, 0, 1), 22240);
    const struct diagnostic *said = vroom_case_said(&it, "profile bike: no matrix");
    assert_non_null(said);
    assert_int_equal(said->severity, SEVERITY_NOTE);
    vroom_case_free(&it);
}

/* What is left out is named with its path, once for each key. */
static void what_is_not_supported_is_warned_of_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } CASES[] = {
        {JOBS("") VEHICLES(",'breaks':[{'id':1,'service':9},{'id':2,'service':9}]") MATRIX "}",
         "vehicles[0].breaks[1]: one break a vehicle"},
        {JOBS("") VEHICLES(",'breaks':[{'id':1,'service':9,'max_load':[]}]") MATRIX "}",
         "vehicles[0].breaks[0].max_load: this is not supported"},
        {JOBS("") VEHICLES(",'breaks':[{'id':1,'service':9,'time_windows':[[1,2],[5,6]]}]") MATRIX "}",
         "vehicles[0].breaks[0].time_windows[1]: one window"},
        {JOBS("") VEHICLES(",'breaks':[{'id':1}]") MATRIX "}", "vehicles[0].breaks[0].service: a break that"},
        {JOBS("") VEHICLES(",'time_window':[0,99],'breaks':[{'id':1,'service':100}]") MATRIX "}",
         "vehicles[0].breaks[0]: the break does not fit"},
        {JOBS(",'setup_per_type':{'van':5}") "'vehicles':[{'id':1,'start_index':0,'type':'van'},"
                                             "{'id':2,'start_index':0}]," MATRIX "}",
         "jobs[0].setup_per_type: durations by vehicle type"},
        {JOBS(",'colour':'red'") VEHICLES("") MATRIX "}", "jobs[0].colour: this key is not known"},
        {JOBS("") VEHICLES(",'costs':{'per_mile':1}") MATRIX "}",
         "vehicles[0].costs.per_mile: this key is not known"},
        {JOBS("") "'vehicles':[{'id':1,'start_index':0},"
                  "{'id':2,'start_index':0,'costs':{'per_task_hour':5}}]," MATRIX "}",
         "vehicles[1].costs.per_task_hour: it differs"},
        {JOBS("") VEHICLES(",'max_distance':10") "'matrices':{'car':{'durations':[[0,1],[1,0]],"
                                                 "'distances':[[0,5],[6,0]]}}}",
         "vehicles[0].max_distance: the limit has another measure"},
        {"{'options':{'g':true},"
         "'jobs':[{'id':1,'location_index':1}]," VEHICLES("") MATRIX "}",
         "options: this key is not known"},
        {"{'jobs':[{'id':1,'location_index':1,'x':1},{'id':2,'location_index':1,'x':1}]," VEHICLES("") MATRIX
         "}",
         "jobs[0].x: this key is not known, and not read (the first of 2 places)"},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        struct vroom_case it;
        vroom_case_read(&it, CASES[c].text);
        const struct diagnostic *said = vroom_case_said(&it, CASES[c].said);
        if (it.rc != ERROR_NONE || said == NULL || said->severity != SEVERITY_WARNING ||
            it.diagnostics.warnings != 1 || said->place.line != 1 || said->place.column < 2)
            fail_msg("case %zu: %s\n%s", c, CASES[c].text,
                     it.diagnostics.count > 0 ? it.diagnostics.items[0].message : it.error.message);
        vroom_case_free(&it);
    }
    struct vroom_case it;
    vroom_case_read(&it, JOBS("") VEHICLES(",'breaks':[]") MATRIX ",'shipments':[]}");
    assert_int_equal(it.rc, ERROR_NONE);
    assert_int_equal(it.diagnostics.count, 0);
    vroom_case_free(&it);
}

/* Every fault of a file is said, at its place. */
static void all_faults_are_said_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        int64_t line;
        int32_t column;
        const char *message;
    } SAID[] = {
        {2, 8, "jobs[0].id: a whole number"},
        {2, 62, "jobs[0].service: a whole number"},
        {3, 2, "jobs[1].location_index: missing"},
        {3, 44, "jobs[1].priority: a whole number from 0 to 100"},
        {4, 8, "jobs[2].id: another job has the id 8 already"},
        {4, 51, "jobs[2].time_windows[1]: a window was expected"},
        {4, 67, "jobs[2].pickup: an array of 1 numbers"},
        {5, 41, "jobs[3].skills[1]: a whole number"},
        {5, 61, "jobs[3].time_windows: two windows overlap"},
        {7, 2, "vehicles[0]: a start, an end or both were expected"},
        {7, 22, "vehicles[0].capacity[0]: a whole number"},
        {7, 41, "vehicles[0].speed_factor: a number above 0"},
        {8, 18, "vehicles[1].start: coordinates were expected"},
        {8, 40, "vehicles[1].time_window: a window was expected"},
        {8, 2, "vehicles[1].capacity: missing"},
        {8, 61, "vehicles[1].costs.fixed: a whole number"},
    };
    struct vroom_case it;
    vroom_case_read(
        &it,
        "{'jobs':[\n"
        " {'id':-1,'location_index':1,'description':1,'x':0,'service':0.5},\n"
        " {'id':8,'time_windows':[[0,1]],'priority':101},\n"
        " {'id':8,'location_index':1,'time_windows':[[0,1],[3,2]],'pickup':[1,2]},\n"
        " {'id':9,'location_index':1,'skills':[1,'a'],'time_windows':[[0,5],[5,6]]}],\n"
        "'vehicles':[\n"
        " {'id':1,'capacity':[-1],'speed_factor':5.5},\n"
        " {'id':2,'start':[200,0],'time_window':[5],'costs':{'fixed':-1},'start_index':0}],\n" MATRIX "}");
    assert_int_equal(it.rc, ERROR_INPUT);
    for (size_t c = 0; c < COUNT_OF(SAID); c++) {
        const struct diagnostic *said = vroom_case_said(&it, SAID[c].message);
        if (said == NULL || said->severity != SEVERITY_ERROR || said->place.line != SAID[c].line ||
            said->place.column != SAID[c].column)
            fail_msg("%s: at %lld:%d", SAID[c].message, said == NULL ? 0 : (long long)said->place.line,
                     said == NULL ? 0 : (int)said->place.column);
    }
    vroom_case_free(&it);
}

static void files_that_are_no_problem_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said; /* NULL: the error itself */
    } CASES[] = {
        {"{'jobs':[", NULL},
        {"[1,2]", "an object with jobs and vehicles"},
        {"{}", "vehicles: from 1 to"},
        {"{'vehicles':[{'id':1,'start_index':0}],'matrix':[[0]],'jobs':[]}", "jobs: from 1 to"},
        {"{'shipments':[{}]," VEHICLES("") MATRIX "}", "shipments: "},
        {JOBS("") VEHICLES("") "'matrix':[[0,1]]}", "jobs[0].location_index: the matrices have 1 rows"},
        {JOBS("") VEHICLES("") "'matrix':[[0,1],[1]]}", "matrix[1]: an array of 2 numbers"},
        {JOBS("") VEHICLES("") "'matrix':[[0,1],[1,-1]]}", "matrix[1][1]: a whole number"},
        {JOBS("") VEHICLES("") "'matrices':{'car':{'durations':7}}}", "matrices.car.durations: a matrix"},
        {JOBS("") VEHICLES(",'profile':'bike'") MATRIX "}",
         "vehicles[0].profile: no durations are given for bike"},
        {JOBS("") VEHICLES(",'costs':{'per_km':1}") MATRIX "}",
         "vehicles[0].profile: no distances are given"},
        {"{'jobs':[{'id':1}],'vehicles':[{'id':1,'start':[0,0]}]}", "jobs[0].location: missing"},
        {"{'jobs':[{'id':1,'location':[0,0]}],'vehicles':[{'id':1,'start':[0,0]}],"
         "'network':{'straight_line':{'speed_kmh':0}}}",
         "network.straight_line: speed_kmh: a number from 1 to 130"},
    };
    for (size_t c = 0; c < COUNT_OF(CASES); c++) {
        struct vroom_case it;
        vroom_case_read(&it, CASES[c].text);
        if (it.rc != ERROR_INPUT || (CASES[c].said == NULL) != (it.diagnostics.count == 0) ||
            (CASES[c].said != NULL && vroom_case_said(&it, CASES[c].said) == NULL))
            fail_msg("case %zu: %s", c,
                     it.diagnostics.count > 0 ? it.diagnostics.items[0].message : it.error.message);
        vroom_case_free(&it);
    }
}

static void other_files_are_not_taken_for_problems(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
    } CASES[] = {{" \n{\"jobs\": [], \"vehicles\": []}", true},
                 {"{\"vehicles\"", true},
                 {"{\"jobs\": []}", false},
                 {"[\"vehicles\"]", false},
                 {"NAME : \"vehicles\"", false},
                 {"", false}};
    for (size_t c = 0; c < COUNT_OF(CASES); c++)
        assert_int_equal(VROOM_FAMILY.recognises(CASES[c].text, strlen(CASES[c].text)), CASES[c].is);
}

static void refused_memory_is_an_error(void **state)
{
    (void)state;
    static const char PROBLEM[] =
        "{\"jobs\":[{\"id\":1,\"location_index\":1,\"setup\":5,\"pickup\":[2],\"skills\":[1],\"x\":1,"
        "\"description\":\"d\",\"time_windows\":[[0,9]]},{\"id\":2,\"location_index\":1,\"pickup\":[2]}],"
        "\"vehicles\":[{\"id\":1,\"end_index\":0,\"capacity\":[3],\"skills\":[1],\"type\":\"t\"}],"
        "\"matrix\":[[0,100],[200,0]]}";
    int64_t refused = 0;
    error_code rc = ERROR_MEMORY;
    while (rc != ERROR_NONE && refused < 1000) {
        struct arena arena;
        struct diagnostics diagnostics;
        struct benchmark benchmark = {0};
        struct error error;
        arena_init(&arena);
        diagnostics_init(&diagnostics, 50);
        arena_fail_after(++refused);
        rc = vroom_read("t.json", PROBLEM, strlen(PROBLEM), &arena, &benchmark, &diagnostics, &error);
        arena_fail_after(0);
        assert_true(rc == ERROR_NONE || rc == ERROR_MEMORY);
        diagnostics_free(&diagnostics);
        arena_free(&arena);
    }
    assert_true(refused > 50 && refused < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_as_computed_by_hand),
        cmocka_unit_test(keys_become_an_instance),
        cmocka_unit_test(time_stamps_are_counted_from_the_first_hours),
        cmocka_unit_test(priorities_come_before_numbers_and_numbers_before_costs),
        cmocka_unit_test(a_vehicle_needs_no_start_or_no_end),
        cmocka_unit_test(amounts_of_many_dimensions_find_room),
        cmocka_unit_test(a_vehicle_that_is_used_has_its_break),
        cmocka_unit_test(straight_lines_are_drawn_and_said),
        cmocka_unit_test(what_is_not_supported_is_warned_of_by_name),
        cmocka_unit_test(all_faults_are_said_with_line_and_column),
        cmocka_unit_test(files_that_are_no_problem_are_refused),
        cmocka_unit_test(other_files_are_not_taken_for_problems),
        cmocka_unit_test(refused_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
