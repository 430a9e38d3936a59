/* SPDX-License-Identifier: Apache-2.0 */
/* Texts, ids and moments of messages. */
#include "organizations/wire.h"

#include "base/check.h"
#include "organizations/words.h"
#include "base/banned.h"

/* The lists of words.c are in the order of the enums. */
#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__##code, #code)
SAME(ORGANIZATION_WORKING_COMMITTEE, ORGANIZATION_KIND__ORGANIZATION_KIND_WORKING_COMMITTEE);
SAME(ORGANIZATION_FLOATING_BRANCH, ORGANIZATION_KIND__ORGANIZATION_KIND_FLOATING_BRANCH);
SAME(MEMBER_FULL, STANDING__STANDING_FULL);
SAME(MEMBER_PROBATIONARY, STANDING__STANDING_PROBATIONARY);
SAME(UNIT_CLOSED, BUSINESS_STATE__BUSINESS_STATE_CLOSED);
SAME(UNIT_EXTRA_LICENCE, BUSINESS_STATE__BUSINESS_STATE_EXTRA_LICENCE);

char *
wire_text(const char *text)
{
    return text ? (char *)(uintptr_t)text : (char *)(uintptr_t)protobuf_c_empty_string;
}

ProtobufCBinaryData
wire_id(const struct id *id)
{
    if (!id || id_is_nil(id))
        return (ProtobufCBinaryData){ 0 };
    return (ProtobufCBinaryData){ .len = ID_BYTES, .data = (uint8_t *)(uintptr_t)id->bytes };
}

struct id
wire_read_id(const char *text)
{
    struct id id;

    CHECK(id_parse(slice_of(text), &id));
    return id;
}

date_t
wire_day_or(const char *text, date_t otherwise)
{
    date_t day = otherwise;

    if (text[0])
        (void)date_parse(slice_of(text), &day);
    return day;
}

char *
wire_instant(struct arena *arena, struct db_rows *rows, int row, const char *column)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    if (!db_is_null(rows, row, column))
        instant_format(db_instant(rows, row, column), text);
    return text;
}
