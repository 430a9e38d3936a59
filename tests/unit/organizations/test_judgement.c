/* SPDX-License-Identifier: Apache-2.0 */
/* Rows against facts: created, updated, unchanged, or refused and why. No database. */
#include "organizations/members/member_row.h"
#include "organizations/members/move.h"
#include "organizations/organizations/organization_row.h"
#include "organizations/units/unit_row.h"
#include "support/cmocka_all.h"

static struct arena *arena;
static const struct sheet no_sheet = { .form = &organization_form };

static int
open_arena(void **state)
{
    (void)state;
    arena = arena_new((size_t)1024 * 1024);
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct id
id_of(uint8_t n)
{
    return (struct id){ { n } };
}

static void
expect(const struct sheet_row *row, enum row_outcome outcome, enum problem_name problem)
{
    assert_int_equal(row->outcome, outcome);
    if (outcome == ROW_INVALID)
        assert_int_equal(row->problems->problem, problem);
}

static struct member_row
member(void)
{
    return (struct member_row){ .name = "翁兴倩",
                                .sex = 1,
                                .identity_number = "320699198211191130",
                                .standing = MEMBER_FULL,
                                .full_on = DATE_NONE,
                                .organization_code = "T1",
                                .dues_base = -1 };
}

static struct member_facts
known_organization(void)
{
    return (struct member_facts){ .organization_known = true,
                                  .organization_in_scope = true,
                                  .organization_kind = ORGANIZATION_BRANCH };
}

static void
judge_one(struct member_row *data, struct member_facts *facts, enum row_outcome outcome, enum problem_name problem)
{
    struct sheet_row row = { .data = data, .facts = facts };

    member_judge(arena, NULL, &row);
    expect(&row, outcome, problem);
}

static void
a_member_is_created_updated_or_unchanged(void **state)
{
    struct member_row data = member();
    struct member_facts facts = known_organization();

    (void)state;
    judge_one(&data, &facts, ROW_CREATED, 0);
    facts.exists = true;
    facts.before = data;
    judge_one(&data, &facts, ROW_UNCHANGED, 0);
    data.dues_base = 500000;
    judge_one(&data, &facts, ROW_UNCHANGED, 0);
    data.floating = true;
    judge_one(&data, &facts, ROW_UPDATED, 0);
    facts.left = true;
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_MEMBER_LEFT);
}

static void
a_member_stays_where_the_line_says(void **state)
{
    struct member_row data = member();
    struct member_facts facts = known_organization();

    (void)state;
    facts.exists = true;
    facts.before = data;
    facts.before.organization_code = "T2";
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_AFFILIATION_NEEDS_LETTER);
    facts = known_organization();
    facts.organization_kind = ORGANIZATION_COMMITTEE;
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_NOT_A_BRANCH);
    facts.organization_in_scope = false;
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.organization_known = false;
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_UNKNOWN_ORGANIZATION);
    facts = known_organization();
    data.unit_code = "52320699MAR05UMW1C";
    judge_one(&data, &facts, ROW_INVALID, PROBLEM_UNKNOWN_UNIT);
}

static void
a_secretary_is_known_by_duty_and_name(void **state)
{
    struct member_row data = member();
    struct member_facts facts = known_organization();

    (void)state;
    assert_false(member_is_secretary(&data, &facts));
    facts.secretary_name = "翁兴倩";
    assert_false(member_is_secretary(&data, &facts));
    data.duty = DUTY_SECRETARY;
    assert_true(member_is_secretary(&data, &facts));
    facts.secretary_name = "阳欢";
    assert_false(member_is_secretary(&data, &facts));
}

static void
judge_unit(struct unit_row *data, struct unit_facts *facts, enum row_outcome outcome, enum problem_name problem)
{
    struct sheet_row row = { .data = data, .facts = facts };

    unit_judge(arena, NULL, &row);
    expect(&row, outcome, problem);
}

static void
a_unit_is_in_scope_by_line_or_by_territory(void **state)
{
    struct unit_row data = { .code = "52320699MAR05UMW1C", .name = "和盛行业协会", .organization_code = "T1" };
    struct unit_facts facts = { .region_known = true, .organization_known = true, .organization_in_scope = true };

    (void)state;
    judge_unit(&data, &facts, ROW_CREATED, 0);
    facts.organization_in_scope = false;
    judge_unit(&data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.organization_known = false;
    judge_unit(&data, &facts, ROW_INVALID, PROBLEM_UNKNOWN_ORGANIZATION);
    data.organization_code = NULL;
    judge_unit(&data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.region_in_scope = true;
    judge_unit(&data, &facts, ROW_CREATED, 0);
    facts.exists = true;
    facts.before = data;
    judge_unit(&data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.in_scope = true;
    judge_unit(&data, &facts, ROW_UNCHANGED, 0);
    facts.region_known = false;
    judge_unit(&data, &facts, ROW_INVALID, PROBLEM_UNKNOWN_REGION);
}

static void
judge_organization(struct organization_row data, struct organization_facts *facts, enum row_outcome outcome,
                   enum problem_name problem)
{
    struct sheet_row row = { .data = &data, .facts = facts };

    organization_judge(arena, &no_sheet, &row);
    expect(&row, outcome, problem);
}

static void
an_organization_keeps_its_superior(void **state)
{
    struct organization_row data = { .code = "T1",
                                     .name = "甲党支部",
                                     .kind = ORGANIZATION_BRANCH,
                                     .superior_code = "T",
                                     .founded_on = DATE_NONE,
                                     .term_ends_on = DATE_NONE,
                                     .may_issue_from = DATE_NONE };
    struct organization_facts facts = { .region_known = true };

    (void)state;
    judge_organization(data, &facts, ROW_INVALID, PROBLEM_UNKNOWN_ORGANIZATION);
    facts.superior_known = true;
    judge_organization(data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.superior_in_scope = true;
    judge_organization(data, &facts, ROW_CREATED, 0);
    facts.exists = true;
    facts.before = data;
    judge_organization(data, &facts, ROW_INVALID, PROBLEM_OUTSIDE_SCOPE);
    facts.in_scope = true;
    judge_organization(data, &facts, ROW_UNCHANGED, 0);
    data.superior_code = NULL;
    judge_organization(data, &facts, ROW_UNCHANGED, 0);
    data.superior_code = "V";
    judge_organization(data, &facts, ROW_INVALID, PROBLEM_AFFILIATION_NEEDS_LETTER);
}

static void
a_move_is_judged_by_where_the_member_is(void **state)
{
    struct move move = { .letter = id_of(1), .member = id_of(2), .from = id_of(3), .to = id_of(4) };
    struct move_facts facts = {
        .organization = id_of(3), .active = true, .to_known = true, .to_kind = ORGANIZATION_JOINT_BRANCH
    };

    (void)state;
    assert_int_equal(move_judge(&move, &facts), MOVE_MAY);
    facts.to_kind = ORGANIZATION_WORKING_COMMITTEE;
    assert_int_equal(move_judge(&move, &facts), MOVE_NOT_A_BRANCH);
    facts.to_known = false;
    assert_int_equal(move_judge(&move, &facts), MOVE_NOT_A_BRANCH);
    facts.active = false;
    assert_int_equal(move_judge(&move, &facts), MOVE_GONE);
    facts.organization = id_of(5);
    assert_int_equal(move_judge(&move, &facts), MOVE_ELSEWHERE);
    facts.arrived_by = id_of(1);
    assert_int_equal(move_judge(&move, &facts), MOVE_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_is_created_updated_or_unchanged),
        cmocka_unit_test(a_member_stays_where_the_line_says),
        cmocka_unit_test(a_secretary_is_known_by_duty_and_name),
        cmocka_unit_test(a_unit_is_in_scope_by_line_or_by_territory),
        cmocka_unit_test(an_organization_keeps_its_superior),
        cmocka_unit_test(a_move_is_judged_by_where_the_member_is),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
