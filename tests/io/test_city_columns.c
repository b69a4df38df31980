#include "io/city_columns.h"
#include "tests/support/test.h"

static void aliases_count_where_their_column_is(void **state)
{
    (void)state;
    static const struct column leave[] = {
        {"agent_id", false}, {"start", false}, {"end", false}, {"class", false}};
    static const struct column days[] = {{"date", false}, {"kind", false}, {"label", false}};
    static const struct {
        const char *header;
        int32_t in_leave, in_days;
    } headers[] = {{"agent_id", 0, -1}, {"id_agent", 0, -1}, {"debut", 1, -1}, {"date_fin", 2, -1},
                   {"class", 3, -1},    {"kind", 3, 1},      {"type", 3, 1},   {"jour", -1, 0},
                   {"libelle", -1, 2},  {"colour", -1, -1},  {"", -1, -1}};
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        assert_int_equal(column_find(leave, COUNT_OF(leave), headers[i].header), headers[i].in_leave);
        assert_int_equal(column_find(days, COUNT_OF(days), headers[i].header), headers[i].in_days);
    }
}

static void personal_data_is_refused_with_its_reason(void **state)
{
    (void)state;
    assert_non_null(column_refused("nir"));
    assert_ptr_equal(column_refused("ssn"), column_refused("nir"));
    assert_ptr_equal(column_refused("prenom"), column_refused("name"));
    assert_ptr_not_equal(column_refused("diagnostic"), column_refused("name"));
    assert_non_null(column_refused("date_de_naissance"));
    assert_null(column_refused("agent_id"));
    assert_null(column_refused("birth_month"));
    assert_null(column_refused("motif"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_count_where_their_column_is),
        cmocka_unit_test(personal_data_is_refused_with_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
