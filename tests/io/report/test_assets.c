/* What the report embeds is in the program, byte for byte. */
#include "io/report/assets.h"

#include "tests/support/test.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

static void assert_same_as_file(const char *name, const char *path)
{
    static unsigned char file_bytes[FILE_MAX];
    const unsigned char *bytes = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t file_size = fread(file_bytes, 1, sizeof file_bytes, file);
    fclose(file);
    assert_true(asset_get(name, &bytes, &size));
    assert_int_equal(size, file_size);
    assert_memory_equal(bytes, file_bytes, size);
}

static void leaflet_is_whole(void **state)
{
    (void)state;
    assert_same_as_file("leaflet.min.js", "/usr/share/javascript/leaflet/leaflet.min.js");
    assert_same_as_file("leaflet.css", "/usr/share/javascript/leaflet/leaflet.css");
    assert_same_as_file("layers.png", "/usr/share/javascript/leaflet/images/layers.png");
}

static void unknown_names_are_refused(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"", "leaflet", "images/layers.png", "LEAFLET.CSS"};
    const unsigned char *bytes;
    size_t size;
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) assert_false(asset_get(NAMES[i], &bytes, &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaflet_is_whole),
        cmocka_unit_test(unknown_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
