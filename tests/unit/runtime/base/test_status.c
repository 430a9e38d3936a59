/* SPDX-License-Identifier: Apache-2.0 */
/* The two tables of failures are complete, and statuses chain in order. */
#include "support/cmocka_all.h"

#include "base/status.h"
#include "base/text.h"

static const struct {
    const char *name;
    int http;
} kinds[] = {
#define X(name, http, retry, level) { #name, http },
    STATUS_KINDS(X)
#undef X
};

static struct arena *arena;

static void
test_every_problem_has_a_slug_of_its_own_and_both_titles(void **state)
{
    (void)state;
    for (int i = 0; i < PROBLEM_COUNT; i++) {
        const struct problem *problem = problem_of((enum problem_name)i);

        assert_true(problem->slug && problem->slug[0]);
        assert_int_equal(strspn(problem->slug, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(problem->slug));
        assert_true(problem->zh && problem->zh[0] && text_is_clean(slice_of(problem->zh)));
        assert_true(problem->en && problem->en[0] && text_is_clean(slice_of(problem->en)));
        if (problem_find(problem->slug) != problem)
            fail_msg("%s stands twice", problem->slug);
    }
    assert_null(problem_find("no-such-problem"));
    assert_null(problem_find(""));
}

static void
test_every_kind_has_an_http_status_of_failure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].http < 400 || kinds[i].http > 599)
            fail_msg("%s has %d", kinds[i].name, kinds[i].http);
    for (int i = 0; i < PROBLEM_COUNT; i++) {
        status_t st = status_plain((enum problem_name)i);

        assert_int_equal(status_http(st), kinds[problem_of((enum problem_name)i)->kind].http);
        assert_in_range(status_log_level(st), 0, 3);
        assert_true(status_is(st, (enum problem_name)i));
    }
}

static void
test_success_is_neither_failure_nor_repeatable(void **state)
{
    (void)state;
    assert_int_equal(status_http(OK), 200);
    assert_false(status_retryable(OK));
    assert_int_equal(status_log_level(OK), 0);
    assert_false(status_is(OK, PROBLEM_INTERNAL));
}

static void
test_only_what_may_pass_by_itself_is_repeatable(void **state)
{
    static const enum problem_name passing[] = { PROBLEM_BUSY, PROBLEM_EXHAUSTED, PROBLEM_UNAVAILABLE,
                                                 PROBLEM_TIMEOUT };
    static const enum problem_name lasting[] = { PROBLEM_MALFORMED, PROBLEM_DENIED,     PROBLEM_STALE,
                                                 PROBLEM_INTERNAL,  PROBLEM_KEY_REUSED, PROBLEM_ALREADY_EXISTS };

    (void)state;
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        assert_true(status_retryable(status_plain(passing[i])));
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++)
        assert_false(status_retryable(status_plain(lasting[i])));
}

static void
test_joining_keeps_the_order_and_leaves_the_parts_alone(void **state)
{
    static const char *const expected[] = { "/a", "/b", "/c", "/d" };
    status_t a = status_field(arena, PROBLEM_REQUIRED, "/a");
    status_t b = status_field(arena, PROBLEM_TOO_LONG, "/b");
    status_t ab = status_join(arena, a, b);
    status_t cd = status_join(arena, status_field(arena, PROBLEM_STALE, "/c"), status_field(arena, PROBLEM_BUSY, "/d"));
    status_t all = status_join(arena, ab, cd);

    (void)state;
    for (int i = 0; i < 4; i++, all = all->next) {
        assert_non_null(all);
        assert_string_equal(all->pointer, expected[i]);
    }
    assert_null(all);
    assert_null(a->next);
    assert_null(b->next);
    assert_ptr_equal(status_join(arena, OK, a), a);
    assert_ptr_equal(status_join(arena, a, OK), a);
    assert_null(status_join(arena, OK, OK));
}

static void
test_a_static_status_can_be_joined_many_times(void **state)
{
    status_t all = OK;
    int count = 0;

    (void)state;
    for (int i = 0; i < 5; i++)
        all = status_join(arena, all, status_plain(PROBLEM_REQUIRED));
    for (status_t st = all; st; st = st->next)
        count++;
    assert_int_equal(count, 5);
    assert_null(status_plain(PROBLEM_REQUIRED)->next);
}

static void
test_details_are_formatted_and_cut_at_a_limit(void **state)
{
    char text[2000];
    status_t st;

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    st = status_detail(arena, PROBLEM_STALE, "version %d", 7);
    assert_string_equal(st->detail, "version 7");
    assert_int_equal(strlen(status_detail(arena, PROBLEM_STALE, "%s", text)->detail), 511);
}

static void
test_a_cause_stays_inside(void **state)
{
    status_t cause = status_detail(arena, PROBLEM_INTERNAL, "sqlstate");
    status_t st = status_because(arena, PROBLEM_UNAVAILABLE, cause);

    (void)state;
    assert_ptr_equal(st->cause, cause);
    assert_null(st->detail);
    assert_null(st->next);
}

static void
test_a_wait_is_told_in_whole_seconds(void **state)
{
    (void)state;
    assert_int_equal(status_later(arena, PROBLEM_LOG_IN_WAIT, 61001)->retry_after_ms, 61001);
    assert_string_equal(status_later(arena, PROBLEM_LOG_IN_WAIT, 61001)->detail, "62 s");
    assert_true(status_later(arena, PROBLEM_LOG_IN_WAIT, INT64_MAX / 2)->retry_after_ms == UINT32_MAX);
    assert_int_equal(status_plain(PROBLEM_BUSY)->retry_after_ms, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_problem_has_a_slug_of_its_own_and_both_titles),
        cmocka_unit_test(test_every_kind_has_an_http_status_of_failure),
        cmocka_unit_test(test_success_is_neither_failure_nor_repeatable),
        cmocka_unit_test(test_only_what_may_pass_by_itself_is_repeatable),
        cmocka_unit_test(test_joining_keeps_the_order_and_leaves_the_parts_alone),
        cmocka_unit_test(test_a_static_status_can_be_joined_many_times),
        cmocka_unit_test(test_details_are_formatted_and_cut_at_a_limit),
        cmocka_unit_test(test_a_cause_stays_inside),
        cmocka_unit_test(test_a_wait_is_told_in_whole_seconds),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
