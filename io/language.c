#include "io/language.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *current = "en";

/* What the environment asks for, in gettext's order of precedence. */
static bool environment_is_french(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = "";
    for (size_t name = 0; name < sizeof NAMES / sizeof NAMES[0] && locale[0] == '\0'; name++) {
        const char *value = getenv(NAMES[name]);
        if (value != NULL) locale = value;
    }
    bool plain = locale[0] == '\0' || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
    const char *list = getenv("LANGUAGE");
    if (!plain && list != NULL && list[0] != '\0') locale = list;
    return strncmp(locale, "fr", 2) == 0 && !(locale[2] >= 'a' && locale[2] <= 'z');
}

static bool has_catalogue(const char *folder)
{
    char catalogue[PATH_MAX];
    const int size = snprintf(catalogue, sizeof catalogue, "%s/fr/LC_MESSAGES/benne.mo", folder);
    return size > 0 && size < PATH_MAX && access(catalogue, R_OK) == 0;
}

/* The folder of the catalogues: the nearest going up from this executable's folder, so that a build, its
 * tests and an installation under any prefix find their own. */
static bool catalogue_folder(char folder[PATH_MAX])
{
    static const char *const PLACES[] = {"locale", "share/locale"};
    char above[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", above, sizeof above - 1);
    if (length <= 0) return false;
    above[length] = '\0';
    for (char *slash = strrchr(above, '/'); slash != NULL; slash = strrchr(above, '/')) {
        *slash = '\0';
        for (size_t place = 0; place < sizeof PLACES / sizeof PLACES[0]; place++) {
            const int size = snprintf(folder, PATH_MAX, "%s/%s", above, PLACES[place]);
            if (size > 0 && size < PATH_MAX && has_catalogue(folder)) return true;
        }
    }
    return false;
}

void language_set(const char *code)
{
    char folder[PATH_MAX];
    bool asked = code != NULL && (strcmp(code, "fr") == 0 || strcmp(code, "en") == 0);
    bool french = asked ? strcmp(code, "fr") == 0 : environment_is_french();
    setlocale(LC_CTYPE, "C.UTF-8");
    /* gettext translates in no locale called "C", and the French one may not be installed: any other will
     * do, and LANGUAGE then says which catalogue. */
    setlocale(LC_MESSAGES, french ? "C.UTF-8" : "C");
    current = "en";
    if (!french || !catalogue_folder(folder)) return;
    setenv("LANGUAGE", "fr", 1);
    bindtextdomain("benne", folder);
    bind_textdomain_codeset("benne", "UTF-8");
    textdomain("benne");
    current = "fr";
}

const char *language_current(void)
{
    return current;
}
