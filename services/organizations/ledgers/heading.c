/* SPDX-License-Identifier: Apache-2.0 */
/* Headings compared as people mean them: without white space, stars and what stands in brackets. Pure. */
#include "organizations/ledgers/heading.h"

#include "base/text.h"
#include "base/banned.h"

#define BETWEEN '|' /* words of column.also */

/* What a heading may carry without being another one: 姓名*, 姓 名, 姓名（必填）. */
static const char *const noise[] = { " ", "\t", "\r", "\n", "*", "\xE3\x80\x80" /* U+3000 */, "\xEF\xBC\x8A" /* ＊ */ };

static size_t
noise_at(struct slice text)
{
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++) {
        size_t size = strlen(noise[i]);

        if (text.size >= size && memcmp(text.data, noise[i], size) == 0)
            return size;
    }
    return 0;
}

static bool
opens_bracket(struct slice text)
{
    return text.data[0] == '(' || (text.size >= 3 && memcmp(text.data, "\xEF\xBC\x88", 3) == 0);
}

static struct slice
bare(struct slice heading, char room[HEADING_SIZE])
{
    size_t n = 0;

    while (heading.size > 0 && n < HEADING_SIZE && !(n > 0 && opens_bracket(heading))) {
        size_t skip = noise_at(heading);

        if (!skip)
            room[n++] = heading.data[0];
        heading.data += skip ? skip : 1;
        heading.size -= skip ? skip : 1;
    }
    return slice_make(room, n);
}

const struct column *
column_named(const struct ledger_form *form, struct slice name)
{
    for (const struct column *column = form->columns; column->heading; column++)
        if (slice_is(name, column->heading))
            return column;
    return NULL;
}

static bool
is_among(const char *words, struct slice word)
{
    while (words) {
        const char *end = strchr(words, BETWEEN);

        if (slice_equal(word, slice_make(words, end ? (size_t)(end - words) : strlen(words))))
            return true;
        words = end ? end + 1 : NULL;
    }
    return false;
}

static const struct column *
column_meant(const struct ledger_form *form, struct slice word)
{
    for (const struct column *column = form->columns; column->heading; column++)
        if (slice_is(word, column->heading) || is_among(column->also, word))
            return column;
    return NULL;
}

bool
heading_find(const struct ledger_form *form, const struct heading_choice *choices, size_t n_choices,
             struct slice heading, const struct column **ret_column)
{
    char room[HEADING_SIZE];

    for (size_t i = 0; i < n_choices; i++)
        if (slice_is(heading, choices[i].heading)) {
            *ret_column = column_named(form, slice_of(choices[i].column));
            return *ret_column || choices[i].column[0] == '\0';
        }
    *ret_column = NULL;
    if (slice_is(heading, HEADING_OUTCOME) || slice_is(heading, HEADING_REASON))
        return true;
    *ret_column = column_meant(form, bare(heading, room));
    return *ret_column != NULL;
}
