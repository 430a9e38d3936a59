/* SPDX-License-Identifier: Apache-2.0 */
/* What an import refuses, row by row, and what it leaves alone. */
#include <iconv.h>

#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "organizations/imports/job_imports.h"

#define MEMBER_HEAD                                                                                                                                                 \
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,党内职务," \
    "人员类别,党费计算基数,流动党员\n"
#define ORGANIZATION_HEAD                                                                                                                                   \
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话," \
    "预备党员审批权\n"
#define GOOD_MEMBER                                                                                                                 \
    "翁兴倩,男,汉族,320699198211191130,1982-11-19,高中,2003-03-28,2004-03-28,正式党员,T1,,13921877313,,在职,6179.46," \
    "否\n"

static const char regions[] = "code,name\n320699,示范区\n320699001,三溪镇\n320698,江滨区\n";
static const char organizations[] = ORGANIZATION_HEAD "T,三溪镇党委,党委,,区域建,320699001,,2012-01-10,,,,2012-01-10\n"
                                                      "T1,甲党支部,党支部,T,单独组建,320699001,,,,王一,,\n"
                                                      "T2,乙党支部,党支部,T,单独组建,320699001,,,,,,\n";

static void
take_in(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_upload_text(desk, ledger, text);

    assert_int_equal(import->invalid, 0);
    import = desk_commit(desk, import, false);
    assert_int_equal(import->done, import->read);
}

static int
open_desk(void **state)
{
    struct desk *desk = desk_open();

    take_in(desk, LEDGER(REGIONS), regions);
    take_in(desk, LEDGER(ORGANIZATIONS), organizations);
    *state = desk;
    return 0;
}

static int
close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

static void
expect_problem(struct desk *desk, Ledger ledger, const char *text, int64_t line, const char *column, const char *code)
{
    Import *import = desk_upload_text(desk, ledger, text);
    ImportRow *row;

    assert_int_equal(import->state, STATE(VALIDATED));
    row = desk_row(desk, import, OUTCOME(INVALID));
    assert_int_equal(row->row, line);
    assert_int_equal(row->n_problems, 1);
    assert_string_equal(row->problems[0]->column, column);
    assert_string_equal(row->problems[0]->code, code);
}

static void
each_fault_of_a_member_names_row_and_column(void **state)
{
    static const struct {
        const char *row;
        const char *column;
        const char *code;
    } cases[] = {
        { "甲,男,,320699199004163384,1990-04-16,,2018-04-17,,预备党员,T1,,,,,,否\n", "公民身份号码",
          "bad-check-digit" },
        { "甲,男,,3.20699E+17,1990-04-16,,2018-04-17,,预备党员,T1,,,,,,否\n", "公民身份号码", "scientific-notation" },
        { "甲,男,,3206991990,1990-04-16,,2018-04-17,,预备党员,T1,,,,,,否\n", "公民身份号码", "bad-format" },
        { "甲,男,,,1990-04-16,,2018-04-17,,预备党员,T1,,,,,,否\n", "公民身份号码", "required" },
        { "甲,男,,320699199004163385,1990-04-17,,2018-04-17,,预备党员,T1,,,,,,否\n", "出生日期", "birth-mismatch" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-30,,预备党员,T1,,,,,,否\n", "入党日期", "bad-date" },
        { "甲,男,,320699199004163385,1990-04-16,,2000-02-20,,预备党员,T1,,,,,,否\n", "入党日期", "bad-date-order" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,2017-02-20,正式党员,T1,,,,,,否\n", "转正日期",
          "bad-date-order" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T9,,,,,,否\n", "组织编码",
          "unknown-organization" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T,,,,,,否\n", "组织编码", "not-a-branch" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,52320699MAR05UMW1C,,,,,否\n", "工作单位代码",
          "unknown-unit" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,52320699MAR05UMW1D,,,,,否\n", "工作单位代码",
          "bad-check-digit" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,党员,T1,,,,,,否\n", "党员类型", "bad-value" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,,,,,12.345,否\n", "党费计算基数",
          "bad-format" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,,,,,,也许\n", "流动党员", "bad-value" },
        { "甲,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,,,,,1000000000.01,否\n", "党费计算基数",
          "out-of-range" },
        { "甲,男,,320699199004163385\n", "", "bad-row" },
        { "\"甲,男\n", "", "bad-row" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = *state;
        const char *text = arena_printf(desk->arena, "%s%s%s", MEMBER_HEAD, GOOD_MEMBER, cases[i].row);

        print_message("%s\n", cases[i].code);
        expect_problem(desk, LEDGER(MEMBERS), text, 3, cases[i].column, cases[i].code);
    }
}

static void
each_fault_of_an_organization_names_row_and_column(void **state)
{
    static const struct {
        const char *row;
        const char *column;
        const char *code;
    } cases[] = {
        { "T3,丙党支部,党支部,T8,单独组建,320699001,,,,,,\n", "上级组织编码", "unknown-organization" },
        { "T1,甲党支部,党支部,T2,单独组建,320699001,,,,王一,,\n", "上级组织编码", "affiliation-needs-letter" },
        { "T3,丙党支部,党支部,T3,单独组建,320699001,,,,,,\n", "", "organization-loop" },
        { "T3,丙党支部,党支部,T,单独组建,999999,,,,,,\n", "区划代码", "unknown-region" },
        { "T3,丙党支部,支部,T,单独组建,320699001,,,,,,\n", "组织类型", "bad-value" },
        { "T3,丙党支部,党支部,T,单独组建,320699001,,2020-01-01,2019-01-01,,,\n", "届满日期", "bad-date-order" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct desk *desk = *state;
        const char *text = arena_printf(desk->arena, "%s%s", ORGANIZATION_HEAD, cases[i].row);

        print_message("%s\n", cases[i].code);
        expect_problem(desk, LEDGER(ORGANIZATIONS), text, 2, cases[i].column, cases[i].code);
    }
}

static void
the_same_person_twice_is_a_duplicate_or_a_contradiction(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER GOOD_MEMBER);

    assert_int_equal(import->created, 1);
    assert_int_equal(import->duplicate, 1);
    assert_int_equal(import->invalid, 0);
    expect_problem(desk, LEDGER(MEMBERS),
                   MEMBER_HEAD GOOD_MEMBER "翁兴,男,汉族,320699198211191130,1982-11-19,高中,2003-03-28,2004-03-28,"
                                           "正式党员,T1,,13921877313,,在职,6179.46,否\n",
                   3, "", "duplicate-row");
}

static void
bytes_of_neither_encoding_name_their_row(void **state)
{
    expect_problem(*state, LEDGER(MEMBERS),
                   MEMBER_HEAD GOOD_MEMBER "\xff\xff,男,,320699199004163385,1990-04-16,,2018-02-20,,预备党员,T1,,,,,,"
                                           "否\n",
                   3, "姓名", "bad-encoding");
}

static void
a_header_that_does_not_fit_fails_the_file_and_names_the_column(void **state)
{
    static const struct {
        const char *text;
        const char *code;
        const char *detail;
    } cases[] = {
        { "code\n320699\n", "bad-header", "missing: name" },
        { "code,name,cityCode\n320699,示范区,3206\n", "bad-header", "unknown: cityCode" },
        { "code,name,name\n320699,示范区,示范区\n", "ambiguous-header", "twice: name" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Import *import = desk_upload_text(*state, LEDGER(REGIONS), cases[i].text);

        assert_int_equal(import->state, STATE(FAILED));
        assert_string_equal(import->problem, cases[i].code);
        assert_string_equal(import->problem_detail, cases[i].detail);
    }
}

static void
a_dry_run_writes_nothing_to_the_ledger(void **state)
{
    static const char everything[] = "select sum(n) from (select count(*) as n from person"
                                     " union all select count(*) from member union all select count(*) from membership"
                                     " union all select count(*) from organization"
                                     " union all select count(*) from relation union all select count(*) from unit"
                                     " union all select count(*) from region union all select count(*) from outbox)"
                                     " counts";
    struct desk *desk = *state;
    int64_t before = test_pg_number(desk->pg, "organizations", everything);

    assert_int_equal(desk_upload_text(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER)->created, 1);
    assert_int_equal(desk_upload_file(desk, LEDGER(REGIONS), "district/divisions.csv")->created, 2);
    assert_int_equal(test_pg_number(desk->pg, "organizations", everything), before);
}

static struct slice
to_gb18030(struct desk *desk, const char *text)
{
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    char *in = (char *)(uintptr_t)text;
    size_t in_left = strlen(text);
    size_t room = in_left * 2;
    char *bytes = arena_alloc(desk->arena, room);
    char *out = bytes;

    assert_int_not_equal(iconv(converter, &in, &in_left, &out, &room), (size_t)-1);
    iconv_close(converter);
    return slice_make(bytes, (size_t)(out - bytes));
}

/* 㐀 and 𠮷 are rare characters that stand in names. */
static void
a_gb18030_file_is_read(void **state)
{
    struct desk *desk = *state;
    Import *import =
        desk_upload(desk, LEDGER(ORGANIZATIONS),
                    to_gb18030(desk, ORGANIZATION_HEAD "T5,㐀𠮷镕党支部,党支部,T,单独组建,320699001,,,,,,\r\n"));

    assert_int_equal(import->created, 1);
    desk_commit(desk, import, false);
    assert_string_equal(desk_organization(desk, "T5")->name, "㐀𠮷镕党支部");
}

static void
a_gb18030_file_with_an_ascii_header_is_read(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload(desk, LEDGER(REGIONS), to_gb18030(desk, "code,name\n320697,联通镇\n"));

    desk_commit(desk, import, false);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from region where name = '联通镇'"), 1);
}

static void
columns_may_stand_in_any_order(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), "name,code\r\n\"滨江\"\"镇\"\"\",320696\r\n");

    assert_int_equal(import->created, 1);
    desk_commit(desk, import, false);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from region where name = '滨江\"镇\"'"),
                     1);
}

static void
superiors_may_come_later_in_the_file(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                                      ORGANIZATION_HEAD "U11,丑党支部,党支部,U1,单独组建,320699001,,,,,,\n"
                                                        "U1,子党总支,党总支,U,统建,320699001,,,,,,\n"
                                                        "U,寅党委,党委,,区域建,320699001,,,,,,\n");

    assert_int_equal(import->created, 3);
    desk_commit(desk, import, false);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select max(depth) from organization_line l join organization o"
                                    " on o.id = l.descendant where o.code = 'U11'"),
                     3);
}

static void
a_commit_with_invalid_rows_asks_for_good_rows_only(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(REGIONS), "code,name\n320695,镇\nabc,镇\n");
    CommitImportRequest *in = commit_import_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = import->id;
    assert_true(status_is(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out),
                          PROBLEM_IMPORT_HAS_INVALID));
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version - 1, &out),
                  PROBLEM_STALE));
    import = desk_commit(desk, import, true);
    assert_int_equal(import->state, STATE(SUCCEEDED));
    assert_int_equal(import->created, 1);
    assert_int_equal(import->invalid, 1);
    assert_true(status_is(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out),
                          PROBLEM_IMPORT_STATE));
}

/* A clerk of one town touches nothing of another. */
static void
rows_outside_the_scope_are_refused(void **state)
{
    struct desk *desk = *state;
    struct id root = desk->actor.organization;

    take_in(desk, LEDGER(ORGANIZATIONS), ORGANIZATION_HEAD "V,卯党委,党委,,区域建,320698,,,,,,\n");
    desk_act_at(desk, "V");
    expect_problem(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER, 2, "组织编码", "outside-scope");
    expect_problem(desk, LEDGER(REGIONS), "code,name\n320699002,镇\n", 2, "code", "outside-scope");
    expect_problem(desk, LEDGER(ORGANIZATIONS), ORGANIZATION_HEAD "V1,辰党支部,党支部,T,单独组建,320698,,,,,,\n", 2,
                   "上级组织编码", "outside-scope");
    expect_problem(desk, LEDGER(ORGANIZATIONS), ORGANIZATION_HEAD "T2,乙,党支部,,单独组建,320699001,,,,,,\n", 2,
                   "组织编码", "outside-scope");
    expect_problem(desk, LEDGER(UNITS),
                   "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,"
                   "党组织编码,覆盖方式,党建工作指导员\n"
                   "52320699MAR05UMW1C,和盛行业协会,社会组织,,320699001,,正常经营,76,,,,,\n",
                   2, "区划代码", "outside-scope");
    desk->actor.organization = root;
}

static void
a_member_elsewhere_needs_a_letter(void **state)
{
    struct desk *desk = *state;

    take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER);
    expect_problem(desk, LEDGER(MEMBERS),
                   MEMBER_HEAD "翁兴倩,男,汉族,320699198211191130,1982-11-19,高中,2003-03-28,2004-03-28,正式党员,T2,,"
                               "13921877313,,在职,6179.46,否\n",
                   2, "组织编码", "affiliation-needs-letter");
}

static void
a_row_of_a_member_who_left_changes_nothing(void **state)
{
    static const char member[] = "select version from member where status = 'deceased' and not floating";
    struct desk *desk = *state;

    take_in(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER);
    test_pg_run(desk->pg, "organizations", "update member set status = 'deceased', left_on = date '2026-01-05'");
    expect_problem(desk, LEDGER(MEMBERS),
                   MEMBER_HEAD "翁兴倩,男,汉族,320699198211191130,1982-11-19,高中,2003-03-28,2004-03-28,正式党员,T1,,"
                               "13921877313,,在职,6179.46,是\n",
                   2, "公民身份号码", "member-left");
    assert_int_equal(test_pg_number(desk->pg, "organizations", member), 1);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from outbox where type = 'MemberRecorded'"), 1);
    test_pg_run(desk->pg, "organizations", "update member set status = 'active', left_on = null");
}

static void
a_changed_row_is_an_update_with_the_next_version(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(
        desk, LEDGER(MEMBERS),
        MEMBER_HEAD "翁兴倩,男,汉族,32069919821119113０,1982-11-19,大学本科,2003-03-28,2004-03-28,正式党员,T1,,"
                    "13921877313,,在职,6179.46,否\n");

    assert_int_equal(import->updated, 1);
    desk_commit(desk, import, false);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select m.version from member m join person p on p.id = m.person_id"
                                    " where p.name = '翁兴倩' and p.education = '大学本科'"),
                     2);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from outbox where aggregate = 'member' and version = 2"),
                     1);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from membership"), 1);
}

static void
what_nobody_commits_ends(void **state)
{
    struct desk *desk = *state;
    Import *import = desk_upload_text(desk, LEDGER(MEMBERS), MEMBER_HEAD GOOD_MEMBER);
    bool more;

    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from file_chunk"
                                    " where position('320699198211191130'::bytea in bytes) > 0"),
                     0);
    assert_null(desk_step(desk, job_import_sweep, &more));
    assert_false(more);
    test_pg_run(desk->pg, "organizations", "update import set worked_at = worked_at - interval '31 days'");
    do
        assert_null(desk_step(desk, job_import_sweep, &more));
    while (more);
    import = desk_import(desk, import->id);
    assert_int_equal(import->state, STATE(FAILED));
    assert_string_equal(import->problem, "import-over");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_of_a_member_names_row_and_column),
        cmocka_unit_test(each_fault_of_an_organization_names_row_and_column),
        cmocka_unit_test(the_same_person_twice_is_a_duplicate_or_a_contradiction),
        cmocka_unit_test(bytes_of_neither_encoding_name_their_row),
        cmocka_unit_test(a_header_that_does_not_fit_fails_the_file_and_names_the_column),
        cmocka_unit_test(a_dry_run_writes_nothing_to_the_ledger),
        cmocka_unit_test(a_gb18030_file_is_read),
        cmocka_unit_test(a_gb18030_file_with_an_ascii_header_is_read),
        cmocka_unit_test(columns_may_stand_in_any_order),
        cmocka_unit_test(superiors_may_come_later_in_the_file),
        cmocka_unit_test(a_commit_with_invalid_rows_asks_for_good_rows_only),
        cmocka_unit_test(rows_outside_the_scope_are_refused),
        cmocka_unit_test(a_member_elsewhere_needs_a_letter),
        cmocka_unit_test(a_row_of_a_member_who_left_changes_nothing),
        cmocka_unit_test(a_changed_row_is_an_update_with_the_next_version),
        cmocka_unit_test(what_nobody_commits_ends),
    };

    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
