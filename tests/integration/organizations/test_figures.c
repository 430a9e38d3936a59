/* SPDX-License-Identifier: Apache-2.0 */
/* Totals of any day: by line and by territory, before and after a member moved, a unit lost its cover, a line changed.
 * The loaded day is put back by ten days, so that there is a past. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/members/follow_transfers.h"

typedef Liangxin__Transfers__V1__LetterChanged LetterChanged;

static const char units[] =
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,"
    "覆盖方式,党建工作指导员\n"
    "91320698MALA0QTUDU,甲公司,非公有制企业,,320699,,正常经营,5,,否,%s,%s,\n";

static const char members[] =
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,"
    "手机号码,党内职务,人员类别,党费计算基数,流动党员\n"
    "张三,男,,110101199003074514,1990-03-07,,2015-01-01,2016-01-01,正式党员,T1,,,,,,%s\n";

static const char *
day(struct desk *desk, int days)
{
    char text[DATE_SIZE];

    date_format(clock_today() + days, text);
    return arena_text(desk->arena, text);
}

static void
upload(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_commit(desk, desk_upload_text(desk, ledger, text), false);

    assert_int_equal(import->created + import->updated, import->read);
}

/* What was loaded was loaded ten days ago. */
static void
put_back(struct desk *desk)
{
    static const char *const sql[] = {
        "update relation set since = since - 10",
        "update organization_period set since = since - 10",
        "update unit_period set since = since - 10",
        "update floating_period set since = since - 10",
        "update membership set since = since - interval '10 days'",
    };

    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        test_pg_run(desk->pg, "organizations", sql[i]);
}

static int
open_past(void **state)
{
    struct desk *desk;

    desk_open_town(state);
    desk = *state;
    upload(desk, LEDGER(ORGANIZATIONS),
           "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
           "预备党员审批权\nV1,己党支部,党支部,V,单独组建,320699,,,2020-01-01,,,\n");
    upload(desk, LEDGER(UNITS), arena_printf(desk->arena, units, "T1", "单独组建"));
    upload(desk, LEDGER(MEMBERS), arena_printf(desk->arena, members, "是"));
    put_back(desk);
    return 0;
}

static Summary *
line(struct desk *desk, const char *code, const char *as_of)
{
    SummarizeOrganizationRequest *in = summarize_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = desk_organization(desk, code)->id;
    in->as_of = wire_text(as_of);
    assert_null(desk_call(desk, desk_method(&organizations_summarize_organization), &in->base, 0, &out));
    return (Summary *)out;
}

static status_t
territory(struct desk *desk, const char *region, const char *as_of, Summary **ret_summary)
{
    SummarizeRegionRequest *in = summarize_region_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->code = wire_text(region);
    in->as_of = wire_text(as_of);
    st = desk_call(desk, desk_method(&organizations_summarize_region), &in->base, 0, &out);
    *ret_summary = (Summary *)out;
    return st;
}

static struct id
find(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    struct id id;

    assert_true(id_parse(slice_of(text), &id));
    free(text);
    return id;
}

static void
accept_letter(struct desk *desk)
{
    LetterChanged letter = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct follow follow = { .db = desk->db, .arena = desk->arena, .state = desk->state, .now = clock_now() };
    struct event event = { .source = "transfers", .type = "LetterChanged" };
    struct id number = clock_id();
    struct id member = find(desk, "select id from member");
    struct id from = find(desk, "select id from organization where code = 'T1'");
    struct id to = find(desk, "select id from organization where code = 'V1'");

    letter.letter_id = wire_id(&number);
    letter.member_id = wire_id(&member);
    letter.from_branch_id = wire_id(&from);
    letter.to_branch_id = wire_id(&to);
    letter.number = wire_text("");
    letter.moves = true;
    db_begin(desk->db);
    assert_null(follow_letter(&follow, &event, &letter.base));
    assert_null(db_commit(desk->db, desk->arena));
}

static void
an_accepted_letter_counts_from_its_day_on(void **state)
{
    struct desk *desk = *state;
    Summary *root;

    assert_int_equal(line(desk, "T", "")->members, 1);
    accept_letter(desk);
    assert_int_equal(line(desk, "T", "")->members, 0);
    assert_int_equal(line(desk, "T", day(desk, -1))->members, 1);
    assert_int_equal(line(desk, "T", day(desk, -1))->floating_members, 1);
    assert_int_equal(line(desk, "T", day(desk, -1))->settled_members, 0);
    assert_int_equal(line(desk, "V", "")->members, 1);
    assert_int_equal(line(desk, "V", day(desk, -1))->members, 0);
    root = line(desk, "ROOT", "");
    assert_int_equal(root->members, 1);
    assert_string_equal(root->as_of, day(desk, 0));
}

static void
before_the_first_load_there_is_nothing(void **state)
{
    struct desk *desk = *state;
    Summary *before = line(desk, "T", day(desk, -11));

    assert_int_equal(before->nodes, 0);
    assert_int_equal(before->members, 0);
    assert_int_equal(before->units, 0);
    assert_int_equal(line(desk, "T", day(desk, -10))->nodes, 2);
}

static void
a_later_day_is_refused(void **state)
{
    struct desk *desk = *state;
    SummarizeOrganizationRequest *in = summarize_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = desk_organization(desk, "T")->id;
    in->as_of = wire_text(day(desk, 1));
    assert_true(status_is(desk_call(desk, desk_method(&organizations_summarize_organization), &in->base, 0, &out),
                          PROBLEM_OUT_OF_RANGE));
}

static void
cover_that_ends_was_there_before(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(line(desk, "T", "")->operating_single, 1);
    upload(desk, LEDGER(UNITS), arena_printf(desk->arena, units, "", ""));
    assert_int_equal(line(desk, "T", "")->operating_covered, 0);
    assert_int_equal(line(desk, "T", "")->operating_uncovered, 1);
    assert_int_equal(line(desk, "T", day(desk, -1))->operating_single, 1);
    assert_int_equal(line(desk, "T", day(desk, -1))->units_uncovered, 0);
}

static void
another_superior_changes_the_line_and_not_the_territory(void **state)
{
    struct desk *desk = *state;
    ChangeSuperiorRequest *in = change_superior_request_new(desk->arena);
    Organization *branch = desk_organization(desk, "T1");
    ProtobufCMessage *out;
    Summary *region;
    int64_t nodes;

    assert_null(territory(desk, "320699", "", &region));
    nodes = region->nodes;
    in->id = branch->id;
    in->superior_id = desk_organization(desk, "V")->id;
    assert_null(desk_call(desk, desk_method(&organizations_change_superior), &in->base, branch->version, &out));
    assert_int_equal(line(desk, "T", "")->nodes, 1);
    assert_int_equal(line(desk, "T", day(desk, -1))->nodes, 2);
    assert_int_equal(line(desk, "V", "")->nodes, 3);
    assert_int_equal(line(desk, "V", day(desk, -1))->nodes, 2);
    assert_null(territory(desk, "320699", "", &region));
    assert_int_equal(region->nodes, nodes);
    assert_int_equal(region->members, 1);
    assert_int_equal(region->units, 1);
    assert_string_equal(region->region_code, "320699");
}

static void
territory_is_for_committees_of_that_territory(void **state)
{
    struct desk *desk = *state;
    Summary *region;

    assert_true(status_is(territory(desk, "320698", "", &region), PROBLEM_NOT_FOUND));
    desk_act_at(desk, "T1");
    assert_true(status_is(territory(desk, "320699", "", &region), PROBLEM_NOT_FOUND));
    desk_act_at(desk, "T");
    assert_null(territory(desk, "320699", "", &region));
    desk_act_at(desk, "ROOT");
}

static void
terms_that_are_over_are_counted_and_listed(void **state)
{
    struct desk *desk = *state;
    ListTermsOverRequest *in = list_terms_over_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = desk_organization(desk, "V")->id;
    assert_null(desk_call(desk, desk_method(&organizations_list_terms_over), &in->base, 0, &out));
    assert_int_equal(((OrganizationPage *)out)->n_items, line(desk, "V", "")->terms_over);
    assert_string_equal(((OrganizationPage *)out)->items[0]->code, "V1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_accepted_letter_counts_from_its_day_on),
        cmocka_unit_test(before_the_first_load_there_is_nothing),
        cmocka_unit_test(a_later_day_is_refused),
        cmocka_unit_test(cover_that_ends_was_there_before),
        cmocka_unit_test(another_superior_changes_the_line_and_not_the_territory),
        cmocka_unit_test(territory_is_for_committees_of_that_territory),
        cmocka_unit_test(terms_that_are_over_are_counted_and_listed),
    };

    return cmocka_run_group_tests(tests, open_past, desk_close_town);
}
