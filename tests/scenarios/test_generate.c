/* The synthetic city: the same from the same seed, whole, and what it says of its past fits together. The
 * example city is what its README says it is. */
#include "tests/support/program.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const FILES[] = {
    "README.md",
    "absences.csv",
    "actuals.csv",
    "agents.csv",
    "bins.csv",
    "calendar.csv",
    "city.json",
    "depots.csv",
    "disposal_sites.csv",
    "emptyings.csv",
    "fixed_rounds.csv",
    "leave.csv",
    "readings.csv",
    "requests.csv",
    "rules/leave.json",
    "rules/retirement.json",
    "rules/working_time.json",
    "survey.csv",
    "vehicles.csv",
};

/* Generates into SCRATCH/NAME; the path stays valid until the next call with the same slot. */
static const char *generate(const char *scratch, const char *name, const char *seed)
{
    static char paths[2][512];
    static int slot;
    char *path = paths[slot ^= 1];
    snprintf(path, sizeof paths[0], "%s/%s", scratch, name);
    const char *const arguments[] = {"generate", "-o",     path, "--seed",  seed, "--bins",
                                     "60",       "--days", "28", "--quiet", NULL};
    struct outcome outcome = program_run(arguments);
    assert_string_equal(outcome.error, "");
    assert_string_equal(outcome.output, "");
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    return path;
}

static bool same_file(const char *one, const char *other, const char *name)
{
    size_t length = 0, other_length = 0;
    char *text = file_text(one, name, &length), *other_text = file_text(other, name, &other_length);
    assert_non_null(text);
    assert_non_null(other_text);
    bool same = length == other_length && memcmp(text, other_text, length) == 0;
    free(text);
    free(other_text);
    return same;
}

static void a_seed_gives_the_same_bytes(void **state)
{
    const char *scratch = *state;
    const char *one = generate(scratch, "one", "5"), *other = generate(scratch, "other", "5");
    for (size_t file = 0; file < COUNT_OF(FILES); file++) assert_true(same_file(one, other, FILES[file]));
    one = generate(scratch, "sixth", "6");
    assert_false(same_file(one, other, "bins.csv"));
    assert_false(same_file(one, other, "readings.csv"));
}

static void a_folder_in_use_is_left_alone(void **state)
{
    const char *scratch = *state;
    struct outcome outcome = program_run((const char *const[]){"generate", "-o", scratch, NULL});
    assert_int_equal(outcome.status, 2);
    assert_non_null(strstr(outcome.error, "it is left alone"));
    outcome_free(&outcome);
    assert_false(path_exists(scratch, "city.json"));
}

/* Is `text` in a line of `table` that begins with `beginning`? */
static bool row_with(const char *table, const char *beginning, const char *text)
{
    for (const char *line = table; *line != '\0'; line += strcspn(line, "\n") + 1) {
        char copy[512];
        snprintf(copy, sizeof copy, "%.*s", (int)strcspn(line, "\n"), line);
        if (strncmp(copy, beginning, strlen(beginning)) == 0 && strstr(copy, text) != NULL) return true;
    }
    return false;
}

/* Every emptying was made by a round of that weekday that has the bin, on a day of service. */
static void emptyings_follow_from_the_rounds(void **state)
{
    static const char *const DAYS[] = {"Thu", "Fri", "Sat", "Sun",
                                       "Mon", "Tue", "Wed"}; /* 1970-01-01 first */
    const char *path = generate(*state, "past", "9");
    char *emptyings = file_text(path, "emptyings.csv", NULL),
         *rounds = file_text(path, "fixed_rounds.csv", NULL);
    int rows = 0;
    for (const char *line = strchr(emptyings, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        char bin[16], end[32];
        int day, month, year, hour, minute;
        assert_int_equal(sscanf(line, "%15[^;];%d/%d/%d %d:%d", bin, &day, &month, &year, &hour, &minute), 6);
        assert_int_equal(year, 2026);
        assert_true(hour >= 5 && hour < 15);
        assert_false(month == 11 && (day == 11 || day == 3)); /* a public holiday, the strike */
        /* Days since 1970-01-01 of a day of autumn 2026: 1 October is 20727. */
        int number = month == 10 ? 20726 + day : month == 11 ? 20757 + day : 20696 + day;
        snprintf(end, sizeof end, ",%s", bin);
        assert_true(row_with(rounds, DAYS[number % 7], end));
        rows++;
    }
    assert_true(rows > 100);
    free(emptyings);
    free(rounds);
}

static void readings_are_percentages_of_known_bins(void **state)
{
    const char *path = generate(*state, "levels", "3");
    char *readings = file_text(path, "readings.csv", NULL), *bins = file_text(path, "bins.csv", NULL);
    char known[16] = "";
    int rows = 0, full = 0;
    for (const char *line = strchr(readings, '\n') + 1; *line != '\0'; line = strchr(line, '\n') + 1) {
        char bin[16], end[32];
        int percent;
        assert_int_equal(sscanf(line, "%15[^,],%*[^,],%d", bin, &percent), 2);
        assert_true(percent >= 0 && percent <= 100);
        full += percent == 100;
        snprintf(end, sizeof end, "%s;", bin);
        if (strcmp(bin, known) != 0) assert_true(row_with(bins, end, ";"));
        snprintf(known, sizeof known, "%s", bin);
        rows++;
    }
    assert_true(rows > 60 * 28 && full < rows / 10);
    free(readings);
    free(bins);
}

/* The command that stands in the example's README, DIR replaced by `path`. */
static void run_readme_command(const char *path)
{
    char *readme = file_text("scenarios/exemple", "README.md", NULL);
    assert_non_null(readme);
    char *line = strstr(readme, "    benne generate ");
    assert_non_null(line);
    line[strcspn(line, "\n")] = '\0';
    const char *words[64] = {program_path()};
    int count = 1;
    strtok(line, " ");
    for (char *word = strtok(NULL, " "); word != NULL && count < 63; word = strtok(NULL, " ")) {
        words[count++] = strcmp(word, "DIR") == 0 ? path : word;
    }
    struct outcome outcome = program_run_other(NULL, words);
    assert_int_equal(outcome.status, 0);
    outcome_free(&outcome);
    free(readme);
}

static void the_example_is_what_its_readme_makes(void **state)
{
    char path[512];
    snprintf(path, sizeof path, "%s/exemple", (const char *)*state);
    run_readme_command(path);
    size_t bytes = 0;
    for (size_t file = 0; file < COUNT_OF(FILES); file++) {
        size_t length = 0;
        char *text = file_text("scenarios/exemple", FILES[file], &length);
        assert_non_null(text);
        free(text);
        bytes += length;
        if (!same_file(path, "scenarios/exemple", FILES[file])) fail_msg("%s differs", FILES[file]);
    }
    assert_true(bytes <= 2000000);
}

static int make_scratch(void **state)
{
    static char path[256];
    scratch_make(path);
    *state = path;
    return 0;
}

static int remove_scratch(void **state)
{
    scratch_remove(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_gives_the_same_bytes),
        cmocka_unit_test(a_folder_in_use_is_left_alone),
        cmocka_unit_test(emptyings_follow_from_the_rounds),
        cmocka_unit_test(readings_are_percentages_of_known_bins),
        cmocka_unit_test(the_example_is_what_its_readme_makes),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
