/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an organization's life: ends, successors, terms, duties. */
#include "organizations/life/ending.h"
#include "organizations/life/term.h"
#include "organizations/members/duty.h"
#include "organizations/words.h"

#include "support/cmocka_all.h"

#define TODAY ((date_t)20000)

static int
open_arena(void **state)
{
    *state = arena_new(64 * 1024);
    return 0;
}

static int
close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void
an_empty_organization_ends_between_its_last_change_and_today(void **state)
{
    const struct ending_facts facts = { .numbers = "", .earliest = TODAY - 10 };

    assert_null(ending_judge(*state, &facts, false, TODAY, TODAY));
    assert_null(ending_judge(*state, &facts, false, TODAY - 10, TODAY));
    assert_true(status_is(ending_judge(*state, &facts, false, TODAY - 11, TODAY), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(ending_judge(*state, &facts, false, TODAY + 1, TODAY), PROBLEM_BAD_DATE_ORDER));
}

static void
all_obstacles_are_told_and_units_hinder_no_merger(void **state)
{
    const struct ending_facts facts = { .standing = { 0, 2, 1, 0, 0, 3, 0 }, .numbers = "第7号", .earliest = TODAY };
    const struct ending_facts covers = { .standing = { [OBSTACLE_UNITS] = 3 }, .numbers = "", .earliest = TODAY };
    status_t st = ending_judge(*state, &facts, true, TODAY, TODAY);

    assert_true(status_is(st, PROBLEM_ORGANIZATION_IN_USE));
    assert_true(status_is(st->next, PROBLEM_HAS_MEMBERS));
    assert_string_equal(st->next->detail, "2");
    assert_string_equal(st->next->next->detail, "1: 第7号");
    assert_null(st->next->next->next);
    assert_null(ending_judge(*state, &covers, true, TODAY, TODAY));
    assert_true(status_is(ending_judge(*state, &covers, false, TODAY, TODAY), PROBLEM_ORGANIZATION_IN_USE));
}

static void
a_branch_is_merged_into_a_branch_that_stands(void **state)
{
    struct successor_facts facts = { .known = true, .by_line = true, .kind = ORGANIZATION_JOINT_BRANCH };

    assert_null(successor_judge(*state, ORGANIZATION_BRANCH, &facts));
    assert_true(status_is(successor_judge(*state, ORGANIZATION_COMMITTEE, &facts), PROBLEM_BAD_SUCCESSOR));
    facts.below = true;
    assert_true(status_is(successor_judge(*state, ORGANIZATION_BRANCH, &facts), PROBLEM_BAD_SUCCESSOR));
    facts.dissolved = true;
    assert_true(status_is(successor_judge(*state, ORGANIZATION_BRANCH, &facts), PROBLEM_ORGANIZATION_DISSOLVED));
    facts.by_line = false;
    assert_true(status_is(successor_judge(*state, ORGANIZATION_BRANCH, &facts), PROBLEM_OUTSIDE_SCOPE));
}

static date_t
day(const char *text)
{
    date_t date;

    assert_true(date_parse(slice_of(text), &date));
    return date;
}

static void
terms_follow_the_rule_and_are_five_years_at_most(void **state)
{
    date_t ends_on;

    assert_int_equal(months_after(day("2026-08-31"), 6), day("2027-02-28"));
    assert_int_equal(months_after(day("2024-02-29"), 60), day("2029-02-28"));
    assert_int_equal(months_after(day("2026-12-01"), 1), day("2027-01-01"));
    assert_null(term_judge(*state, ORGANIZATION_COMMITTEE, day("2024-05-06"), DATE_NONE, TODAY, &ends_on));
    assert_int_equal(ends_on, day("2029-05-06"));
    assert_null(term_judge(*state, ORGANIZATION_BRANCH, day("2024-05-06"), day("2029-05-06"), TODAY, &ends_on));
    assert_true(
        status_is(term_judge(*state, ORGANIZATION_BRANCH, day("2024-05-06"), day("2029-05-07"), TODAY, &ends_on),
                  PROBLEM_BAD_DATE_ORDER));
    assert_true(
        status_is(term_judge(*state, ORGANIZATION_WORKING_COMMITTEE, day("2024-05-06"), DATE_NONE, TODAY, &ends_on),
                  PROBLEM_NO_TERM));
}

static void
a_duty_is_read_from_its_words(void **state)
{
    (void)state;
    assert_string_equal(duty_code("书记"), "secretary");
    assert_string_equal(duty_code("支部书记"), "secretary");
    assert_string_equal(duty_code("副书记"), "committee_member");
    assert_string_equal(duty_code("组织委员"), "committee_member");
    assert_null(duty_code("党小组组长"));
    assert_null(duty_code(NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_organization_ends_between_its_last_change_and_today, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(all_obstacles_are_told_and_units_hinder_no_merger, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_branch_is_merged_into_a_branch_that_stands, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(terms_follow_the_rule_and_are_five_years_at_most, open_arena, close_arena),
        cmocka_unit_test(a_duty_is_read_from_its_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
