/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as JSON. Any thread; a set holds heap memory between open and close. */
#include "organizations/ledgers/row_set.h"

#include "base/check.h"
#include "base/banned.h"

#define LIMIT ((size_t)16 * 1024 * 1024)

void
row_set_open(struct row_set *set)
{
    strbuf_init(&set->buf, LIMIT);
    json_init(&set->json, &set->buf);
    json_array_begin(&set->json, NULL);
}

void
row_set_begin(struct row_set *set)
{
    json_object_begin(&set->json, NULL);
}

void
row_set_end(struct row_set *set)
{
    json_object_end(&set->json);
}

void
row_set_text(struct row_set *set, const char *key, const char *text)
{
    if (text)
        json_cstring(&set->json, key, text);
}

void
row_set_id(struct row_set *set, const char *key, const struct id *id)
{
    char text[ID_SIZE];

    if (id_is_nil(id))
        return;
    id_format(id, text);
    json_cstring(&set->json, key, text);
}

void
row_set_date(struct row_set *set, const char *key, date_t date)
{
    char text[DATE_SIZE];

    if (date == DATE_NONE)
        return;
    date_format(date, text);
    json_cstring(&set->json, key, text);
}

const char *
row_set_close(struct row_set *set, struct arena *arena)
{
    const char *text;

    json_array_end(&set->json);
    CHECK(!set->buf.failed); /* a batch of rows is far below the limit */
    text = arena_text_slice(arena, strbuf_slice(&set->buf));
    strbuf_done(&set->buf);
    return text;
}
