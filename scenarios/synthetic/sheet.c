#include "scenarios/synthetic/sheet.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

void put_latin1(FILE *file, const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        int byte = *at;
        if ((byte == 0xC2 || byte == 0xC3) && at[1] != '\0') {
            byte = ((byte & 0x03) << 6) | (at[1] & 0x3F); /* two bytes, U+0080 to U+00FF */
            at++;
        }
        fputc(byte, file);
    }
}

error_code sheet_open(struct sheet *sheet, struct run_folder *folder, const char *name, const char *header,
                      struct error *error)
{
    sheet->folder = folder;
    sheet->name = name;
    sheet->begun = false;
    error_code rc = run_folder_file(folder, name, &sheet->file, error);
    if (rc != ERROR_NONE) return rc;
    for (; *header != '\0'; header++) { fputc(*header == ',' && sheet->french ? ';' : *header, sheet->file); }
    fputc('\n', sheet->file);
    return ERROR_NONE;
}

error_code sheet_close(struct sheet *sheet, struct error *error)
{
    FILE *file = sheet->file;
    sheet->file = NULL;
    return run_folder_close_file(sheet->folder, sheet->name, file, error);
}

static void next_cell(struct sheet *sheet)
{
    if (sheet->begun) fputc(sheet->french ? ';' : ',', sheet->file);
    sheet->begun = true;
}

/* A quote within a field is written twice. */
static void put_utf8(FILE *file, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') fputc('"', file);
        fputc(*c, file);
    }
}

void sheet_text(struct sheet *sheet, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    next_cell(sheet);
    bool quoted = strpbrk(text, sheet->french ? ";\"" : ",\"") != NULL;
    if (quoted) fputc('"', sheet->file);
    if (sheet->latin1) {
        put_latin1(sheet->file, text);
    } else {
        put_utf8(sheet->file, text);
    }
    if (quoted) fputc('"', sheet->file);
}

void sheet_number(struct sheet *sheet, double value, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    char *point = strchr(text, '.');
    if (sheet->french && point != NULL) *point = ',';
    next_cell(sheet);
    fputs(text, sheet->file);
}

void sheet_integer(struct sheet *sheet, int64_t value)
{
    next_cell(sheet);
    fprintf(sheet->file, "%lld", (long long)value);
}

void sheet_empty(struct sheet *sheet)
{
    next_cell(sheet);
}

static void put_date(struct sheet *sheet, day_number day)
{
    struct civil_date date = civil_from_day(day);
    if (sheet->french) {
        fprintf(sheet->file, "%02d/%02d/%04d", (int)date.day, (int)date.month, (int)date.year);
    } else {
        fprintf(sheet->file, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
    }
}

void sheet_date(struct sheet *sheet, day_number day)
{
    next_cell(sheet);
    put_date(sheet, day);
}

void sheet_instant(struct sheet *sheet, const struct zone *zone, instant_s at)
{
    next_cell(sheet);
    if (!sheet->french) {
        char text[INSTANT_TEXT_SIZE];
        instant_text(zone, at, text);
        fputs(text, sheet->file);
        return;
    }
    day_number day;
    int32_t second;
    zone_local(zone, at, &day, &second);
    put_date(sheet, day);
    fprintf(sheet->file, " %02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

void sheet_end_row(struct sheet *sheet)
{
    fputc('\n', sheet->file);
    sheet->begun = false;
}
