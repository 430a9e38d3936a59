/* SPDX-License-Identifier: Apache-2.0 */
/* Messages into JSON, byte for byte. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway/transcode/transcode_out.h"
#include "gateway_sample.h"

static struct arena *arena;

static void
expect(const ProtobufCMessage *message, const char *json)
{
    struct strbuf out;

    arena_reset(arena);
    strbuf_init(&out, 1 << 20);
    transcode_message(arena, message, &out);
    assert_false(out.failed);
    assert_string_equal(out.data, json);
    strbuf_done(&out);
}

static void
test_an_empty_message(void **state)
{
    Thing thing = LIANGXIN__SAMPLE__V1__THING__INIT;

    (void)state;
    expect(&thing.base, "{\"id\":\"\",\"name\":\"\",\"big\":0,\"small\":0,\"count\":0,\"open\":false,\"seal\":\"\","
                        "\"parts\":[],\"numbers\":[],\"colours\":[],\"huge\":0,\"names\":[],\"version\":0}");
}

static void
test_every_kind_of_field(void **state)
{
    Thing thing = LIANGXIN__SAMPLE__V1__THING__INIT;
    Part part = LIANGXIN__SAMPLE__V1__PART__INIT;
    Part *parts[] = { &part };
    int64_t numbers[] = { -1, INT64_C(9007199254740991) };
    Liangxin__Sample__V1__Colour colours[] = { LIANGXIN__SAMPLE__V1__COLOUR__COLOUR_RED };
    uint8_t seal[] = { 0, 1 };

    (void)state;
    thing.name = (char[]){ "\"党\"\n" };
    thing.small = -3;
    thing.count = UINT32_MAX;
    thing.open = 1;
    thing.colour = LIANGXIN__SAMPLE__V1__COLOUR__COLOUR_DEEP_BLUE;
    thing.seal = (ProtobufCBinaryData){ .len = 2, .data = seal };
    thing.part = &part;
    thing.parts = parts;
    thing.n_parts = 1;
    thing.numbers = numbers;
    thing.n_numbers = 2;
    thing.colours = colours;
    thing.n_colours = 1;
    thing.note_presence_case = LIANGXIN__SAMPLE__V1__THING__NOTE_PRESENCE_NOTE;
    thing.note = (char[]){ "" };
    expect(&thing.base,
           "{\"id\":\"\",\"name\":\"\\\"党\\\"\\n\",\"big\":0,\"small\":-3,\"count\":4294967295,"
           "\"open\":true,\"colour\":\"deep_blue\",\"seal\":\"AAE=\",\"part\":{\"name\":\"\",\"weight\":0},"
           "\"parts\":[{\"name\":\"\",\"weight\":0}],\"numbers\":[-1,9007199254740991],"
           "\"colours\":[\"red\"],\"note\":\"\",\"huge\":0,\"names\":[],\"version\":0}");
}

static void
test_the_last_page_has_no_cursor(void **state)
{
    Liangxin__Sample__V1__ListReply reply = LIANGXIN__SAMPLE__V1__LIST_REPLY__INIT;

    (void)state;
    expect(&reply.base, "{\"items\":[],\"next_cursor\":null}");
    reply.next_cursor = (char[]){ "c" };
    expect(&reply.base, "{\"items\":[],\"next_cursor\":\"c\"}");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_message),
        cmocka_unit_test(test_every_kind_of_field),
        cmocka_unit_test(test_the_last_page_has_no_cursor),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
