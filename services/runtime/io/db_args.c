/* SPDX-License-Identifier: Apache-2.0 */
/* Statement arguments as libpq wants them. Pure; texts are borrowed, numbers live in the scratch space. */
#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "base/strbuf.h"
#include "io/db.h"
#include "base/banned.h"

/* pg_type.oid of what arrays hold; fixed for all versions */
#define TYPE_UUID 2950
#define TYPE_INT8 20

#define ARRAY_HEAD       20 /* bytes: dimensions, null flag, type, size and lower bound of the one dimension */
#define ARRAY_HEAD_EMPTY 12

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

static uint8_t *
put_u32(uint8_t *at, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        *at++ = (uint8_t)(number >> shift);
    return at;
}

/* The binary form of an array without nulls: one dimension that counts from 1; the items, each behind its size, follow.
 * The server reads it several times faster than its text. */
static uint8_t *
begin_array(struct db_args *args, struct arena *arena, uint32_t type, uint32_t count, uint32_t item_size)
{
    size_t size = ARRAY_HEAD + (size_t)count * (4 + item_size);
    uint8_t *array = arena_alloc(arena, size);
    const uint32_t head[] = { count ? 1 : 0, 0, type, count, 1 };
    uint8_t *at = array;

    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        at = put_u32(at, head[i]);
    add(args, (const char *)array, count ? size : ARRAY_HEAD_EMPTY, 1);
    return at;
}

void
db_arg_ids(struct db_args *args, struct arena *arena, const struct id *items, size_t count)
{
    uint8_t *at = begin_array(args, arena, TYPE_UUID, (uint32_t)count, ID_BYTES);

    for (size_t i = 0; i < count; i++) {
        at = put_u32(at, ID_BYTES);
        memcpy(at, items[i].bytes, ID_BYTES);
        at += ID_BYTES;
    }
}

void
db_arg_i64s(struct db_args *args, struct arena *arena, const int64_t *items, size_t count)
{
    uint8_t *at = begin_array(args, arena, TYPE_INT8, (uint32_t)count, 8);

    for (size_t i = 0; i < count; i++) {
        at = put_u32(at, 8);
        at = put_u32(at, (uint32_t)((uint64_t)items[i] >> 32));
        at = put_u32(at, (uint32_t)items[i]);
    }
}
