/* SPDX-License-Identifier: Apache-2.0 */
/* Requests into messages: what is taken, what is refused, and where the pointer points. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway/transcode/transcode_in.h"
#include "gateway_sample.h"

static struct arena *process;
static struct arena *arena;
static struct router *router;

static status_t
transcode(const char *verb, const char *path, const char *query, const char *type, struct slice body,
          ProtobufCMessage **ret_message)
{
    struct request request = { .verb = slice_of(verb), .path = slice_of(path), .query = slice_of(query) };
    struct router_match match;

    arena_reset(arena);
    request.content_type = slice_of(type);
    request.body = body;
    assert_null(router_find(router, request.verb, request.path, &match));
    return transcode_request(arena, &request, &match, ret_message);
}

static status_t
add(const char *json, Thing **ret_thing)
{
    return transcode("POST", "/api/v1/things", "", "application/json", slice_of(json), (ProtobufCMessage **)ret_thing);
}

static status_t
list(const char *query, ListRequest **ret_list)
{
    return transcode("GET", "/api/v1/things", query, "", slice_of(""), (ProtobufCMessage **)ret_list);
}

static void
test_every_kind_of_field(void **state)
{
    Thing *thing = NULL;

    (void)state;
    assert_null(add("{\"name\":\"\\u515a\",\"big\":-9007199254740991,\"small\":-5,\"count\":4294967295,\"open\":true,"
                    "\"colour\":\"deep_blue\",\"seal\":\"AAEC\",\"part\":{\"name\":\"p\",\"weight\":3},"
                    "\"parts\":[{\"name\":\"a\"},{}],\"numbers\":[1,2],\"colours\":[\"red\"],\"note\":\"\","
                    "\"huge\":9007199254740991,\"names\":[\"x\",\"y\"]}",
                    &thing));
    assert_string_equal(thing->name, "党");
    assert_true(thing->big == -9007199254740991 && thing->small == -5 && thing->count == UINT32_MAX && thing->open);
    assert_int_equal(thing->colour, LIANGXIN__SAMPLE__V1__COLOUR__COLOUR_DEEP_BLUE);
    assert_int_equal(thing->seal.len, 3);
    assert_memory_equal(thing->seal.data, "\0\1\2", 3);
    assert_true(thing->part->weight == 3 && thing->n_parts == 2 && thing->parts[1]->weight == 0);
    assert_true(thing->n_numbers == 2 && thing->numbers[1] == 2 && thing->n_colours == 1);
    assert_int_equal(thing->note_presence_case, LIANGXIN__SAMPLE__V1__THING__NOTE_PRESENCE_NOTE);
    assert_true(thing->huge == 9007199254740991u && thing->n_names == 2);
    assert_string_equal(thing->names[1], "y");
}

static const struct {
    const char *json;
    enum problem_name problem;
    const char *pointer; /* NULL: about the whole */
} refused[] = {
    { "{\"nonsense\":1}", PROBLEM_UNKNOWN_FIELD, "/nonsense" },
    { "{\"a/b~c\":1}", PROBLEM_UNKNOWN_FIELD, "/a~1b~0c" },
    { "{\"part\":{\"nonsense\":1}}", PROBLEM_UNKNOWN_FIELD, "/part/nonsense" },
    { "{\"parts\":[{},{\"weight\":\"3\"}]}", PROBLEM_BAD_FORMAT, "/parts/1/weight" },
    { "{\"big\":9007199254740992}", PROBLEM_OUT_OF_RANGE, "/big" },
    { "{\"big\":1.0}", PROBLEM_BAD_FORMAT, "/big" },
    { "{\"big\":1e3}", PROBLEM_BAD_FORMAT, "/big" },
    { "{\"big\":\"1\"}", PROBLEM_BAD_FORMAT, "/big" },
    { "{\"big\":99999999999999999999}", PROBLEM_OUT_OF_RANGE, NULL },
    { "{\"small\":2147483648}", PROBLEM_OUT_OF_RANGE, "/small" },
    { "{\"count\":-1}", PROBLEM_OUT_OF_RANGE, "/count" },
    { "{\"huge\":-1}", PROBLEM_OUT_OF_RANGE, "/huge" },
    { "{\"open\":1}", PROBLEM_BAD_FORMAT, "/open" },
    { "{\"open\":\"true\"}", PROBLEM_BAD_FORMAT, "/open" },
    { "{\"colour\":\"unspecified\"}", PROBLEM_BAD_VALUE, "/colour" },
    { "{\"colour\":\"RED\"}", PROBLEM_BAD_VALUE, "/colour" },
    { "{\"colour\":1}", PROBLEM_BAD_FORMAT, "/colour" },
    { "{\"colours\":[\"red\",\"green\"]}", PROBLEM_BAD_VALUE, "/colours/1" },
    { "{\"seal\":\"AAE\"}", PROBLEM_BAD_FORMAT, "/seal" },
    { "{\"seal\":\"AAF=\"}", PROBLEM_BAD_FORMAT, "/seal" },
    { "{\"name\":null}", PROBLEM_BAD_VALUE, "/name" },
    { "{\"name\":\"a\\u0007\"}", PROBLEM_BAD_TEXT, "/name" },
    { "{\"name\":\"a\\u202e\"}", PROBLEM_BAD_TEXT, "/name" },
    { "{\"name\":\"a\\u0000\"}", PROBLEM_MALFORMED, NULL },
    { "{\"name\":[\"a\"]}", PROBLEM_BAD_FORMAT, "/name" },
    { "{\"names\":\"a\"}", PROBLEM_BAD_FORMAT, "/names" },
    { "{\"part\":[]}", PROBLEM_BAD_FORMAT, "/part" },
    { "{\"name\":\"a\",\"name\":\"b\"}", PROBLEM_MALFORMED, NULL },
    { "[]", PROBLEM_MALFORMED, NULL },
    { "1", PROBLEM_MALFORMED, NULL },
    { "{\"name\":\"a\"", PROBLEM_MALFORMED, NULL },
    { "{\"name\":\"a\"} x", PROBLEM_MALFORMED, NULL },
    { "{\"name\":\"\xff\"}", PROBLEM_MALFORMED, NULL },
    { "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", PROBLEM_MALFORMED, NULL },
    { "{\"name\":\"abcdef\"}", PROBLEM_TOO_LONG, "/name" },
    { "{}", PROBLEM_REQUIRED, "/name" },
    { "", PROBLEM_REQUIRED, "/name" },
};

static void
test_what_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        Thing *thing = NULL;
        status_t st = add(refused[i].json, &thing);

        if (!status_is(st, refused[i].problem))
            fail_msg("%s: %s", refused[i].json, st ? st->problem->slug : "ok");
        if (refused[i].pointer)
            assert_string_equal(st->pointer, refused[i].pointer);
        else
            assert_null(st->pointer);
    }
}

static void
test_depth_is_counted_outside_of_text(void **state)
{
    Thing *thing = NULL;

    (void)state;
    assert_true(status_is(add("{\"name\":\"[[[[[[[[[[[[[[[[[[[[[[\\\"{{{{{{\"}", &thing), PROBLEM_TOO_LONG));
}

static void
test_a_huge_tree_meets_the_arena(void **state)
{
    size_t size = 900000;
    char *json = arena_alloc(process, size + 1);
    Thing *thing = NULL;

    (void)state;
    memset(json, ' ', size);
    memcpy(json, "{\"parts\":[{}", 12);
    for (size_t i = 12; i + 5 < size; i += 3)
        memcpy(json + i, ",{}", 3);
    memcpy(json + size - 2, "]}", 2);
    assert_true(status_is(add(json, &thing), PROBLEM_TOO_LARGE));
}

static void
test_fields_of_the_path(void **state)
{
    Thing *thing = NULL;
    const char *path = "/api/v1/things/%E5%85%9A/put";
    status_t st = transcode("POST", path, "", "application/json; charset=utf-8", slice_of("{\"name\":\"n\"}"),
                            (ProtobufCMessage **)&thing);

    (void)state;
    assert_null(st);
    assert_string_equal(thing->id, "党");
    st = transcode("POST", path, "", "application/json", slice_of("{\"name\":\"n\",\"id\":\"x\"}"),
                   (ProtobufCMessage **)&thing);
    assert_true(status_is(st, PROBLEM_UNKNOWN_FIELD));
    assert_string_equal(st->pointer, "/id");
    assert_true(
        status_is(transcode("POST", "/api/v1/things/%00/put", "", "", slice_of(""), (ProtobufCMessage **)&thing),
                  PROBLEM_BAD_FORMAT));
    assert_true(
        status_is(transcode("POST", "/api/v1/things/%zz/put", "", "", slice_of(""), (ProtobufCMessage **)&thing),
                  PROBLEM_BAD_FORMAT));
}

static void
test_a_query(void **state)
{
    ListRequest *request = NULL;

    (void)state;
    assert_null(list("limit=50&cursor=a%2Bb+c&colour=red,deep_blue&colour=red&open=true&name=", &request));
    assert_int_equal(request->limit, 50);
    assert_string_equal(request->cursor, "a+b c");
    assert_int_equal(request->n_colour, 3);
    assert_int_equal(request->colour[1], LIANGXIN__SAMPLE__V1__COLOUR__COLOUR_DEEP_BLUE);
    assert_true(request->open);
    assert_int_equal(request->name_presence_case, LIANGXIN__SAMPLE__V1__LIST_REQUEST__NAME_PRESENCE_NAME);
}

static const struct {
    const char *query;
    enum problem_name problem;
    const char *pointer;
} refused_queries[] = {
    { "page=2", PROBLEM_UNKNOWN_PARAMETER, "/page" },     { "part=2", PROBLEM_UNKNOWN_PARAMETER, "/part" },
    { "limit=50&limit=50", PROBLEM_BAD_VALUE, "/limit" }, { "limit=ten", PROBLEM_BAD_FORMAT, "/limit" },
    { "limit=010", PROBLEM_BAD_FORMAT, "/limit" },        { "limit=", PROBLEM_BAD_FORMAT, "/limit" },
    { "limit=201", PROBLEM_OUT_OF_RANGE, "/limit" },      { "limit=99999999999", PROBLEM_OUT_OF_RANGE, "/limit" },
    { "colour=red,", PROBLEM_BAD_VALUE, "/colour" },      { "open=1", PROBLEM_BAD_VALUE, "/open" },
    { "cursor=%07", PROBLEM_BAD_TEXT, "/cursor" },        { "cursor=%", PROBLEM_MALFORMED, NULL },
    { "name=a&name=b", PROBLEM_BAD_VALUE, "/name" },
};

static void
test_what_queries_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused_queries / sizeof *refused_queries; i++) {
        ListRequest *request = NULL;
        status_t st = list(refused_queries[i].query, &request);

        if (!status_is(st, refused_queries[i].problem))
            fail_msg("%s: %s", refused_queries[i].query, st ? st->problem->slug : "ok");
        if (refused_queries[i].pointer)
            assert_string_equal(st->pointer, refused_queries[i].pointer);
    }
}

static void
test_bodies_and_their_types(void **state)
{
    static const char *const raw = "/api/v1/things/7/content";
    UploadRequest *upload = NULL;
    ProtobufCMessage *message = NULL;

    (void)state;
    assert_null(transcode("POST", raw, "title=t", "text/csv", slice_of("a,b\n"), (ProtobufCMessage **)&upload));
    assert_int_equal(upload->content.len, 4);
    assert_string_equal(upload->title, "t");
    assert_string_equal(upload->id, "7");
    assert_true(
        status_is(transcode("POST", raw, "", "application/json", slice_of("{}"), &message), PROBLEM_MEDIA_TYPE));
    assert_true(
        status_is(transcode("POST", raw, "content=x", "text/csv", slice_of(""), &message), PROBLEM_UNKNOWN_PARAMETER));
    assert_true(
        status_is(transcode("POST", "/api/v1/things", "", "text/plain", slice_of("{}"), &message), PROBLEM_MEDIA_TYPE));
    assert_true(status_is(transcode("POST", "/api/v1/things", "name=x", "", slice_of(""), &message),
                          PROBLEM_UNKNOWN_PARAMETER));
    assert_true(status_is(transcode("GET", "/api/v1/things", "", "application/json", slice_of("{}"), &message),
                          PROBLEM_MALFORMED));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_field),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_depth_is_counted_outside_of_text),
        cmocka_unit_test(test_a_huge_tree_meets_the_arena),
        cmocka_unit_test(test_fields_of_the_path),
        cmocka_unit_test(test_a_query),
        cmocka_unit_test(test_what_queries_are_refused),
        cmocka_unit_test(test_bodies_and_their_types),
    };
    int failed;

    transcode_init();
    process = arena_new(4 << 20);
    arena = arena_new(16 << 20);
    router = router_new(process, sample_routes, sample_routes_count);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    arena_free(process);
    return failed;
}
