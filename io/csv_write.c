#include "io/csv_write.h"

#include <math.h>
#include <string.h>

struct csv_writer csv_begin(FILE *file, const char *header)
{
    fprintf(file, "%s\n", header);
    return (struct csv_writer){.file = file};
}

static void separate(struct csv_writer *csv)
{
    if (csv->in_row) fputc(',', csv->file);
    csv->in_row = true;
}

/* Would a spreadsheet run this text as a formula? A plain number ("-1") is none. */
static bool is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL &&
           (strchr("+-", text[0]) == NULL || strspn(text + 1, "0123456789.") + 1 != strlen(text));
}

void csv_text(struct csv_writer *csv, const char *text)
{
    separate(csv);
    if (text == NULL) return;
    size_t length = strlen(text);
    const char *guard = is_formula(text) ? "'" : "";
    /* Blanks at the ends survive readers that trim only when quoted. */
    bool quoted =
        strpbrk(text, ",\"\r\n") != NULL || (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
    if (!quoted) {
        fputs(guard, csv->file);
        fputs(text, csv->file);
        return;
    }
    fputc('"', csv->file);
    fputs(guard, csv->file);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') fputc('"', csv->file);
        fputc(*c, csv->file);
    }
    fputc('"', csv->file);
}

void csv_integer(struct csv_writer *csv, int64_t number)
{
    separate(csv);
    fprintf(csv->file, "%lld", (long long)number);
}

void csv_number(struct csv_writer *csv, double number, int decimals)
{
    separate(csv);
    if (!isfinite(number)) return;
    char text[64];
    int length = snprintf(text, sizeof text, "%.*f", decimals, number);
    if (length < 0 || length >= (int)sizeof text) {
        fprintf(csv->file, "%.17g", number);
        return;
    }
    /* No "-0.00". */
    fputs(text[0] == '-' && strspn(text, "-0.") == strlen(text) ? text + 1 : text, csv->file);
}

void csv_money(struct csv_writer *csv, money amount)
{
    csv_number(csv, (double)amount / (double)MONEY_UNIT, 2);
}

void csv_end_row(struct csv_writer *csv)
{
    fputc('\n', csv->file);
    csv->in_row = false;
}
