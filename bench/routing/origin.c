#include "bench/routing/origin.h"

#include "bench/routing/runner.h"
#include "io/hash.h"
#include "solver/base/version.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static error_code hash_file(const char *path, char build[BUILD_SIZE], struct error *error)
{
    char block[1 << 14], digits[HASH_TEXT_SIZE];
    uint64_t words[4];
    size_t length;
    struct hash hash;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return error_at(error, ERROR_FILE, path, 0, 0, "%s", strerror(errno));
    hash_begin(&hash);
    while ((length = fread(block, 1, sizeof block, file)) > 0) hash_add(&hash, block, length);
    const bool failed = ferror(file);
    fclose(file);
    if (failed) return error_at(error, ERROR_FILE, path, 0, 0, "it cannot be read");
    hash_end(&hash, words);
    hash_text(words, digits);
    snprintf(build, BUILD_SIZE, "%.*s", BUILD_SIZE - 1, digits);
    return ERROR_NONE;
}

static void find_machine(char machine[TEXT_SIZE])
{
    char line[TEXT_SIZE * 2], model[TEXT_SIZE / 2] = "unknown processor";
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", strlen("model name")) != 0 || colon == NULL) continue;
        line[strcspn(line, "\n")] = '\0';
        snprintf(model, sizeof model, "%.*s", (int)sizeof model - 1, colon + 2);
        break;
    }
    if (file != NULL) fclose(file);
    snprintf(machine, TEXT_SIZE, "%ld x %s", sysconf(_SC_NPROCESSORS_ONLN), model);
}

error_code origin_find(const char *program, struct origin *origin, struct error *error)
{
    char commit[NAME_SIZE];
    process_line((const char *const[]){"git", "describe", "--always", "--dirty", NULL}, commit,
                 sizeof commit);
    snprintf(origin->version, sizeof origin->version, "%s%s%s", BENNE_VERSION, commit[0] != '\0' ? " " : "",
             commit);
    find_machine(origin->machine);
    return hash_file(program, origin->build, error);
}
