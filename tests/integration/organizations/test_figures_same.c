/* SPDX-License-Identifier: Apache-2.0 */
/* Totals of today are counted from what stands now, those of any day from rows that have dates; for today both say the
 * same: of every organization and every region of the sample, and after each kind of change. What was loaded was loaded
 * ten days ago, so that changes may lie in the past. The desk goes from test to test. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "desk.h"
#include "figures_same.h"
#include "io/clock.h"
#include "organizations/figures/store_figures.h"
#include "organizations/imports/job_imports.h"
#include "organizations/members/follow_transfers.h"

typedef Liangxin__Transfers__V1__LetterChanged LetterChanged;

#define ORGANIZATIONS_HEAD                                                                                                                                  \
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话," \
    "预备党员审批权\n"
#define UNITS_HEAD                                                                                                                                                   \
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码," \
    "覆盖方式,党建工作指导员\n"
#define MEMBERS_HEAD                                                                                                                                                \
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,党内职务," \
    "人员类别,党费计算基数,流动党员\n"
#define MEMBER(number, born, branch, floating)                                                                         \
    "张三,男,," number "," born ",,2015-01-01,2016-01-01,正式党员," branch ",,,,,," floating "\n"
#define FIRST(branch, floating)    MEMBER("110101199003074514", "1990-03-07", branch, floating)
#define SECOND(branch, floating)   MEMBER("110101199103074511", "1991-03-07", branch, floating)
#define THIRD(branch, floating)    MEMBER("110101199203074519", "1992-03-07", branch, floating)
#define FIRST_UNIT(region, cover)  "91320699MAXXXX1TT1,甲公司,非公有制企业,," region ",,正常经营,5,,否," cover ",\n"
#define SECOND_UNIT(region, cover) "91320698MAXXXX1TTJ,乙公司,非公有制企业,," region ",,正常经营,5,,否," cover ",\n"

static const char *
day(struct desk *desk, int days)
{
    char text[DATE_SIZE];

    date_format(clock_today() + days, text);
    return arena_text(desk->arena, text);
}

static Import *
upload(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_commit(desk, desk_upload_text(desk, ledger, text), false);

    assert_int_equal(import->created + import->updated, import->read);
    return import;
}

/* What was loaded was loaded ten days ago. */
static void
put_back(struct desk *desk)
{
    static const char *const sql[] = {
        "update relation set since = since - 10",
        "update organization_period set since = since - 10",
        "update unit_period set since = since - 10",
        "update unit_state_history set since = since - 10",
        "update floating_period set since = since - 10",
        "update membership set since = since - interval '10 days'",
        "update import set state = 'succeeded', bases_done = done", /* dues need not be told */
    };

    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        test_pg_run(desk->pg, "organizations", sql[i]);
}

static int
open_past(void **state)
{
    struct desk *desk = desk_open();

    *state = desk;
    desk_load(desk, "township");
    desk_load(desk, "district");
    upload(desk, LEDGER(ORGANIZATIONS),
           ORGANIZATIONS_HEAD "T,寅党委,党委,,区域建,320699,,,,,,\n"
                              "T1,甲党支部,党支部,T,单独组建,320699,,2020-01-01,2023-01-01,,,\n"
                              "T2,乙党支部,党支部,T,联合组建,320699,,,,,,\n"
                              "T3,丙党支部,党支部,T,联合组建,320699,,,,,,\n"
                              "V,卯党委,党委,,区域建,320698,,,,,,\n"
                              "V1,丁党支部,党支部,V,单独组建,320698,,,,,,\n");
    upload(desk, LEDGER(UNITS), UNITS_HEAD FIRST_UNIT("320699", "T1,单独组建") SECOND_UNIT("320699", ","));
    upload(desk, LEDGER(MEMBERS), MEMBERS_HEAD FIRST("T1", "是") SECOND("T1", "否") THIRD("T1", "否"));
    put_back(desk);
    return 0;
}

static char *
id_text(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *kept = arena_text(desk->arena, text);

    free(text);
    return kept;
}

static struct id
id_by(struct desk *desk, const char *sql)
{
    struct id id;

    assert_true(id_parse(slice_of(id_text(desk, sql)), &id));
    return id;
}

static int64_t
number(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

/* One figure of the committee T as it stands now: a change that changes nothing would prove nothing. */
static int64_t
figure(struct desk *desk, const char *column)
{
    struct id id = id_by(desk, "select id from organization where code = 'T'");

    return db_i64(figures_count(desk, &sql_figures_by_line_now, &id, NULL), 0, column);
}

static void
of_the_sample(void **state)
{
    assert_int_equal(figure(*state, "members"), 3);
    assert_int_equal(figure(*state, "floating"), 1);
    figures_same(*state);
}

static void
accept_letter(struct desk *desk, const char *to_code)
{
    LetterChanged letter = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct follow follow = { .db = desk->db, .arena = desk->arena, .state = desk->state, .now = clock_now() };
    struct event event = { .source = "transfers", .type = "LetterChanged" };
    struct id number = clock_id();
    struct id member = id_by(desk, "select member_id from floating_period f join member m on m.id = f.member_id join"
                                   " organization o on o.id = m.organization_id where o.code like 'T_' limit 1");
    struct id from = id_by(desk, "select id from organization where code = 'T1'");
    struct id to = id_by(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", to_code));

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
after_a_letter(void **state)
{
    struct desk *desk = *state;

    accept_letter(desk, "V1");
    assert_int_equal(figure(desk, "members"), 2);
    assert_int_equal(figure(desk, "floating"), 0);
    figures_same_of_heads(desk);
}

static void
after_floating_began_and_ended_and_began(void **state)
{
    struct desk *desk = *state;

    upload(desk, LEDGER(MEMBERS), MEMBERS_HEAD SECOND("T1", "是") THIRD("T1", "是"));
    assert_int_equal(figure(desk, "floating"), 2);
    figures_same_of_heads(desk);
    upload(desk, LEDGER(MEMBERS), MEMBERS_HEAD SECOND("T1", "否") THIRD("T1", "否"));
    assert_int_equal(figure(desk, "floating"), 0);
    figures_same_of_heads(desk);
    upload(desk, LEDGER(MEMBERS), MEMBERS_HEAD SECOND("T1", "是"));
    assert_int_equal(figure(desk, "floating"), 1);
    figures_same_of_heads(desk);
}

static void
after_a_member_left_three_days_ago(void **state)
{
    struct desk *desk = *state;
    LeaveMemberRequest *in = leave_member_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id =
        wire_text(id_text(desk, "select m.id from member m join floating_period f on f.member_id = m.id and f.until"
                                " is null join organization o on o.id = m.organization_id where o.code = 'T1'"));
    in->status = LIANGXIN__ORGANIZATIONS__V1__MEMBER_STATUS__MEMBER_STATUS_DECEASED;
    in->on = wire_text(day(desk, -3));
    in->note = wire_text("因病去世");
    assert_null(desk_call(desk, desk_method(&organizations_leave_member), &in->base, 0, &out));
    assert_int_equal(figure(desk, "members"), 1);
    assert_int_equal(figure(desk, "floating"), 0);
    figures_same_of_heads(desk);
}

static void
after_cover_began_and_ended(void **state)
{
    struct desk *desk = *state;

    upload(desk, LEDGER(UNITS), UNITS_HEAD FIRST_UNIT("320699", ",") SECOND_UNIT("320699", "T2,联合组建"));
    assert_int_equal(figure(desk, "operating_single"), 0);
    assert_int_equal(figure(desk, "operating_covered"), 1);
    figures_same_of_heads(desk);
    upload(desk, LEDGER(UNITS), UNITS_HEAD FIRST_UNIT("320698", "V1,单独组建"));
    figures_same_of_heads(desk);
}

static void
record_state(struct desk *desk, int state, int days)
{
    RecordUnitStateRequest *in = record_unit_state_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = id_text(desk, "select id from unit where name = '乙公司'");
    in->state = (BusinessState)state;
    in->since = wire_text(day(desk, days));
    in->reason = wire_text("实地走访");
    assert_null(desk_call(desk, desk_method(&organizations_record_unit_state), &in->base,
                          number(desk, "select version from unit where name = '乙公司'"), &out));
}

static void
after_a_unit_stopped_and_went_on_in_the_past(void **state)
{
    struct desk *desk = *state;

    record_state(desk, LIANGXIN__ORGANIZATIONS__V1__BUSINESS_STATE__BUSINESS_STATE_SUSPENDED, -6);
    assert_int_equal(figure(desk, "operating_covered"), 0);
    assert_int_equal(figure(desk, "units_covered"), 1);
    figures_same_of_heads(desk);
    record_state(desk, LIANGXIN__ORGANIZATIONS__V1__BUSINESS_STATE__BUSINESS_STATE_OPERATING, -2);
    assert_int_equal(figure(desk, "operating_covered"), 1);
    figures_same_of_heads(desk);
}

static char *
organization_id(struct desk *desk, const char *code)
{
    return id_text(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", code));
}

static int64_t
version_of(struct desk *desk, const char *code)
{
    return number(desk, arena_printf(desk->arena, "select version from organization where code = '%s'", code));
}

static void
after_a_branch_was_dissolved_two_days_ago(void **state)
{
    struct desk *desk = *state;
    DissolveOrganizationRequest *in = dissolve_organization_request_new(desk->arena);
    int64_t nodes = figure(desk, "nodes");
    ProtobufCMessage *out;

    in->id = organization_id(desk, "T3");
    in->on = wire_text(day(desk, -2));
    in->reason = wire_text("党员已全部转出");
    in->basis = wire_text("示组〔2026〕21号");
    assert_null(
        desk_call(desk, desk_method(&organizations_dissolve_organization), &in->base, version_of(desk, "T3"), &out));
    assert_int_equal(figure(desk, "nodes"), nodes - 1);
    figures_same_of_heads(desk);
}

static void
after_two_branches_became_one(void **state)
{
    struct desk *desk = *state;
    MergeOrganizationRequest *in = merge_organization_request_new(desk->arena);
    int64_t nodes = figure(desk, "nodes");
    ProtobufCMessage *out;

    in->id = organization_id(desk, "T2");
    in->successor_id = organization_id(desk, "T1");
    in->on = wire_text(day(desk, 0));
    in->reason = wire_text("两企业合并");
    in->basis = wire_text("示组〔2026〕22号");
    assert_null(
        desk_call(desk, desk_method(&organizations_merge_organization), &in->base, version_of(desk, "T2"), &out));
    assert_int_equal(figure(desk, "nodes"), nodes - 1);
    figures_same_of_heads(desk);
}

static void
after_a_term_was_renewed(void **state)
{
    struct desk *desk = *state;
    RenewTermRequest *in = renew_term_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_int_equal(figure(desk, "terms_over"), 1);
    in->id = organization_id(desk, "T1");
    in->elected_on = wire_text(day(desk, -1));
    in->term_ends_on = wire_text(day(desk, 3 * 365));
    in->basis = wire_text("示组〔2026〕24号");
    assert_null(desk_call(desk, desk_method(&organizations_renew_term), &in->base, version_of(desk, "T1"), &out));
    assert_int_equal(figure(desk, "terms_over"), 0);
    figures_same_of_heads(desk);
}

static void
after_another_superior_and_another_region(void **state)
{
    struct desk *desk = *state;
    ChangeSuperiorRequest *in = change_superior_request_new(desk->arena);
    int64_t nodes = figure(desk, "nodes");
    ProtobufCMessage *out;

    in->id = organization_id(desk, "V");
    in->superior_id = organization_id(desk, "T");
    assert_null(desk_call(desk, desk_method(&organizations_change_superior), &in->base, version_of(desk, "V"), &out));
    assert_int_equal(figure(desk, "nodes"), nodes + 2);
    figures_same_of_heads(desk);
    upload(desk, LEDGER(ORGANIZATIONS), ORGANIZATIONS_HEAD "V1,丁党支部,党支部,V,联合组建,320699001,,,,,,\n");
    assert_int_equal(figure(desk, "joint"), 1);
    figures_same_of_heads(desk);
}

static void
undo(struct desk *desk, const Import *import)
{
    ImportId *in = import_id_new(desk->arena);
    ProtobufCMessage *out;
    bool more = true;

    while (more) /* of none of these need dues be told */
        assert_null(desk_step(desk, job_import_bases, &more));
    in->id = import->id;
    assert_null(desk_call(desk, desk_method(&organizations_undo_import), &in->base, 0, &out));
    desk_work(desk);
    assert_int_equal(desk_import(desk, import->id)->kept, 0);
}

static void
after_imports_were_undone(void **state)
{
    struct desk *desk = *state;
    int64_t members = figure(desk, "members");
    int64_t floating = figure(desk, "floating");
    int64_t nodes = figure(desk, "nodes");
    Import *organizations =
        upload(desk, LEDGER(ORGANIZATIONS), ORGANIZATIONS_HEAD "T4,戊党支部,党支部,T,单独组建,320699,,,,,,\n");
    Import *people = upload(desk, LEDGER(MEMBERS),
                            MEMBERS_HEAD THIRD("T1", "是") MEMBER("110101199303074516", "1993-03-07", "T4", "是"));
    Import *units = upload(desk, LEDGER(UNITS), UNITS_HEAD FIRST_UNIT("320699", "T4,单独组建"));

    assert_int_equal(figure(desk, "members"), members + 1);
    assert_int_equal(figure(desk, "floating"), floating + 2);
    figures_same_of_heads(desk);
    undo(desk, units);
    figures_same_of_heads(desk);
    undo(desk, people);
    assert_int_equal(figure(desk, "members"), members);
    assert_int_equal(figure(desk, "floating"), floating);
    figures_same_of_heads(desk);
    undo(desk, organizations);
    assert_int_equal(figure(desk, "nodes"), nodes);
    figures_same(desk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_the_sample),
        cmocka_unit_test(after_a_letter),
        cmocka_unit_test(after_floating_began_and_ended_and_began),
        cmocka_unit_test(after_a_member_left_three_days_ago),
        cmocka_unit_test(after_cover_began_and_ended),
        cmocka_unit_test(after_a_unit_stopped_and_went_on_in_the_past),
        cmocka_unit_test(after_a_branch_was_dissolved_two_days_ago),
        cmocka_unit_test(after_two_branches_became_one),
        cmocka_unit_test(after_a_term_was_renewed),
        cmocka_unit_test(after_another_superior_and_another_region),
        cmocka_unit_test(after_imports_were_undone),
    };

    return cmocka_run_group_tests(tests, open_past, desk_close_town);
}
