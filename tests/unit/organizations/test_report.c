/* SPDX-License-Identifier: Apache-2.0 */
/* Half-years (半年报告) and the text that a report begins with. */
#include "organizations/instructor_reports/report.h"
#include "base/arena.h"
#include "support/cmocka_all.h"

static date_t
day(const char *text)
{
    date_t date;

    assert_true(date_parse(slice_of(text), &date));
    return date;
}

static int
make_arena(void **state)
{
    *state = arena_new(1 << 20);
    return 0;
}

static int
end_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void
half_years_meet_without_a_hole(void **state)
{
    struct half_year first = { 2026, 1 };
    struct half_year second = { 2026, 2 };

    (void)state;
    assert_int_equal(half_year_first(first), day("2026-01-01"));
    assert_int_equal(half_year_last(first), day("2026-06-30"));
    assert_int_equal(half_year_first(second), half_year_last(first) + 1);
    assert_int_equal(half_year_last(second), day("2026-12-31"));
    assert_int_equal(half_year_over(day("2026-06-30")).half, 2);
    assert_int_equal(half_year_over(day("2026-06-30")).year, 2025);
    assert_int_equal(half_year_over(day("2026-07-01")).half, 1);
    assert_int_equal(half_year_over(day("2026-07-01")).year, 2026);
}

static void
a_report_is_of_a_time_in_which_he_was_an_instructor(void **state)
{
    struct half_year half = { 2026, 1 };

    assert_null(report_judge_begin(*state, half, day("2026-06-30"), DATE_NONE, day("2026-06-30")));
    assert_true(status_is(report_judge_begin(*state, half, day("2026-07-01"), DATE_NONE, day("2026-08-01")),
                          PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(report_judge_begin(*state, half, day("2025-01-01"), day("2026-01-01"), day("2026-08-01")),
                          PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(report_judge_begin(*state, half, day("2025-01-01"), DATE_NONE, day("2025-12-31")),
                          PROBLEM_BAD_DATE_ORDER));
    assert_null(report_judge_state(REPORT_RETURNED, false));
    assert_null(report_judge_state(REPORT_SUBMITTED, true));
    assert_true(status_is(report_judge_state(REPORT_SUBMITTED, false), PROBLEM_REPORT_STATE));
    assert_true(status_is(report_judge_state(REPORT_DRAFT, true), PROBLEM_REPORT_STATE));
}

static void
the_text_has_totals_and_each_unit(void **state)
{
    struct unit_visits units[] = { { "甲公司", 3, day("2026-05-04"), 2, 1 }, { "乙公司", 0, DATE_NONE, 0, 0 } };

    assert_string_equal(report_text(*state, (struct half_year){ 2026, 1 }, units, 2),
                        "2026年上半年：联系单位 2 家，走访 3 次，发现问题 2 个，已答复 1 个。\n"
                        "甲公司：走访 3 次，最近 2026-05-04；问题 2 个，已答复 1 个。\n"
                        "乙公司：未走访。\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_years_meet_without_a_hole),
        cmocka_unit_test(a_report_is_of_a_time_in_which_he_was_an_instructor),
        cmocka_unit_test(the_text_has_totals_and_each_unit),
    };

    return cmocka_run_group_tests(tests, make_arena, end_arena);
}
