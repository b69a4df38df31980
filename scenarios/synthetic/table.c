#include "scenarios/synthetic/table.h"

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

error_code table_open(struct table *table, struct run_folder *folder, const char *name, const char *header,
                      struct error *error)
{
    table->folder = folder;
    table->name = name;
    table->begun = false;
    error_code rc = run_folder_file(folder, name, &table->file, error);
    if (rc != ERROR_NONE) return rc;
    for (; *header != '\0'; header++) { fputc(*header == ',' && table->french ? ';' : *header, table->file); }
    fputc('\n', table->file);
    return ERROR_NONE;
}

error_code table_close(struct table *table, struct error *error)
{
    FILE *file = table->file;
    table->file = NULL;
    return run_folder_close_file(table->folder, table->name, file, error);
}

static void next_cell(struct table *table)
{
    if (table->begun) fputc(table->french ? ';' : ',', table->file);
    table->begun = true;
}

void table_text(struct table *table, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    next_cell(table);
    bool quoted = strchr(text, table->french ? ';' : ',') != NULL;
    if (quoted) fputc('"', table->file);
    if (table->latin1) {
        put_latin1(table->file, text);
    } else {
        fputs(text, table->file);
    }
    if (quoted) fputc('"', table->file);
}

void table_number(struct table *table, double value, int decimals)
{
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    char *point = strchr(text, '.');
    if (table->french && point != NULL) *point = ',';
    next_cell(table);
    fputs(text, table->file);
}

void table_integer(struct table *table, int64_t value)
{
    next_cell(table);
    fprintf(table->file, "%lld", (long long)value);
}

void table_empty(struct table *table)
{
    next_cell(table);
}

static void put_date(struct table *table, day_number day)
{
    struct civil_date date = civil_from_day(day);
    if (table->french) {
        fprintf(table->file, "%02d/%02d/%04d", (int)date.day, (int)date.month, (int)date.year);
    } else {
        fprintf(table->file, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
    }
}

void table_date(struct table *table, day_number day)
{
    next_cell(table);
    put_date(table, day);
}

void table_instant(struct table *table, const struct zone *zone, instant_s at)
{
    next_cell(table);
    if (!table->french) {
        char text[INSTANT_TEXT_SIZE];
        instant_text(zone, at, text);
        fputs(text, table->file);
        return;
    }
    day_number day;
    int32_t second;
    zone_local(zone, at, &day, &second);
    put_date(table, day);
    fprintf(table->file, " %02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
}

void table_end_row(struct table *table)
{
    fputc('\n', table->file);
    table->begun = false;
}
