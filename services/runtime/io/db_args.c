/* SPDX-License-Identifier: Apache-2.0 */
/* Statement arguments as libpq wants them. Pure; texts are borrowed, numbers live in the scratch space. */
#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "base/strbuf.h"
#include "io/db.h"
#include "base/banned.h"

static void
add(struct db_args *args, const char *value, size_t length, int format)
{
    CHECK(args->count < DB_ARGS && length <= INT32_MAX);
    args->value[args->count] = value;
    args->length[args->count] = (int)length;
    args->format[args->count] = format;
    args->count++;
}

static char *
scratch(struct db_args *args, size_t size)
{
    char *room = args->scratch + args->used;

    CHECK(size <= DB_SCRATCH - args->used);
    args->used += size;
    return room;
}

void
db_arg_text(struct db_args *args, const char *text)
{
    add(args, text, text ? strlen(text) : 0, 0);
}

void
db_arg_bytes(struct db_args *args, struct slice bytes)
{
    add(args, bytes.data ? bytes.data : "", bytes.size, 1);
}

void
db_arg_i64(struct db_args *args, int64_t number)
{
    char *room = scratch(args, 24);

    snprintf(room, 24, "%" PRId64, number);
    db_arg_text(args, room);
}

void
db_arg_bool(struct db_args *args, bool value)
{
    db_arg_text(args, value ? "t" : "f");
}

void
db_arg_id(struct db_args *args, const struct id *id)
{
    char *room;

    if (!id) {
        db_arg_null(args);
        return;
    }
    room = scratch(args, ID_SIZE);
    id_format(id, room);
    db_arg_text(args, room);
}

void
db_arg_date(struct db_args *args, date_t date)
{
    char *room;

    if (date == DATE_NONE) {
        db_arg_null(args);
        return;
    }
    room = scratch(args, DATE_SIZE);
    date_format(date, room);
    db_arg_text(args, room);
}

void
db_arg_instant(struct db_args *args, instant_t at)
{
    char *room = scratch(args, INSTANT_SIZE);

    instant_format(at, room);
    db_arg_text(args, room);
}

void
db_arg_null(struct db_args *args)
{
    add(args, NULL, 0, 0);
}

static void
array_item(struct strbuf *array, const char *item)
{
    if (!item) {
        strbuf_text(array, "NULL");
        return;
    }
    strbuf_char(array, '"');
    for (; *item; item++) {
        if (*item == '"' || *item == '\\')
            strbuf_char(array, '\\');
        strbuf_char(array, *item);
    }
    strbuf_char(array, '"');
}

static void
add_array(struct db_args *args, struct arena *arena, struct strbuf *array)
{
    strbuf_char(array, '}');
    CHECK(!array->failed);
    db_arg_text(args, arena_text_slice(arena, strbuf_slice(array)));
    strbuf_done(array);
}

void
db_arg_texts(struct db_args *args, struct arena *arena, const char *const *items, size_t count)
{
    struct strbuf array;

    strbuf_init(&array, (size_t)64 * 1024 * 1024);
    strbuf_char(&array, '{');
    for (size_t i = 0; i < count; i++) {
        if (i)
            strbuf_char(&array, ',');
        array_item(&array, items[i]);
    }
    add_array(args, arena, &array);
}

void
db_arg_ids(struct db_args *args, struct arena *arena, const struct id *items, size_t count)
{
    struct strbuf array;

    strbuf_init(&array, (size_t)64 * 1024 * 1024);
    strbuf_char(&array, '{');
    for (size_t i = 0; i < count; i++) {
        char text[ID_SIZE];

        id_format(&items[i], text);
        if (i)
            strbuf_char(&array, ',');
        strbuf_text(&array, text);
    }
    add_array(args, arena, &array);
}
