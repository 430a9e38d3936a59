/* SPDX-License-Identifier: Apache-2.0 */
/* Relations between organizations: dated, each with its scope; the line moves whole, the power is granted and ends; and
 * what the directory tells. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"

#define KIND(name) LIANGXIN__ORGANIZATIONS__V1__RELATION_KIND__RELATION_KIND_##name

static const char *
today(struct desk *desk, int days)
{
    char text[DATE_SIZE];

    date_format(clock_today() + days, text);
    return arena_text(desk->arena, text);
}

static const char *
id_of(struct desk *desk, const char *code)
{
    char *text = test_pg_text(desk->pg, "organizations",
                              arena_printf(desk->arena, "select id from organization where code = '%s'", code));
    const char *kept = arena_text(desk->arena, text);

    free(text);
    return kept;
}

static int64_t
version_of(struct desk *desk, const char *code)
{
    return test_pg_number(desk->pg, "organizations",
                          arena_printf(desk->arena, "select version from organization where code = '%s'", code));
}

static status_t
begin(struct desk *desk, const char *code, RelationKind kind, const char *superior)
{
    BeginRelationRequest *in = begin_relation_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->kind = kind;
    in->superior_id = wire_text(id_of(desk, superior));
    return desk_call(desk, desk_method(&organizations_begin_relation), &in->base, version_of(desk, code), &out);
}

static status_t
end(struct desk *desk, const char *code, RelationKind kind, const char *superior, const char *until)
{
    EndRelationRequest *in = end_relation_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->kind = kind;
    in->superior_id = wire_text(id_of(desk, superior));
    in->until = wire_text(until);
    return desk_call(desk, desk_method(&organizations_end_relation), &in->base, version_of(desk, code), &out);
}

static status_t
reparent(struct desk *desk, const char *code, const char *superior, const char *since)
{
    ChangeSuperiorRequest *in = change_superior_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->superior_id = wire_text(id_of(desk, superior));
    in->since = wire_text(since);
    return desk_call(desk, desk_method(&organizations_change_superior), &in->base, version_of(desk, code), &out);
}

static status_t
get(struct desk *desk, const char *code)
{
    OrganizationId *in = organization_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    return desk_call(desk, desk_method(&organizations_get_organization), &in->base, 0, &out);
}

static size_t
listed(struct desk *desk)
{
    ListOrganizationsRequest *in = list_organizations_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_null(desk_call(desk, desk_method(&organizations_list_organizations), &in->base, 0, &out));
    return ((OrganizationPage *)out)->n_items;
}

static void
act_at_root(struct desk *desk)
{
    desk_act_at(desk, "ROOT");
}

static void
load_more(struct desk *desk)
{
    static const char more[] =
        "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
        "预备党员审批权\n"
        "B,行业主管党委,党委,,,320699,,,,,0513-88001122,2020-01-01\n"
        "T2,乙党支部,党支部,T,单独组建,320699,,,,,,\n"
        "G,丙党总支,党总支,T,联合组建,320699,,,2020-01-01,,,\n"
        "G1,丁党支部,党支部,G,单独组建,320699,,,2020-01-01,,,\n";

    desk_commit(desk, desk_upload_text(desk, LEDGER(ORGANIZATIONS), more), false);
}

static int
open_town(void **state)
{
    desk_open_town(state);
    load_more(*state);
    return 0;
}

static void
a_trade_department_reads_through_the_relation_until_it_ends(void **state)
{
    struct desk *desk = *state;
    size_t own;

    desk_act_at(desk, "B");
    own = listed(desk);
    assert_true(status_is(get(desk, "G"), PROBLEM_NOT_FOUND));
    act_at_root(desk);
    assert_null(begin(desk, "G", KIND(TRADE), "B"));
    assert_true(status_is(begin(desk, "G", KIND(TRADE), "B"), PROBLEM_ALREADY_EXISTS));
    desk_act_at(desk, "B");
    assert_null(get(desk, "G"));
    assert_null(get(desk, "G1"));
    assert_true(status_is(get(desk, "T2"), PROBLEM_NOT_FOUND));
    assert_int_equal(listed(desk), own + 2);
    assert_true(status_is(reparent(desk, "G", "B", ""), PROBLEM_OUTSIDE_SCOPE));
    act_at_root(desk);
    assert_null(end(desk, "G", KIND(TRADE), "B", today(desk, 0)));
    desk_act_at(desk, "B");
    assert_true(status_is(get(desk, "G1"), PROBLEM_NOT_FOUND));
    act_at_root(desk);
}

/* A row of a ledger in which the branch G1 has another name. */
static Import *
rename_by_ledger(struct desk *desk, const char *name)
{
    return desk_upload_text(
        desk, LEDGER(ORGANIZATIONS),
        arena_printf(desk->arena,
                     "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,"
                     "联系电话,预备党员审批权\nG1,%s,党支部,G,单独组建,320699,,,2020-01-01,,,\n",
                     name));
}

static void
a_dual_superior_writes_and_a_trade_superior_does_not(void **state)
{
    struct desk *desk = *state;

    act_at_root(desk);
    assert_null(begin(desk, "G", KIND(TRADE), "B"));
    desk_act_at(desk, "B");
    assert_int_equal(rename_by_ledger(desk, "改名")->invalid, 1);
    act_at_root(desk);
    assert_null(begin(desk, "G", KIND(DUAL), "B"));
    desk_act_at(desk, "B");
    assert_int_equal(rename_by_ledger(desk, "改名")->updated, 1);
    act_at_root(desk);
    assert_null(end(desk, "G", KIND(DUAL), "B", ""));
    assert_null(end(desk, "G", KIND(TRADE), "B", ""));
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from organization_reach"), 0);
}

static void
a_new_organization_is_reached_as_those_around_it(void **state)
{
    struct desk *desk = *state;

    act_at_root(desk);
    assert_null(begin(desk, "G", KIND(TRADE), "B"));
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                                 "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,"
                                 "书记姓名,联系电话,预备党员审批权\nG2,戊党支部,党支部,G,单独组建,320699,,,,,,\n"),
                false);
    desk_act_at(desk, "B");
    assert_null(get(desk, "G2"));
    act_at_root(desk);
    assert_null(end(desk, "G", KIND(TRADE), "B", ""));
}

static void
another_superior_takes_all_below_with_it_and_the_past_stays(void **state)
{
    struct desk *desk = *state;
    ListRelationsRequest *in = list_relations_request_new(desk->arena);
    ProtobufCMessage *out;
    RelationList *list;
    int64_t version = version_of(desk, "G");

    act_at_root(desk);
    assert_null(reparent(desk, "G", "V", ""));
    desk_act_at(desk, "V");
    assert_null(get(desk, "G1"));
    desk_act_at(desk, "T");
    assert_true(status_is(get(desk, "G"), PROBLEM_NOT_FOUND));
    act_at_root(desk);
    assert_int_equal(version_of(desk, "G"), version + 1);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       arena_printf(desk->arena,
                                    "select count(*) from outbox where aggregate_id = '%s' and version = %d and type ="
                                    " 'OrganizationRecorded'",
                                    id_of(desk, "G"), (int)version + 1)),
        1);
    in->id = wire_text(id_of(desk, "G"));
    assert_null(desk_call(desk, desk_method(&organizations_list_relations), &in->base, 0, &out));
    list = (RelationList *)out;
    assert_int_equal(list->items[0]->kind, KIND(LINE));
    assert_string_equal(list->items[0]->superior_name, "别处党委");
    assert_string_equal(list->items[1]->superior_name, "三溪镇党委");
    assert_string_equal(list->items[1]->until, today(desk, 0));
    in->as_of = wire_text(today(desk, 0));
    assert_null(desk_call(desk, desk_method(&organizations_list_relations), &in->base, 0, &out));
    assert_int_equal(((RelationList *)out)->n_items, 1);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "with recursive up as (select id as d, id as a, 0 as n from organization union all"
                                    " select d, r.superior_id, n + 1 from up join relation r on r.organization_id = a"
                                    " and r.kind = 'line' and r.until is null)"
                                    " select count(*) from (select d, a, n from up except select descendant, ancestor,"
                                    " depth from organization_line) x"),
                     0);
    assert_null(reparent(desk, "G", "T", ""));
}

static void
loops_branches_strangers_and_later_days_are_refused(void **state)
{
    struct desk *desk = *state;

    act_at_root(desk);
    assert_true(status_is(reparent(desk, "T", "G", ""), PROBLEM_ORGANIZATION_LOOP));
    assert_true(status_is(reparent(desk, "T", "T", ""), PROBLEM_ORGANIZATION_LOOP));
    assert_true(status_is(reparent(desk, "G", "T1", ""), PROBLEM_BAD_VALUE));
    assert_true(status_is(reparent(desk, "G", "T", ""), PROBLEM_ALREADY_EXISTS));
    assert_true(status_is(reparent(desk, "G", "V", today(desk, 1)), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(reparent(desk, "G", "V", "2001-01-01"), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(end(desk, "G", KIND(HOST), "V", ""), PROBLEM_NOT_FOUND));
    test_pg_run(desk->pg, "organizations", "update organization set dissolved_on = '2026-01-01' where code = 'V'");
    assert_true(status_is(reparent(desk, "G", "V", ""), PROBLEM_ORGANIZATION_DISSOLVED));
    test_pg_run(desk->pg, "organizations", "update organization set dissolved_on = null where code = 'V'");
    desk_act_at(desk, "T");
    assert_true(status_is(reparent(desk, "G", "V", ""), PROBLEM_OUTSIDE_SCOPE));
    assert_true(status_is(reparent(desk, "T", "V", ""), PROBLEM_OUTSIDE_SCOPE));
    act_at_root(desk);
}

static Issuer *
issuer(struct desk *desk, const char *code, const char *as_of)
{
    GetIssuerRequest *in = get_issuer_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->as_of = wire_text(as_of);
    assert_null(desk_call(desk, desk_method(&organizations_get_issuer), &in->base, 0, &out));
    return (Issuer *)out;
}

static status_t
grant(struct desk *desk, const char *code, const char *since)
{
    GrantApprovalPowerRequest *in = grant_approval_power_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->since = wire_text(since);
    in->basis = wire_text("示组〔2026〕1号");
    return desk_call(desk, desk_method(&organizations_grant_approval_power), &in->base, version_of(desk, code), &out);
}

static status_t
take_back(struct desk *desk, const char *code, const char *until)
{
    EndApprovalPowerRequest *in = end_approval_power_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->until = wire_text(until);
    in->basis = wire_text("示组〔2026〕2号");
    return desk_call(desk, desk_method(&organizations_end_approval_power), &in->base, version_of(desk, code), &out);
}

static void
the_power_is_granted_from_above_and_ends_and_any_day_can_be_asked(void **state)
{
    struct desk *desk = *state;

    act_at_root(desk);
    assert_string_equal(issuer(desk, "T1", "")->organization_id, "");
    assert_true(status_is(grant(desk, "T1", today(desk, -10)), PROBLEM_NOT_A_COMMITTEE));
    assert_null(grant(desk, "T", today(desk, -10)));
    assert_true(status_is(grant(desk, "T", today(desk, 0)), PROBLEM_ALREADY_EXISTS));
    assert_string_equal(issuer(desk, "T1", "")->organization_name, "三溪镇党委");
    assert_true(status_is(take_back(desk, "T", today(desk, 1)), PROBLEM_BAD_DATE_ORDER));
    assert_null(take_back(desk, "T", today(desk, -2)));
    assert_true(status_is(take_back(desk, "T", today(desk, -2)), PROBLEM_NO_ISSUING_POWER));
    assert_string_equal(issuer(desk, "T1", "")->organization_id, "");
    assert_true(status_is(grant(desk, "T", today(desk, -5)), PROBLEM_BAD_DATE_ORDER));
    desk_act_at(desk, "T");
    assert_true(status_is(grant(desk, "T", today(desk, 0)), PROBLEM_OUTSIDE_SCOPE));
    act_at_root(desk);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from approval_power where basis is not null"), 1);
}

static DirectoryPage *
look_up(struct desk *desk, const char *name, const char *code)
{
    ListDirectoryRequest *in = list_directory_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    in->code = wire_text(code);
    assert_null(desk_call(desk, desk_method(&organizations_list_directory), &in->base, 0, &out));
    return (DirectoryPage *)out;
}

static void
the_directory_is_open_beyond_the_scope(void **state)
{
    struct desk *desk = *state;

    desk_act_at(desk, "T1");
    assert_true(status_is(get(desk, "B"), PROBLEM_NOT_FOUND));
    assert_int_equal(look_up(desk, "", "B")->n_items, 1);
    assert_string_equal(look_up(desk, "", "B")->items[0]->telephone, "0513-88001122");
    assert_string_equal(look_up(desk, " 行业 主管", "")->items[0]->committee_name, "行业主管党委");
    assert_int_equal(look_up(desk, "没有这样的名称", "")->n_items, 0);
    assert_true(look_up(desk, "", "")->n_items >= 7);
    act_at_root(desk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trade_department_reads_through_the_relation_until_it_ends),
        cmocka_unit_test(a_dual_superior_writes_and_a_trade_superior_does_not),
        cmocka_unit_test(a_new_organization_is_reached_as_those_around_it),
        cmocka_unit_test(another_superior_takes_all_below_with_it_and_the_past_stays),
        cmocka_unit_test(loops_branches_strangers_and_later_days_are_refused),
        cmocka_unit_test(the_power_is_granted_from_above_and_ends_and_any_day_can_be_asked),
        cmocka_unit_test(the_directory_is_open_beyond_the_scope),
    };

    return cmocka_run_group_tests(tests, open_town, desk_close_town);
}
