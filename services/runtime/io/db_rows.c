/* SPDX-License-Identifier: Apache-2.0 */
/* Result rows behind typed, sticky readers. Text format; rows end with their arena. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "io/db_private.h"
#include "base/banned.h"

struct db_rows {
    PGresult *result;
    struct arena *arena;
    int next;           /* where the next column is likely: readers go in the order of the columns */
    const char *failed; /* the first column that could not be read */
};

static void
dispose(void *object)
{
    PQclear(object);
}

struct db_rows *
db_rows_new(struct arena *arena, PGresult *result)
{
    struct db_rows *rows = arena_alloc(arena, sizeof *rows);

    *rows = (struct db_rows){ .result = result, .arena = arena };
    arena_dispose(arena, dispose, result);
    return rows;
}

int
db_count(const struct db_rows *rows)
{
    return PQntuples(rows->result);
}

static void
fail(struct db_rows *rows, const char *column)
{
    if (!rows->failed)
        rows->failed = column;
}

/* PQfnumber folds case in a copy and begins at the first column each time. */
static int
field_of(struct db_rows *rows, const char *column)
{
    int count = PQnfields(rows->result);

    for (int i = 0; i < count; i++) {
        int field = (rows->next + i) % count;

        if (strcmp(PQfname(rows->result, field), column) == 0) {
            rows->next = field;
            return field;
        }
    }
    return -1;
}

const char *
db_text(struct db_rows *rows, int row, const char *column)
{
    int field = field_of(rows, column);

    if (field < 0 || row >= PQntuples(rows->result)) {
        fail(rows, column);
        return NULL;
    }
    return PQgetisnull(rows->result, row, field) ? NULL : PQgetvalue(rows->result, row, field);
}

bool
db_is_null(struct db_rows *rows, int row, const char *column)
{
    return db_text(rows, row, column) == NULL;
}

int64_t
db_i64(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);
    long long number;
    char *end;

    if (!text)
        return 0;
    errno = 0;
    number = strtoll(text, &end, 10);
    if (errno || *end || end == text)
        fail(rows, column);
    return number;
}

bool
db_bool(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);

    if (text && strcmp(text, "t") != 0 && strcmp(text, "f") != 0)
        fail(rows, column);
    return text && text[0] == 't';
}

date_t
db_date(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);
    date_t date = DATE_NONE;

    if (text && !date_parse(slice_of(text), &date))
        fail(rows, column);
    return date;
}

struct id
db_id(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);
    struct id id = { { 0 } };

    if (text && !id_parse(slice_of(text), &id))
        fail(rows, column);
    return id;
}

/* "2026-11-21 01:00:00.123456+00": sessions speak UTC. */
static bool
parse_timestamp(const char *text, instant_t *ret_at)
{
    size_t length = strlen(text);
    instant_t fraction = 0;
    int64_t seconds;
    date_t day;
    size_t at = 19;

    if (length < 22 || !date_parse(slice_make(text, 10), &day) || strcmp(text + length - 3, "+00") != 0)
        return false;
    seconds = (text[11] - '0') * 36000 + (text[12] - '0') * 3600 + (text[14] - '0') * 600 + (text[15] - '0') * 60 +
              (text[17] - '0') * 10 + (text[18] - '0');
    if (text[at] == '.')
        for (int64_t unit = 100000; text[++at] >= '0' && text[at] <= '9'; unit /= 10)
            fraction += (text[at] - '0') * unit;
    *ret_at = ((int64_t)day * 86400 + seconds) * 1000000 + fraction;
    return true;
}

instant_t
db_instant(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);
    instant_t at = 0;

    if (text && !parse_timestamp(text, &at))
        fail(rows, column);
    return at;
}

struct slice
db_bytes(struct db_rows *rows, int row, const char *column)
{
    const char *text = db_text(rows, row, column);
    unsigned char *bytes;
    size_t size = 0;
    void *copy;

    if (!text)
        return slice_make("", 0);
    bytes = PQunescapeBytea((const unsigned char *)text, &size);
    CHECK(bytes != NULL);
    copy = arena_copy(rows->arena, bytes, size);
    PQfreemem(bytes);
    return slice_make(copy, size);
}

status_t
db_rows_status(const struct db_rows *rows)
{
    if (!rows->failed)
        return OK;
    return status_detail(rows->arena, PROBLEM_INTERNAL, "column %s cannot be read", rows->failed);
}
