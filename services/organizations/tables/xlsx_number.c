/* SPDX-License-Identifier: Apache-2.0 */
/* A spreadsheet keeps binary fractions and shows 15 digits of them. Pure but for the arena. */
#include "organizations/tables/xlsx_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/banned.h"

#define MOST_DIGITS 1e15    /* from here on digits are made up */
#define LEAST       1e-9    /* below this a number is what is left of a calculation */
#define LAST_DAY    2958465 /* 9999-12-31 */
#define NO_DAY      60      /* 1900-02-29 */
#define NUMBER_SIZE 64

static bool
read_number(struct slice value, double *ret_number)
{
    char text[NUMBER_SIZE];
    char *end;

    if (value.size == 0 || value.size >= sizeof text)
        return false;
    for (size_t i = 0; i < value.size; i++)
        if (!value.data[i] || !strchr("0123456789+-.eE", value.data[i]))
            return false;
    memcpy(text, value.data, value.size);
    text[value.size] = '\0';
    *ret_number = strtod(text, &end);
    return *end == '\0' && isfinite(*ret_number);
}

/* "6179.460000" to "6179.46", "12.000" to "12". */
static void
cut_zeros(char *text)
{
    size_t size = strlen(text);

    if (!strchr(text, '.'))
        return;
    while (size > 0 && text[size - 1] == '0')
        size--;
    if (size > 0 && text[size - 1] == '.')
        size--;
    text[size] = '\0';
}

enum cell_fault
number_text(struct arena *arena, struct slice value, struct slice *ret_text)
{
    char text[NUMBER_SIZE];
    int digits = 15;
    double number;
    double size;

    *ret_text = value;
    if (!read_number(value, &number))
        return CELL_FINE;
    size = fabs(number);
    if (size >= MOST_DIGITS)
        return CELL_DIGITS_LOST;
    if (size < LEAST)
        size = number = 0;
    for (double whole = size; whole >= 1; whole /= 10)
        digits--;
    snprintf(text, sizeof text, "%.*f", digits, number);
    cut_zeros(text);
    *ret_text = slice_of(arena_text(arena, text));
    return CELL_FINE;
}

enum cell_fault
serial_text(struct arena *arena, struct slice value, bool from_1904, struct slice *ret_text)
{
    static const struct civil first_1904 = { 1904, 1, 1 };
    static const struct civil first_1900 = { 1899, 12, 30 };
    char text[DATE_SIZE];
    date_t first = 0;
    double number;
    int day;

    if (!read_number(value, &number) || number < (from_1904 ? 0 : 1) || number >= LAST_DAY + 1)
        return number_text(arena, value, ret_text);
    day = (int)number;
    *ret_text = slice_of("1900-02-29");
    if (!from_1904 && day == NO_DAY)
        return CELL_FINE;
    if (!from_1904 && day < NO_DAY)
        day++;
    (void)date_from_civil(from_1904 ? first_1904 : first_1900, &first);
    date_format(first + day, text);
    *ret_text = slice_of(arena_text(arena, text));
    return CELL_FINE;
}

bool
format_id_is_date(long id)
{
    static const struct {
        long first;
        long last;
    } ranges[] = { { 14, 17 }, { 22, 22 }, { 27, 31 }, { 36, 36 }, { 50, 54 }, { 57, 58 } };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (id >= ranges[i].first && id <= ranges[i].last)
            return true;
    return false;
}

bool
format_code_is_date(const char *code)
{
    for (; *code; code++) {
        const char *end = NULL;

        if (*code == '"')
            end = strchr(code + 1, '"');
        else if (*code == '[')
            end = strchr(code, ']');
        else if ((*code == '\\' || *code == '_' || *code == '*') && code[1])
            end = code + 1;
        else if (strchr("ydYD", *code))
            return true;
        if (end)
            code = end;
    }
    return false;
}
