/* SPDX-License-Identifier: Apache-2.0 */
/* The two headers of a call: there and back, and what of them is refused. */
#include "support/cmocka_all.h"

#include "rpc/envelope.h"

static struct arena *arena;
static const struct id id = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } };

static void
test_a_request_header_goes_there_and_back(void **state)
{
    struct rpc_request request = { .id = id,
                                   .method = "transfers.v1.Transfers/Issue",
                                   .budget_ms = 1500,
                                   .attempt = 2,
                                   .actor = slice_make("\0token", 6),
                                   .idempotency_key = "key",
                                   .has_version = true,
                                   .version = 0,
                                   .trace = "trace" };
    struct rpc_request back;

    (void)state;
    assert_null(envelope_request_unpack(arena, envelope_request_pack(arena, &request), &back));
    assert_true(id_equal(&back.id, &id));
    assert_string_equal(back.method, request.method);
    assert_int_equal(back.budget_ms, 1500);
    assert_int_equal(back.attempt, 2);
    assert_true(slice_equal(back.actor, request.actor));
    assert_string_equal(back.idempotency_key, "key");
    assert_true(back.has_version); /* version 0 is not "no version" */
    assert_int_equal(back.version, 0);
    assert_string_equal(back.trace, "trace");
}

static void
test_what_a_request_does_not_say_is_empty(void **state)
{
    struct rpc_request request = { .id = id, .method = "m" };
    struct rpc_request back;

    (void)state;
    assert_null(envelope_request_unpack(arena, envelope_request_pack(arena, &request), &back));
    assert_int_equal(back.actor.size, 0);
    assert_string_equal(back.idempotency_key, "");
    assert_string_equal(back.trace, "");
    assert_false(back.has_version);
}

static void
test_a_reply_carries_all_problems_in_order_but_no_cause(void **state)
{
    status_t first = status_field(arena, PROBLEM_REQUIRED, "/a");
    status_t second = status_because(arena, PROBLEM_STALE, status_detail(arena, PROBLEM_INTERNAL, "secret"));
    struct rpc_reply reply = { .id = id, .status = status_join(arena, first, second), .retry_after_ms = 9 };
    struct slice packed = envelope_reply_pack(arena, &reply);
    struct rpc_reply back;

    (void)state;
    assert_null(envelope_reply_unpack(arena, packed, &back));
    assert_true(id_equal(&back.id, &id));
    assert_true(status_is(back.status, PROBLEM_REQUIRED));
    assert_string_equal(back.status->pointer, "/a");
    assert_true(status_is(back.status->next, PROBLEM_STALE));
    assert_null(back.status->next->next);
    assert_null(back.status->next->cause);
    assert_int_equal(back.retry_after_ms, 9);
    assert_null(memmem(packed.data, packed.size, "secret", 6));
}

static void
test_a_stale_reply_carries_its_comparison(void **state)
{
    const struct change changes[] = { { "/state", "issued" }, { "/number", "" } };
    const struct comparison comparison = {
        .version = 7, .at = "2026-11-21T10:00:00Z", .changes = changes, .n_changes = 2
    };
    struct rpc_reply reply = { .id = id, .status = status_stale(arena, &comparison) };
    const struct comparison *told;
    struct rpc_reply back;

    (void)state;
    assert_null(envelope_reply_unpack(arena, envelope_reply_pack(arena, &reply), &back));
    assert_true(status_is(back.status, PROBLEM_STALE));
    told = back.status->comparison;
    assert_non_null(told);
    assert_int_equal(told->version, 7);
    assert_string_equal(told->at, comparison.at);
    assert_null(told->role);
    assert_int_equal(told->n_changes, 2);
    assert_string_equal(told->changes[0].pointer, "/state");
    assert_string_equal(told->changes[0].value, "issued");
    assert_string_equal(told->changes[1].value, "");
}

static void
test_success_has_no_problems(void **state)
{
    struct rpc_reply reply = { .id = id, .replayed = true, .not_begun = true };
    struct rpc_reply back;

    (void)state;
    assert_null(envelope_reply_unpack(arena, envelope_reply_pack(arena, &reply), &back));
    assert_null(back.status);
    assert_true(back.replayed);
    assert_true(back.not_begun);
}

static void
test_more_problems_than_a_reply_holds_are_cut(void **state)
{
    struct rpc_reply reply = { .id = id };
    struct rpc_reply back;
    int count = 0;

    (void)state;
    for (int i = 0; i < 300; i++) {
        struct status *st = arena_alloc(arena, sizeof *st);

        *st = (struct status){ .problem = problem_of(PROBLEM_REQUIRED), .next = reply.status };
        reply.status = st;
    }
    assert_null(envelope_reply_unpack(arena, envelope_reply_pack(arena, &reply), &back));
    for (status_t st = back.status; st; st = st->next)
        count++;
    assert_int_equal(count, 200);
}

static void
test_a_slug_we_do_not_know_becomes_internal(void **state)
{
    static const struct problem strange = { .slug = "from-the-future", .kind = STATUS_CONFLICT };
    struct status st = { .problem = &strange };
    struct rpc_reply reply = { .id = id, .status = &st };
    struct rpc_reply back;

    (void)state;
    assert_null(envelope_reply_unpack(arena, envelope_reply_pack(arena, &reply), &back));
    assert_true(status_is(back.status, PROBLEM_INTERNAL));
}

static void
test_hostile_headers_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *why;
    } rows[] = {
        { "", 0, "no request id" },
        { "\x0A\x0F"
          "123456789012345",
          17, "a request id of 15 bytes" },
        { "\x0A\x11"
          "12345678901234567",
          19, "a request id of 17 bytes" },
        { "\x0A\x10"
          "1234567890123456"
          "\x12\x02\xFF\xFF",
          22, "a method that is no text" },
        { "\x0A\x10"
          "1234567890123456"
          "\x12\x03"
          "a\0b",
          23, "a method with NUL" },
        { "\x0A\x10"
          "1234567890123456"
          "\x0A\x10"
          "1234567890123456",
          36, "two request ids" },
        { "\xFF\xFF\xFF\xFF", 4, "noise" },
    };
    struct rpc_request request;
    struct rpc_reply reply;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice bytes = slice_make(rows[i].bytes, rows[i].size);

        if (!envelope_request_unpack(arena, bytes, &request))
            fail_msg("request: %s", rows[i].why);
        if (i < 3 && !envelope_reply_unpack(arena, bytes, &reply))
            fail_msg("reply: %s", rows[i].why);
    }
}

static void
test_every_prefix_and_every_changed_byte_is_read_or_refused(void **state)
{
    struct rpc_request request = { .id = id, .method = "a.v1.A/B", .actor = slice_of("token"), .trace = "t" };
    struct slice packed = envelope_request_pack(arena, &request);
    struct rpc_request back;

    (void)state;
    for (size_t size = 0; size < packed.size; size++)
        (void)envelope_request_unpack(arena, slice_make(arena_copy(arena, packed.data, size), size), &back);
    for (size_t i = 0; i < packed.size * 8; i++) {
        char *copy = arena_copy(arena, packed.data, packed.size);

        copy[i / 8] = (char)(copy[i / 8] ^ 1 << i % 8);
        if (!envelope_request_unpack(arena, slice_make(copy, packed.size), &back))
            assert_true(back.method && back.trace && back.idempotency_key);
    }
}

static void
test_header_and_body_share_a_frame_and_come_apart_again(void **state)
{
    static const struct {
        const char *header;
        const char *body;
    } rows[] = { { "header", "body" }, { "header", "" }, { "", "body" }, { "", "" } };
    struct slice header;
    struct slice body;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(
            envelope_split(envelope_join(arena, slice_of(rows[i].header), slice_of(rows[i].body)), &header, &body));
        assert_true(slice_is(header, rows[i].header) && slice_is(body, rows[i].body));
    }
}

static void
test_a_frame_shorter_than_it_says_is_refused(void **state)
{
    struct slice frame = envelope_join(arena, slice_of("header"), slice_of(""));
    struct slice header;
    struct slice body;

    (void)state;
    for (size_t size = 0; size < frame.size; size++)
        assert_false(envelope_split(slice_make(frame.data, size), &header, &body));
    assert_false(envelope_split(slice_make("\xff\xff\xff\xff", 4), &header, &body));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_request_header_goes_there_and_back),
        cmocka_unit_test(test_what_a_request_does_not_say_is_empty),
        cmocka_unit_test(test_a_reply_carries_all_problems_in_order_but_no_cause),
        cmocka_unit_test(test_a_stale_reply_carries_its_comparison),
        cmocka_unit_test(test_success_has_no_problems),
        cmocka_unit_test(test_more_problems_than_a_reply_holds_are_cut),
        cmocka_unit_test(test_a_slug_we_do_not_know_becomes_internal),
        cmocka_unit_test(test_header_and_body_share_a_frame_and_come_apart_again),
        cmocka_unit_test(test_a_frame_shorter_than_it_says_is_refused),
        cmocka_unit_test(test_hostile_headers_are_refused),
        cmocka_unit_test(test_every_prefix_and_every_changed_byte_is_read_or_refused),
    };
    int failed;

    arena = arena_new(16 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
