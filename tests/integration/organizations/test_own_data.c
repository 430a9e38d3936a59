/* SPDX-License-Identifier: Apache-2.0 */
/* Posts that are narrowed (role.reach): an instructor (指导员) to his units, a unit contact (单位联系人) to one, a
 * member (党员) to himself. What is given to them lies within the giver's reach. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/exports/job_exports.h"
#include "peers.h"
#include "support/keys.h"

#define MINE      "91320698MANQ51XWQ1" /* covered by T1 */
#define BESIDE    "91320698MAP7QFWYR3" /* by T1 as well */
#define ELSEWHERE "91320698MALA0QTUDU" /* by V1 */

static const char branch[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
    "预备党员审批权\n"
    "V1,丙党支部,党支部,V,单独组建,320699,,,,,,\n";

static const char units[] =
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,"
    "覆盖方式,党建工作指导员\n" MINE
    ",东方制鞋有限公司,非公有制企业,制鞋,320699,,正常经营,37,唐薇寒,是,T1,单独组建,\n" BESIDE
    ",东光软件有限公司,非公有制企业,软件,320699,,正常经营,28,严柔青,否,T1,单独组建,\n" ELSEWHERE
    ",西岭食品有限公司,非公有制企业,食品加工,320699,,正常经营,146,游海祥,是,V1,单独组建,\n";

static const char members[] =
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,"
    "工作单位代码,手机号码,党内职务,人员类别,党费计算基数,流动党员\n"
    "莫思影,女,汉族,320698200203126949,2002-03-12,高中,2024-05-15,2025-05-15,正式党员,T1," MINE
    ",17342840920,,在职,5048.68,否\n"
    "桂琼,男,汉族,320698200304212571,2003-04-21,大学本科,2021-11-01,2022-11-01,正式党员,T1," MINE
    ",13597293128,,在职,14109.81,否\n"
    "于腾,男,汉族,320698197502272415,1975-02-27,大专,2008-06-16,2009-06-16,正式党员,V1," ELSEWHERE
    ",13452765329,,在职,19210.3,否\n";

static struct actor city;

static int
open_town(void **state)
{
    desk_open_town(state);
    city = ((struct desk *)*state)->actor;
    desk_commit(*state, desk_upload_text(*state, LEDGER(ORGANIZATIONS), branch), false);
    desk_commit(*state, desk_upload_text(*state, LEDGER(UNITS), units), false);
    desk_commit(*state, desk_upload_text(*state, LEDGER(MEMBERS), members), false);
    assert_int_equal(test_pg_number(((struct desk *)*state)->pg, "organizations", "select count(*) from member"), 3);
    return 0;
}

/* Every test begins as the city clerk. */
static int
be_the_city(void **state)
{
    struct desk *desk = *state;

    desk->actor = city;
    return 0;
}

static char *
text_of(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *copy = arena_text(desk->arena, text ? text : "");

    free(text);
    return copy;
}

static char *
unit(struct desk *desk, const char *code)
{
    return text_of(desk, arena_printf(desk->arena, "select id from unit where code = '%s'", code));
}

static char *
person(struct desk *desk, const char *name)
{
    return text_of(
        desk,
        arena_printf(desk->arena,
                     "select person_id from member m join person p on p.id = m.person_id where p.name = '%s'", name));
}

static char *
post_of(struct desk *desk, const char *name)
{
    return text_of(desk, arena_printf(desk->arena,
                                      "select p.id from account_post p join account a on a.id = p.account_id"
                                      " where a.name = '%s' and p.until is null",
                                      name));
}

static CreatedAccount *
account(struct desk *desk, const char *name, const char *role, const char *code)
{
    CreateAccountRequest *in = create_account_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    in->role = wire_text(role);
    in->organization_id =
        text_of(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", code));
    assert_null(desk_call(desk, desk_method(&organizations_create_account), &in->base, 0, &out));
    return (CreatedAccount *)out;
}

/* Acts as the token says from now on. */
static void
act_as(struct desk *desk, const CreatedAccount *who)
{
    struct seal_key public_key = test_actor_public(desk->arena);
    struct actor_cache *cache = arena_alloc(desk->arena, sizeof *cache);
    ExchangeRequest *in = exchange_request_new(desk->arena);
    ExchangeReply *reply;
    ProtobufCMessage *out;

    in->token = who->token;
    assert_null(desk_call(desk, desk_method(&organizations_exchange), &in->base, 0, &out));
    reply = (ExchangeReply *)out;
    assert_null(actor_verify(desk->arena, &public_key, cache,
                             slice_make(reply->actor_token.data, reply->actor_token.len), clock_now() / 1000,
                             &desk->actor));
}

/* `second` may be NULL. */
static status_t
refer(struct desk *desk, const char *post, const char *first, const char *second, PostUnits **ret_units)
{
    SetPostUnitsRequest *in = set_post_units_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = wire_text(post);
    in->unit_ids = arena_array(desk->arena, 2, sizeof *in->unit_ids);
    in->n_unit_ids = first ? second ? 2 : 1 : 0;
    in->unit_ids[0] = first ? unit(desk, first) : NULL;
    in->unit_ids[1] = second ? unit(desk, second) : NULL;
    st = desk_call(desk, desk_method(&organizations_set_post_units), &in->base, 0, &out);
    *ret_units = (PostUnits *)out;
    return st;
}

static status_t
link_person(struct desk *desk, const char *account_id, const char *person_id)
{
    LinkAccountRequest *in = link_account_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = wire_text(account_id);
    in->person_id = wire_text(person_id);
    return desk_call(desk, desk_method(&organizations_link_account), &in->base, 0, &out);
}

static UnitPage *
list_units(struct desk *desk, const char *code)
{
    ListUnitsRequest *in = list_units_request_new(desk->arena);
    ProtobufCMessage *out;

    in->code = wire_text(code);
    assert_null(desk_call(desk, desk_method(&organizations_list_units), &in->base, 0, &out));
    return (UnitPage *)out;
}

static MemberPage *
list_members(struct desk *desk, const char *organization)
{
    ListMembersRequest *in = list_members_request_new(desk->arena);
    ProtobufCMessage *out;

    in->organization_id = wire_text(organization);
    assert_null(desk_call(desk, desk_method(&organizations_list_members), &in->base, 0, &out));
    return (MemberPage *)out;
}

static status_t
get_member(struct desk *desk, const char *name)
{
    MemberId *in = member_id_new(desk->arena);
    ProtobufCMessage *out;

    in->id = text_of(
        desk, arena_printf(desk->arena,
                           "select m.id from member m join person p on p.id = m.person_id where p.name = '%s'", name));
    return desk_call(desk, desk_method(&organizations_get_member), &in->base, 0, &out);
}

static int64_t
count_organizations(struct desk *desk)
{
    ListOrganizationsRequest *in = list_organizations_request_new(desk->arena);
    ProtobufCMessage *out;

    assert_null(desk_call(desk, desk_method(&organizations_list_organizations), &in->base, 0, &out));
    return (int64_t)((OrganizationPage *)out)->n_items;
}

static void
指导员_an_instructor_finds_his_units_and_nothing_else(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *instructor = account(desk, "instructor", "instructor", "T");
    const char *post = post_of(desk, "instructor");
    PostUnits *given;
    UnitPage *page;

    act_as(desk, instructor);
    assert_int_equal(list_units(desk, "")->n_items, 0);
    be_the_city(state);
    assert_null(refer(desk, post, MINE, ELSEWHERE, &given));
    assert_int_equal(given->n_items, 2);
    act_as(desk, instructor);
    page = list_units(desk, "");
    assert_int_equal(page->n_items, 2);
    assert_string_equal(page->items[0]->code, ELSEWHERE);
    assert_string_equal(page->items[1]->code, MINE);
    assert_false(page->items[1]->owner_is_member); /* he is, and that is not told */
    assert_int_equal(list_units(desk, MINE)->n_items, 1);
    assert_int_equal(list_units(desk, BESIDE)->n_items, 0);
    assert_int_equal(list_members(desk, "")->n_items, 0); /* and has not the permission either */
    assert_int_equal(count_organizations(desk), 0);
    assert_false(actor_may(&desk->actor, "member.read"));
    be_the_city(state);
    assert_null(refer(desk, post, BESIDE, NULL, &given));
    assert_int_equal(given->n_items, 3); /* one now, two that are over */
    assert_int_equal(given->items[0]->end_case, LIANGXIN__ORGANIZATIONS__V1__POST_UNIT__END__NOT_SET);
    act_as(desk, instructor);
    assert_int_equal(list_units(desk, "")->n_items, 1);
    assert_int_equal(list_units(desk, MINE)->n_items, 0);
}

static void
an_instructor_carries_away_his_units(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *instructor = account(desk, "carrier", "instructor", "T");
    CreateExportRequest *in = create_export_request_new(desk->arena);
    ProtobufCMessage *out;
    PostUnits *given;
    bool more;

    assert_null(refer(desk, post_of(desk, "carrier"), MINE, NULL, &given));
    act_as(desk, instructor);
    in->ledger = LEDGER(UNITS);
    assert_null(desk_call(desk, desk_method(&organizations_create_export), &in->base, 0, &out));
    for (int i = 0; i < 5; i++)
        assert_null(desk_step(desk, job_exports, &more));
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select done from document_job where role = 'instructor' and state = 'succeeded'"),
                     1);
    in->organization_id =
        text_of(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", "T1"));
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_create_export), &in->base, 0, &out), PROBLEM_NOT_FOUND));
}

static void
单位联系人_a_unit_contact_has_one_unit(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *contact = account(desk, "contact", "unit_contact", "T1");
    const char *post = post_of(desk, "contact");
    PostUnits *given;

    assert_true(status_is(refer(desk, post, MINE, BESIDE, &given), PROBLEM_OUT_OF_RANGE));
    assert_null(refer(desk, post, MINE, MINE, &given)); /* named twice is named once */
    assert_null(refer(desk, post, BESIDE, NULL, &given));
    assert_null(refer(desk, post, MINE, NULL, &given)); /* back on the same day */
    act_as(desk, contact);
    assert_int_equal(list_units(desk, "")->n_items, 1);
    assert_int_equal(list_members(desk, "")->n_items, 0);
    assert_true(status_is(get_member(desk, "莫思影"), PROBLEM_NOT_FOUND));
    assert_int_equal(count_organizations(desk), 0);
}

static void
units_are_given_within_the_givers_reach(void **state)
{
    struct desk *desk = *state;
    PostUnits *given;

    account(desk, "below", "instructor", "T");
    account(desk, "far", "instructor", "V");
    account(desk, "secretary", "branch_secretary", "T1");
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_true(status_is(refer(desk, post_of(desk, "below"), ELSEWHERE, NULL, &given), PROBLEM_NOT_FOUND));
    assert_true(status_is(refer(desk, post_of(desk, "far"), MINE, NULL, &given), PROBLEM_NOT_FOUND));
    assert_true(status_is(refer(desk, post_of(desk, "secretary"), MINE, NULL, &given), PROBLEM_BAD_VALUE));
    assert_null(refer(desk, post_of(desk, "below"), MINE, NULL, &given));
    be_the_city(state);
    assert_null(refer(desk, post_of(desk, "below"), ELSEWHERE, NULL, &given));
    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_null(refer(desk, post_of(desk, "below"), ELSEWHERE, MINE, &given)); /* what another gave may stay */
}

static void
a_hand_over_passes_the_units_on(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *heir = account(desk, "heir", "instructor", "V");
    HandOverPostRequest *in = hand_over_post_request_new(desk->arena);
    struct test_peers *peers;
    ProtobufCMessage *out;
    PostUnits *given;

    account(desk, "leaving", "instructor", "T");
    in->id = post_of(desk, "leaving");
    in->to_account_id = heir->id;
    assert_null(refer(desk, in->id, MINE, BESIDE, &given));
    peers = test_peers_open(desk);
    test_peers_count(0, 0);
    assert_null(desk_call(desk, desk_method(&organizations_hand_over_post), &in->base, 0, &out));
    test_peers_close(peers);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       arena_printf(desk->arena,
                                    "select count(*) from post_unit where post_id = '%s' and until is null",
                                    ((Post *)out)->id)),
        2);
    assert_int_equal(
        test_pg_number(
            desk->pg, "organizations",
            arena_printf(desk->arena, "select count(*) from post_unit where post_id = '%s' and until is null", in->id)),
        0);
}

static void
党员_a_member_finds_himself_and_nobody_else(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *self = account(desk, "self", "member", "T1");
    MemberPage *page;

    act_as(desk, self);
    assert_int_equal(list_members(desk, "")->n_items, 0); /* nobody has said who he is */
    be_the_city(state);
    assert_null(link_person(desk, self->id, person(desk, "莫思影")));
    act_as(desk, self);
    page = list_members(desk, "");
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->name, "莫思影");
    assert_int_equal(
        list_members(desk,
                     text_of(desk, arena_printf(desk->arena, "select id from organization where code = '%s'", "V")))
            ->n_items,
        0);
    assert_null(get_member(desk, "莫思影"));
    assert_true(status_is(get_member(desk, "桂琼"), PROBLEM_NOT_FOUND)); /* of the same branch */
    assert_int_equal(list_units(desk, "")->n_items, 0);
    assert_int_equal(count_organizations(desk), 0);
}

static void
an_account_is_one_persons_for_good(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *one = account(desk, "linked", "member", "T1");

    desk_act_at(desk, "T");
    desk->actor.role = "committee_clerk";
    assert_true(status_is(link_person(desk, one->id, person(desk, "于腾")), PROBLEM_NOT_FOUND));
    assert_null(link_person(desk, one->id, person(desk, "桂琼")));
    assert_null(link_person(desk, one->id, person(desk, "桂琼")));
    assert_true(status_is(link_person(desk, one->id, person(desk, "莫思影")), PROBLEM_ALREADY_EXISTS));
}

/* Two accounts of one person do not keep the books and the cash, in whatever order it became known. */
static void
linking_looks_for_exclusion_anew(void **state)
{
    struct desk *desk = *state;
    CreatedAccount *books = account(desk, "books", "dues_accountant", "T1");
    CreatedAccount *cash = account(desk, "cash", "dues_cashier", "T1");

    assert_null(link_person(desk, books->id, person(desk, "桂琼")));
    assert_true(status_is(link_person(desk, cash->id, person(desk, "桂琼")), PROBLEM_POSTS_EXCLUDE));
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from account where name = 'cash' and person_id is null"),
                     1);
    assert_null(link_person(desk, cash->id, person(desk, "莫思影")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(指导员_an_instructor_finds_his_units_and_nothing_else, be_the_city),
        cmocka_unit_test_setup(an_instructor_carries_away_his_units, be_the_city),
        cmocka_unit_test_setup(单位联系人_a_unit_contact_has_one_unit, be_the_city),
        cmocka_unit_test_setup(units_are_given_within_the_givers_reach, be_the_city),
        cmocka_unit_test_setup(a_hand_over_passes_the_units_on, be_the_city),
        cmocka_unit_test_setup(党员_a_member_finds_himself_and_nobody_else, be_the_city),
        cmocka_unit_test_setup(an_account_is_one_persons_for_good, be_the_city),
        cmocka_unit_test_setup(linking_looks_for_exclusion_anew, be_the_city),
    };

    return cmocka_run_group_tests(tests, open_town, desk_close_town);
}
