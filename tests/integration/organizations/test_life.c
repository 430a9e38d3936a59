/* SPDX-License-Identifier: Apache-2.0 */
/* The life of an organization: renamed and still found, its term renewed, merged, dissolved; what stands in the way is
 * told, and figures of the day before and of the day itself differ by it. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"

#define OBSTACLE(name) LIANGXIN__ORGANIZATIONS__V1__OBSTACLE_KIND__OBSTACLE_KIND_##name
#define HEADER                                                                                                                                              \
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话," \
    "预备党员审批权"

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

static int64_t
count(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static status_t
dissolve(struct desk *desk, const char *code, const char *on)
{
    DissolveOrganizationRequest *in = dissolve_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->on = wire_text(on);
    in->reason = wire_text("党员已全部转出");
    in->basis = wire_text("示组〔2026〕21号");
    return desk_call(desk, desk_method(&organizations_dissolve_organization), &in->base, version_of(desk, code), &out);
}

static status_t
merge(struct desk *desk, const char *code, const char *successor, const char *on)
{
    MergeOrganizationRequest *in = merge_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->successor_id = wire_text(id_of(desk, successor));
    in->on = wire_text(on);
    in->reason = wire_text("两企业合并");
    in->basis = wire_text("示组〔2026〕22号");
    return desk_call(desk, desk_method(&organizations_merge_organization), &in->base, version_of(desk, code), &out);
}

static status_t
rename_to(struct desk *desk, const char *code, const char *name, const char *on)
{
    RenameOrganizationRequest *in = rename_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->name = wire_text(name);
    in->on = wire_text(on);
    in->basis = wire_text("示组〔2026〕23号");
    return desk_call(desk, desk_method(&organizations_rename_organization), &in->base, version_of(desk, code), &out);
}

static status_t
renew(struct desk *desk, const char *code, const char *elected_on, const char *ends_on)
{
    RenewTermRequest *in = renew_term_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->elected_on = wire_text(elected_on);
    in->term_ends_on = wire_text(ends_on);
    in->basis = wire_text("示组〔2026〕24号");
    return desk_call(desk, desk_method(&organizations_renew_term), &in->base, version_of(desk, code), &out);
}

static EndingPreview *
preview(struct desk *desk, const char *code, const char *successor)
{
    PreviewEndingRequest *in = preview_ending_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->successor_id = wire_text(successor ? id_of(desk, successor) : "");
    assert_null(desk_call(desk, desk_method(&organizations_preview_ending), &in->base, 0, &out));
    return (EndingPreview *)out;
}

static DirectoryPage *
look_up(struct desk *desk, const char *name)
{
    ListDirectoryRequest *in = list_directory_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    assert_null(desk_call(desk, desk_method(&organizations_list_directory), &in->base, 0, &out));
    return (DirectoryPage *)out;
}

static OrganizationLife *
life(struct desk *desk, const char *code)
{
    OrganizationId *in = organization_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    assert_null(desk_call(desk, desk_method(&organizations_get_life), &in->base, 0, &out));
    return (OrganizationLife *)out;
}

static Summary *
summary_of(struct desk *desk, const char *code, const char *as_of)
{
    SummarizeOrganizationRequest *in = summarize_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(id_of(desk, code));
    in->as_of = wire_text(as_of);
    assert_null(desk_call(desk, desk_method(&organizations_summarize_organization), &in->base, 0, &out));
    return (Summary *)out;
}

/* Everything is made yesterday, so that there is a day before. */
#define YESTERDAY                                                                                                      \
    "update relation set since = since - 1; update organization_period set since = since - 1;"                         \
    "update unit_period set since = since - 1; update membership set since = since - interval '1 day'"

static int
open_town(void **state)
{
    struct desk *desk;

    desk_open_town(state);
    desk = *state;
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                                 HEADER "\nT2,乙党支部,党支部,T,单独组建,320699,,,,,,\n"
                                        "T3,丙党支部,党支部,T,联合组建,320699,,,,,,\n"
                                        "G,丁党总支,党总支,T,联合组建,320699,,,,,,\n"),
                false);
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(UNITS),
                                 "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,"
                                 "业主是否党员,党组织编码,覆盖方式,党建工作指导员\n"
                                 "91320698MAXXXX1TTJ,甲公司,非公有制企业,,320699,,正常经营,11,,否,T3,联合组建,\n"),
                false);
    test_pg_run(desk->pg, "organizations", YESTERDAY);
    return 0;
}

static bool
tells(status_t st, enum problem_name problem, const char *detail)
{
    for (; st; st = st->next)
        if (status_is(st, problem) && (!detail || (st->detail && strcmp(st->detail, detail) == 0)))
            return true;
    return false;
}

static void
what_stands_in_the_way_is_counted_beforehand_and_in_the_refusal(void **state)
{
    struct desk *desk = *state;
    EndingPreview *seen = preview(desk, "T3", NULL);
    status_t st = dissolve(desk, "T3", today(desk, 0));

    assert_int_equal(seen->n_obstacles, 1);
    assert_int_equal(seen->obstacles[0]->kind, OBSTACLE(UNITS));
    assert_int_equal(seen->obstacles[0]->count, 1);
    assert_true(status_is(st, PROBLEM_ORGANIZATION_IN_USE));
    assert_true(tells(st, PROBLEM_HAS_UNITS, "1"));
    assert_false(tells(st, PROBLEM_HAS_MEMBERS, NULL));
    test_pg_run(desk->pg, "organizations",
                "insert into person (id, name) values ('00000000-0000-7000-8000-000000000001', '甲');"
                "insert into member (id, person_id, standing, status, joined_on, organization_id, floating, version)"
                " select '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'full',"
                " 'active', '2000-01-01', id, false, 1 from organization where code = 'T1';"
                "insert into open_letter select '00000000-0000-7000-8000-000000000003',"
                " '00000000-0000-7000-8000-000000000002', '第7号', (select id from organization where code = 'G')");
    st = dissolve(desk, "T1", today(desk, 0));
    assert_true(tells(st, PROBLEM_HAS_MEMBERS, "1") && tells(st, PROBLEM_HAS_OPEN_LETTERS, "1: 第7号"));
    st = dissolve(desk, "G", today(desk, 0));
    assert_true(tells(st, PROBLEM_HAS_OPEN_LETTERS, "1: 第7号") && !tells(st, PROBLEM_HAS_MEMBERS, NULL));
    assert_string_equal(preview(desk, "G", NULL)->obstacles[0]->numbers[0], "第7号");
    assert_true(tells(dissolve(desk, "T", today(desk, 0)), PROBLEM_HAS_SUBORGANIZATIONS, "4"));
    test_pg_run(desk->pg, "organizations", "delete from open_letter; delete from member; delete from person");
}

static void
a_dissolved_organization_is_out_of_the_figures_from_its_day_on(void **state)
{
    struct desk *desk = *state;
    Summary *before = summary_of(desk, "T", today(desk, -1));
    const char *id = id_of(desk, "T2");
    int64_t version;

    test_pg_run(desk->pg, "organizations",
                "insert into account (id, name, created_at) select"
                " '00000000-0000-7000-8000-000000000009', 'clerk', now() from organization"
                " where code = 'T2';"
                "insert into account_post (id, account_id, role, organization_id, since) select"
                " '00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-000000000009', 'branch_secretary',"
                " id, '2026-01-01' from organization where code = 'T2'");
    assert_int_equal(before->organizations, 5);
    assert_true(status_is(dissolve(desk, "T2", today(desk, 1)), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(dissolve(desk, "T2", today(desk, -2)), PROBLEM_BAD_DATE_ORDER));
    assert_int_equal(preview(desk, "T2", NULL)->ending_posts, 1);
    version = version_of(desk, "T2");
    assert_null(dissolve(desk, "T2", today(desk, 0)));
    assert_int_equal(summary_of(desk, "T", today(desk, -1))->organizations, 5);
    assert_int_equal(summary_of(desk, "T", "")->organizations, 4);
    assert_int_equal(count(desk, "select count(*) from account_post where until is null and organization_id ="
                                 " (select id from organization where code = 'T2')"),
                     0);
    assert_int_equal(
        count(desk, arena_printf(desk->arena, "select count(*) from outbox where aggregate_id = '%s' and version = %d",
                                 id, (int)version + 1)),
        1);
    assert_int_equal(count(desk, "select count(*) from audit where object = 'account_post' and object_id ="
                                 " '00000000-0000-7000-8000-00000000000a'"),
                     1);
    assert_int_equal(look_up(desk, "乙党支部")->n_items, 0);
    assert_int_equal(life(desk, "T2")->steps[0]->event, LIANGXIN__ORGANIZATIONS__V1__LIFE_EVENT__LIFE_EVENT_DISSOLVED);
    assert_true(status_is(dissolve(desk, "T2", today(desk, 0)), PROBLEM_ORGANIZATION_DISSOLVED));
    assert_true(status_is(rename_to(desk, "T2", "新名", today(desk, 0)), PROBLEM_ORGANIZATION_DISSOLVED));
}

static void
nothing_new_comes_to_a_dissolved_organization(void **state)
{
    struct desk *desk = *state;
    Import *import;

    import =
        desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                         HEADER "\nT2,改名,党支部,T,单独组建,320699,,,,,,\nT21,下级,党支部,T2,单独组建,320699,,,,,,\n");
    assert_int_equal(import->invalid, 2);
    assert_string_equal(desk_rows(desk, import, OUTCOME(INVALID))->items[0]->problems[0]->code,
                        "organization-dissolved");
    import = desk_upload_text(desk, LEDGER(UNITS),
                              "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,"
                              "业主是否党员,党组织编码,覆盖方式,党建工作指导员\n"
                              "91320698MALA0QTUDU,乙公司,非公有制企业,,320699,,正常经营,11,,否,T2,单独组建,\n");
    assert_string_equal(desk_row(desk, import, OUTCOME(INVALID))->problems[0]->code, "organization-dissolved");
    import = desk_upload_text(
        desk, LEDGER(MEMBERS),
        "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,党内职务,"
        "人员类别,党费计算基数,流动党员\n"
        "林知秋,女,,320698199202021023,1992-02-02,,2015-07-01,2016-07-01,正式党员,T2,,,,,,否\n");
    assert_string_equal(desk_row(desk, import, OUTCOME(INVALID))->problems[0]->code, "organization-dissolved");
}

static void
a_merged_organization_passes_its_units_on_with_the_day(void **state)
{
    struct desk *desk = *state;

    assert_true(status_is(merge(desk, "T3", "T3", today(desk, 0)), PROBLEM_BAD_SUCCESSOR));
    assert_true(status_is(merge(desk, "T3", "G", today(desk, 0)), PROBLEM_BAD_SUCCESSOR));
    assert_true(status_is(merge(desk, "T3", "T2", today(desk, 0)), PROBLEM_ORGANIZATION_DISSOLVED));
    assert_int_equal(preview(desk, "T3", "T1")->n_obstacles, 0);
    assert_int_equal(preview(desk, "T3", "T1")->passing_units, 1);
    assert_null(merge(desk, "T3", "T1", today(desk, 0)));
    assert_int_equal(count(desk, "select count(*) from unit u join organization o on o.id = u.organization_id"
                                 " where o.code = 'T1' and u.version = 2"),
                     1);
    assert_int_equal(count(desk, "select count(*) from unit_period p join organization o on o.id = p.organization_id"
                                 " where o.code = 'T3' and p.until - p.since = 1"),
                     1);
    assert_string_equal(desk_organization(desk, "T3")->successor_id, id_of(desk, "T1"));
    assert_string_equal(life(desk, "T1")->steps[0]->other_name, "丙党支部");
    assert_int_equal(summary_of(desk, "T", today(desk, -1))->units_covered, 1);
    assert_int_equal(summary_of(desk, "T", "")->units_covered, 1);
    assert_int_equal(summary_of(desk, "T1", today(desk, -1))->units_covered, 0);
}

static void
a_renamed_organization_is_found_by_its_old_name(void **state)
{
    struct desk *desk = *state;

    assert_null(rename_to(desk, "G", "戊党总支", today(desk, 0)));
    assert_string_equal(look_up(desk, "丁党总支")->items[0]->name, "戊党总支");
    assert_string_equal(look_up(desk, "丁党总支")->items[0]->former_name, "丁党总支");
    assert_string_equal(look_up(desk, "戊党")->items[0]->former_name, "");
    assert_true(status_is(rename_to(desk, "G", "戊党总支", today(desk, 0)), PROBLEM_BAD_VALUE));
    assert_true(status_is(rename_to(desk, "G", "己党总支", today(desk, -1)), PROBLEM_BAD_DATE_ORDER));
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(ORGANIZATIONS), HEADER "\nG,庚党总支,党总支,T,联合组建,320699,,,,,,\n"),
                false);
    assert_int_equal(life(desk, "G")->n_names, 2);
    assert_string_equal(look_up(desk, "戊党总支")->items[0]->name, "庚党总支");
}

static void
a_term_is_as_long_as_the_rule_says(void **state)
{
    struct desk *desk = *state;
    ListTermsDueRequest *in = list_terms_due_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_true(status_is(renew(desk, "G", today(desk, 1), ""), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(renew(desk, "G", "2026-01-31", "2031-02-01"), PROBLEM_BAD_DATE_ORDER));
    assert_null(renew(desk, "G", "2026-01-31", ""));
    assert_string_equal(desk_organization(desk, "G")->term_ends_on, "2029-01-31");
    assert_null(renew(desk, "T", "2024-02-29", ""));
    assert_string_equal(desk_organization(desk, "T")->term_ends_on, "2029-02-28");
    in->id = wire_text(id_of(desk, "T"));
    assert_null(desk_call(desk, desk_method(&organizations_list_terms_due), &in->base, 0, &out));
    assert_int_equal(((OrganizationPage *)out)->n_items, 0);
    in->months = 60;
    assert_null(desk_call(desk, desk_method(&organizations_list_terms_due), &in->base, 0, &out));
    assert_int_equal(((OrganizationPage *)out)->n_items, 2);
}

static void
an_address_stays_where_a_file_does_not_speak_of_it(void **state)
{
    struct desk *desk = *state;
    Import *import;

    desk_commit(desk,
                desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                                 HEADER ",办公地址\nT1,三溪镇第一党支部,党支部,T,单独组建,320699,,,,,,,三溪路 1 号\n"),
                false);
    assert_string_equal(desk_organization(desk, "T1")->address, "三溪路 1 号");
    import =
        desk_upload_text(desk, LEDGER(ORGANIZATIONS), HEADER "\nT1,三溪镇第一党支部,党支部,T,单独组建,320699,,,,,,\n");
    assert_int_equal(import->unchanged, 1);
    import = desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                              HEADER ",办公地址\nT1,三溪镇第一党支部,党支部,T,单独组建,320699,,,,,,,\n");
    assert_int_equal(import->updated, 1);
    assert_string_equal(look_up(desk, "三溪镇第一")->items[0]->address, "三溪路 1 号");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_in_the_way_is_counted_beforehand_and_in_the_refusal),
        cmocka_unit_test(a_dissolved_organization_is_out_of_the_figures_from_its_day_on),
        cmocka_unit_test(nothing_new_comes_to_a_dissolved_organization),
        cmocka_unit_test(a_merged_organization_passes_its_units_on_with_the_day),
        cmocka_unit_test(a_renamed_organization_is_found_by_its_old_name),
        cmocka_unit_test(a_term_is_as_long_as_the_rule_says),
        cmocka_unit_test(an_address_stays_where_a_file_does_not_speak_of_it),
    };

    return cmocka_run_group_tests(tests, open_town, desk_close_town);
}
