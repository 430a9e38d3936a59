/* SPDX-License-Identifier: Apache-2.0 */
/* A member's year through a real process: what is required, what counts, and who may ask. */
#include <liangxin/training/v1/training.facts.h>
#include <liangxin/training/v1/training.handlers.h>

#include "io/clock.h"
#include "support/cmocka_all.h"
#include "support/desk.h"

enum { COMMITTEE = 1, BRANCH, OTHER_BRANCH, LEARNER, IDLER };

/* The committee with a branch below it, and a branch elsewhere; both members belong to the first. */
#define DIRECTORY                                                                                                      \
    "insert into organization_line select ('00000000-0000-7000-8000-00000000000' || d)::uuid,"                         \
    "       ('00000000-0000-7000-8000-00000000000' || a)::uuid, depth"                                                 \
    "  from (values (1, 1, 0), (2, 2, 0), (2, 1, 1), (3, 3, 0)) l (d, a, depth);"                                      \
    "insert into member select ('00000000-0000-7000-8000-00000000000' || m)::uuid, gen_random_uuid(), 'm',"            \
    "       'probationary', 'active', '00000000-0000-7000-8000-000000000002', 1 from generate_series(4, 5) m"

/* 2026: 4.5 hours, then a day of two events that counts 8 hours, then more recorded than planned; and a day of 2025. */
#define HOURS                                                                                                          \
    "insert into hour_record select gen_random_uuid(), '00000000-0000-7000-8000-000000000004', held_on,"               \
    "       '00000000-0000-7000-8000-000000000001', recorded, planned, '2026-11-21'"                                   \
    "  from (values (date '2026-01-01', 45, 60), ('2026-03-05', 50, 50), ('2026-03-05', 50, 50),"                      \
    "               ('2026-12-31', 60, 40), ('2025-12-31', 80, 80)) h (held_on, recorded, planned)"

static int
open_desk(void **state)
{
    *state = test_desk_open("training", "gateway", DIRECTORY ";" HOURS);
    return 0;
}

static int
close_desk(void **state)
{
    test_desk_close(*state);
    return 0;
}

static status_t
ask(struct test_desk *desk, int organization, int member, uint32_t year, Plan **ret_plan)
{
    static const char *const permissions[] = { "training.read", NULL };
    GetPlanRequest *request = get_plan_request_new(desk->arena);
    struct id scope = test_id(organization);
    struct id asked = test_id(member);
    struct rpc_options options = { .actor = test_actor_token(desk->arena, &asked, "clerk", &scope, permissions) };
    ProtobufCMessage *reply = NULL;
    status_t st;

    request->member_id = arena_alloc(desk->arena, ID_SIZE);
    id_format(&asked, request->member_id);
    request->year = year;
    st = rpc_call(desk->client, desk->arena, &training_get_plan, &request->base, &options, &reply);
    *ret_plan = (Plan *)reply;
    return st;
}

static void
test_a_year_counts_its_own_days(void **state)
{
    Plan *plan;

    assert_null(ask(*state, BRANCH, LEARNER, 2026, &plan));
    assert_int_equal(plan->required_tenths, 320);
    assert_int_equal(plan->done_tenths, 45 + 80 + 40);
    assert_int_equal(plan->left_tenths, 320 - 165);
    assert_int_equal(plan->kind, LIANGXIN__TRAINING__V1__TRAINEE_KIND__TRAINEE_KIND_MEMBER);
    assert_null(ask(*state, BRANCH, LEARNER, 2025, &plan));
    assert_int_equal(plan->done_tenths, 80);
}

static void
test_nothing_recorded_leaves_the_whole_year(void **state)
{
    Plan *plan;

    assert_null(ask(*state, COMMITTEE, IDLER, 0, &plan));
    assert_int_equal(plan->year, date_to_civil(clock_today()).year);
    assert_int_equal(plan->done_tenths, 0);
    assert_int_equal(plan->left_tenths, 320);
    assert_string_equal(plan->article, "《中国共产党党员教育管理工作条例》第二十条");
}

static void
test_a_year_before_the_rules_requires_nothing(void **state)
{
    Plan *plan;

    assert_null(ask(*state, COMMITTEE, IDLER, 1999, &plan));
    assert_int_equal(plan->required_tenths, 0);
    assert_int_equal(plan->left_tenths, 0);
    assert_string_equal(plan->article, "");
}

static void
test_outside_the_scope_there_is_no_member(void **state)
{
    Plan *plan;

    assert_true(status_is(ask(*state, OTHER_BRANCH, LEARNER, 2026, &plan), PROBLEM_NOT_FOUND));
    assert_true(status_is(ask(*state, COMMITTEE, COMMITTEE, 2026, &plan), PROBLEM_NOT_FOUND));
    assert_true(status_is(ask(*state, COMMITTEE, LEARNER, 10000, &plan), PROBLEM_OUT_OF_RANGE));
}

static void
test_who_left_has_no_plan(void **state)
{
    struct test_desk *desk = *state;
    Plan *plan;

    test_pg_run(desk->pg, "training", "update member set status = 'deceased'");
    assert_true(status_is(ask(desk, BRANCH, LEARNER, 2026, &plan), PROBLEM_NOT_FOUND));
    test_pg_run(desk->pg, "training", "update member set status = 'active'");
}

static void
test_a_secretary_owes_more_by_the_days_of_his_post(void **state)
{
    struct test_desk *desk = *state;
    Plan *plan;

    test_pg_run(desk->pg, "training",
                "insert into duty_period select id, 'secretary', '2026-07-01' from member order by id limit 1");
    assert_null(ask(desk, BRANCH, LEARNER, 2026, &plan));
    assert_int_equal(plan->kind, LIANGXIN__TRAINING__V1__TRAINEE_KIND__TRAINEE_KIND_SECRETARY);
    assert_int_equal(plan->required_tenths, 441);
    assert_null(ask(desk, BRANCH, LEARNER, 2027, &plan));
    assert_int_equal(plan->required_tenths, 560);
    assert_null(ask(desk, BRANCH, LEARNER, 2025, &plan));
    assert_int_equal(plan->required_tenths, 320);
    assert_null(ask(desk, BRANCH, IDLER, 2026, &plan));
    assert_int_equal(plan->required_tenths, 320);
    test_pg_run(desk->pg, "training", "delete from duty_period");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_year_counts_its_own_days),
        cmocka_unit_test(test_nothing_recorded_leaves_the_whole_year),
        cmocka_unit_test(test_a_year_before_the_rules_requires_nothing),
        cmocka_unit_test(test_outside_the_scope_there_is_no_member),
        cmocka_unit_test(test_who_left_has_no_plan),
        cmocka_unit_test(test_a_secretary_owes_more_by_the_days_of_his_post),
    };

    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
