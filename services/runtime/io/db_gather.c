/* SPDX-License-Identifier: Apache-2.0 */
/* Rows gathered into arrays until the next round trip. One thread, one connection, which owns the arrays' memory and
 * keeps it for the next transaction. */
#include "base/check.h"
#include "io/db_private.h"
#include "base/banned.h"

/* pg_type.oid, fixed for all versions */
#define TYPE_BYTEA 17
#define TYPE_TEXT  25

#define ARRAY_LIMIT ((size_t)64 * 1024 * 1024)
#define FLAGS_AT    4 /* in the head of the binary form of an array */
#define COUNT_AT    12
#define ITEMS_AT    20
#define SIZE_NULL   UINT32_MAX

static void
format_u32(uint32_t number, uint8_t ret_bytes[4])
{
    for (int i = 0; i < 4; i++)
        ret_bytes[i] = (uint8_t)(number >> (24 - 8 * i));
}

static void
add_u32(struct strbuf *array, uint32_t number)
{
    uint8_t bytes[4];

    format_u32(number, bytes);
    strbuf_add(array, bytes, sizeof bytes);
}

static void
set_u32(struct strbuf *array, size_t at, uint32_t number)
{
    uint8_t bytes[4];

    format_u32(number, bytes);
    memcpy(array->data + at, bytes, sizeof bytes);
}

/* One dimension that counts from 1; flags and count are set when it is sent. */
static void
begin_array(struct strbuf *array, bool bytes)
{
    const uint32_t head[] = { 1, 0, bytes ? TYPE_BYTEA : TYPE_TEXT, 0, 1 };

    if (!array->limit)
        strbuf_init(array, ARRAY_LIMIT);
    strbuf_reset(array);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        add_u32(array, head[i]);
}

static bool
is_bytes(const struct db_many *many, int column)
{
    return many->bytes >> column & 1;
}

static struct db_gathered *
gathered_of(struct db *db, const struct db_many *many)
{
    struct db_gathered *set = db->gathered;

    while (set < db->gathered + DB_GATHERED && set->many && set->many != many)
        set++;
    CHECK(set < db->gathered + DB_GATHERED);
    set->many = many;
    return set;
}

/* The row alone: an item is the bytes behind its size, and a text is closed by the array's own end. */
static void
queue_one(struct db *db, const struct db_gathered *set)
{
    struct db_args args = { 0 };

    for (int i = 0; i < set->columns; i++) {
        const struct strbuf *array = &set->array[i];
        struct slice item = slice_make(array->data + ITEMS_AT + 4, array->size - ITEMS_AT - 4);

        if (set->has_null[i])
            db_arg_null(&args);
        else if (is_bytes(set->many, i))
            db_arg_bytes(&args, item);
        else
            db_arg_text(&args, item.data);
    }
    db_queue(db, set->many->one, &args);
}

static void
queue_set(struct db *db, struct db_gathered *set)
{
    struct db_args args = { 0 };

    for (int i = 0; i < set->columns; i++) {
        CHECK(!set->array[i].failed);
        set_u32(&set->array[i], FLAGS_AT, set->has_null[i]);
        set_u32(&set->array[i], COUNT_AT, (uint32_t)set->rows);
        db_arg_bytes(&args, strbuf_slice(&set->array[i]));
    }
    db_queue(db, set->many->set, &args);
}

static void
queue_gathered(struct db *db, struct db_gathered *set)
{
    if (set->rows == 1)
        queue_one(db, set);
    else if (set->rows > 1)
        queue_set(db, set);
    set->rows = 0;
}

void
db_gather(struct db *db, const struct db_many *many, const struct db_args *args)
{
    struct db_gathered *set = gathered_of(db, many);

    CHECK(args->count <= DB_COLUMNS);
    for (int i = 0; i < args->count; i++) {
        if (set->rows == 0) {
            begin_array(&set->array[i], is_bytes(many, i));
            set->has_null[i] = false;
        }
        set->has_null[i] = set->has_null[i] || !args->value[i];
        add_u32(&set->array[i], args->value[i] ? (uint32_t)args->length[i] : SIZE_NULL);
        if (args->value[i])
            strbuf_add(&set->array[i], args->value[i], (size_t)args->length[i]);
    }
    set->columns = args->count;
    if (++set->rows == DB_ROWS)
        queue_gathered(db, set);
}

void
db_gather_queue(struct db *db)
{
    for (size_t i = 0; i < DB_GATHERED && db->gathered[i].many; i++)
        queue_gathered(db, &db->gathered[i]);
}

void
db_gather_forget(struct db *db)
{
    for (size_t i = 0; i < DB_GATHERED; i++)
        db->gathered[i].rows = 0;
}

void
db_gather_free(struct db *db)
{
    for (size_t i = 0; i < DB_GATHERED; i++)
        for (size_t k = 0; k < DB_COLUMNS; k++)
            strbuf_done(&db->gathered[i].array[k]);
}
