/* Stands in for libFuzzer in the ordinary tests: gives a fuzz target each file of its corpus, then each
 * file cut short and with random bytes changed, always the same ones.
 *
 * The corpus of build/.../fuzz_NAME is tests/fuzz/corpus/NAME. A crash, or a sanitizer's word, fails.
 */
#include "solver/base/rng.h"

#include <dirent.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 16, CUTS = 40, CHANGED = 40, PATH_SIZE = 512 };

static char corpus[PATH_SIZE / 2];

/* A copy of exactly the given size, so that a sanitizer sees the first byte read beyond it. */
static void give(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size == 0 ? 1 : size);
    assert_non_null(copy);
    if (size > 0) memcpy(copy, data, size);
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void give_with_variants(uint8_t *data, size_t size)
{
    struct rng rng;
    rng_seed(&rng, size);
    give(data, size);
    if (size == 0) return;
    const int32_t count = (int32_t)size;
    for (int32_t i = 0; i < CUTS; i++) give(data, (size_t)rng_below(&rng, count));
    for (int32_t i = 0; i < CHANGED; i++) {
        const int32_t at = rng_below(&rng, count);
        const uint8_t kept = data[at];
        data[at] = (uint8_t)rng_below(&rng, 256);
        give(data, size);
        data[at] = kept;
    }
}

static size_t read_file(const char *path, uint8_t *data)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    const size_t size = fread(data, 1, INPUT_MAX, file);
    fclose(file);
    return size;
}

static void corpus_replayed(void **state)
{
    (void)state;
    static uint8_t data[INPUT_MAX];
    struct dirent **entries;
    const int count = scandir(corpus, &entries, NULL, alphasort);
    int32_t files = 0;
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        char path[PATH_SIZE];
        snprintf(path, sizeof path, "%s/%s", corpus, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            give_with_variants(data, read_file(path, data));
            files++;
        }
        free(entries[i]);
    }
    free(entries);
    assert_true(files > 0);
}

int main(int argument_count, char **arguments)
{
    (void)argument_count;
    const char *name = strstr(basename(arguments[0]), "fuzz_");
    if (name == NULL) return EXIT_FAILURE;
    snprintf(corpus, sizeof corpus, "tests/fuzz/corpus/%s", name + strlen("fuzz_"));
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus_replayed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
