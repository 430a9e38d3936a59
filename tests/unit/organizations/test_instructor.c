/* SPDX-License-Identifier: Apache-2.0 */
/* Dispatches (下派), visits (走访) and problems: what is judged without a database. */
#include "organizations/instructors/dispatch_row.h"
#include "organizations/instructors/instructor.h"
#include "base/arena.h"
#include "support/cmocka_all.h"

#define DAY 20000

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
a_dispatch_has_one_thing_in_its_way_at_a_time(void **state)
{
    static const struct {
        struct dispatch_facts facts;
        date_t since;
        enum problem_name problem;
    } rows[] = {
        { { .withdrawn = true, .unit_reached = true, .since = DAY }, DAY, PROBLEM_INSTRUCTOR_WITHDRAWN },
        { { .unit_reached = false, .interest = true, .since = DAY }, DAY, PROBLEM_NOT_FOUND },
        { { .unit_reached = true, .since = DAY }, DAY - 1, PROBLEM_BAD_DATE_ORDER },
        { { .unit_reached = true, .since = DAY }, DAY + 2, PROBLEM_BAD_DATE_ORDER },
        { { .unit_reached = true, .interest = true, .since = DAY }, DAY, PROBLEM_CONFLICT_OF_INTEREST },
        { { .unit_reached = true, .holds = true, .since = DAY }, DAY, PROBLEM_ALREADY_EXISTS },
    };
    struct dispatch_facts good = { .unit_reached = true, .since = DAY };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(status_is(dispatch_judge_begin(*state, &rows[i].facts, rows[i].since, DAY + 1), rows[i].problem));
    assert_null(dispatch_judge_begin(*state, &good, DAY, DAY + 1));
}

static void
days_lie_within_what_they_belong_to(void **state)
{
    assert_null(visit_judge_day(*state, DAY, DATE_NONE, DAY + 3, DAY + 3));
    assert_null(visit_judge_day(*state, DAY, DAY + 2, DAY + 2, DAY + 3));
    assert_true(status_is(visit_judge_day(*state, DAY, DAY + 2, DAY + 3, DAY + 3), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(visit_judge_day(*state, DAY, DATE_NONE, DAY + 4, DAY + 3), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(dispatch_judge_end(*state, DAY, DAY - 1, DAY), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(dispatch_judge_end(*state, DAY, DAY + 1, DAY), PROBLEM_BAD_DATE_ORDER));
    assert_null(dispatch_judge_end(*state, DAY, DAY, DAY));
    assert_true(status_is(instructor_judge_term(*state, DAY, DAY - 1, DAY), PROBLEM_BAD_DATE_ORDER));
    assert_null(instructor_judge_term(*state, DAY, DATE_NONE, DAY));
}

static void
a_problem_goes_to_a_department_of_the_line(void **state)
{
    struct department_facts facts = { .known = false };

    assert_true(status_is(problem_judge_route(*state, &facts, DAY, DAY), PROBLEM_UNKNOWN_ORGANIZATION));
    facts.known = true;
    assert_null(problem_judge_route(*state, &facts, DAY, DAY));
    assert_true(status_is(problem_judge_route(*state, &facts, DAY - 1, DAY), PROBLEM_BAD_DATE_ORDER));
    facts.dissolved = true;
    assert_true(status_is(problem_judge_route(*state, &facts, DAY, DAY), PROBLEM_ORGANIZATION_DISSOLVED));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dispatch_has_one_thing_in_its_way_at_a_time),
        cmocka_unit_test(days_lie_within_what_they_belong_to),
        cmocka_unit_test(a_problem_goes_to_a_department_of_the_line),
    };

    return cmocka_run_group_tests(tests, make_arena, end_arena);
}
