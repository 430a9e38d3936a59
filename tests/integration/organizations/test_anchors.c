/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors (园区, 楼宇, 商圈 …) and grids (网格): made of the ledger's places and by hand, with units, contact points
 * and who answers there. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"

#define FIRST     "91320698MANQ51XWQ1"
#define SECOND    "91320698MAP7QFWYR3"
#define BLANK     "91320698MALA0QTUDU" /* 空白点 */
#define KIND(one) LIANGXIN__ORGANIZATIONS__V1__ANCHOR_KIND__ANCHOR_KIND_##one
#define DUTY(one) LIANGXIN__ORGANIZATIONS__V1__ANCHOR_DUTY__ANCHOR_DUTY_##one

#define HEAD                                                                                                                                                         \
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码," \
    "覆盖方式,党建工作指导员\n"
#define UNIT(code, place, rest) code ",单位" code ",非公有制企业,,320699," place ",正常经营,5,,否," rest ",\n"

static struct actor city;

static int64_t
number(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static char *
unit(struct desk *desk, const char *code)
{
    char *text = test_pg_text(desk->pg, "organizations",
                              arena_printf(desk->arena, "select id from unit where code = '%s'", code));
    char *copy = arena_text(desk->arena, text);

    free(text);
    return copy;
}

static int
open_town(void **state)
{
    desk_open_town(state);
    city = ((struct desk *)*state)->actor;
    return 0;
}

static int
be_the_city(void **state)
{
    ((struct desk *)*state)->actor = city;
    return 0;
}

static const Import *
load(struct desk *desk, const char *rows)
{
    return desk_commit(desk, desk_upload_text(desk, LEDGER(UNITS), rows), false);
}

static Anchor *
anchor(struct desk *desk, const char *search)
{
    ListAnchorsRequest *in = list_anchors_request_new(desk->arena);
    AnchorId *id = anchor_id_new(desk->arena);
    ProtobufCMessage *out;

    in->search = wire_text(search);
    assert_null(desk_call(desk, desk_method(&organizations_list_anchors), &in->base, 0, &out));
    assert_int_equal(((AnchorPage *)out)->n_items, 1);
    id->id = ((AnchorPage *)out)->items[0]->id;
    assert_null(desk_call(desk, desk_method(&organizations_get_anchor), &id->base, 0, &out));
    return (Anchor *)out;
}

static status_t
change(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, Anchor **one)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, *one ? (*one)->version : 0, &out);

    if (!st)
        *one = (Anchor *)out;
    return st;
}

static status_t
create(struct desk *desk, AnchorKind kind, const char *name, Anchor **ret)
{
    CreateAnchorRequest *in = create_anchor_request_new(desk->arena);

    in->kind = kind;
    in->name = wire_text(name);
    in->region_code = wire_text("320699");
    *ret = NULL;
    return change(desk, &organizations_create_anchor, &in->base, ret);
}

static size_t
units_of(struct desk *desk, const Anchor *one)
{
    ListAnchorUnitsRequest *in = list_anchor_units_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = one->id;
    assert_null(desk_call(desk, desk_method(&organizations_list_anchor_units), &in->base, 0, &out));
    return ((AnchorUnitPage *)out)->n_items;
}

static void
楼宇_a_place_of_the_ledger_becomes_one_anchor(void **state)
{
    struct desk *desk = *state;
    Anchor *one;

    load(desk, HEAD UNIT(FIRST, "东方大厦Ａ", "T1,单独组建") UNIT(SECOND, "东方 大厦a", "T1,单独组建")
                   UNIT(BLANK, "金湾工业园", ","));
    assert_int_equal(number(desk, "select count(*) from anchor"), 2);
    one = anchor(desk, "东方大厦");
    assert_int_equal(one->kind, KIND(BUILDING));
    assert_int_equal(one->units, 2);
    assert_int_equal(anchor(desk, "金湾")->kind, KIND(PARK));
    /* What the ledger says stays as it was typed: the same file changes nothing. */
    assert_int_equal(number(desk, "select count(*) from unit where place = '东方 大厦a'"), 1);
    assert_int_equal(desk_upload_text(desk, LEDGER(UNITS),
                                      HEAD UNIT(FIRST, "东方大厦Ａ", "T1,单独组建")
                                          UNIT(SECOND, "东方 大厦a", "T1,单独组建") UNIT(BLANK, "金湾工业园", ","))
                         ->unchanged,
                     3);
}

static void
a_unit_that_moves_leaves_its_anchor_that_day(void **state)
{
    struct desk *desk = *state;

    load(desk, HEAD UNIT(SECOND, "金湾工业园", "T1,单独组建"));
    assert_int_equal(anchor(desk, "东方大厦")->units, 1);
    assert_int_equal(anchor(desk, "金湾")->units, 2);
    assert_int_equal(number(desk, "select count(*) from anchor_unit where until is not null"), 1);
    load(desk, HEAD UNIT(SECOND, "", "T1,单独组建"));
    assert_int_equal(anchor(desk, "金湾")->units, 1);
    load(desk, HEAD UNIT(SECOND, "金湾工业园", "T1,单独组建"));
    assert_int_equal(anchor(desk, "金湾")->units, 2);
    assert_int_equal(number(desk, "select count(*) from anchor"), 2);
}

static void
a_name_is_given_once_and_an_old_one_still_finds(void **state)
{
    struct desk *desk = *state;
    EditAnchorRequest *in = edit_anchor_request_new(desk->arena);
    Anchor *one = anchor(desk, "金湾");
    Anchor *other;
    status_t st = create(desk, KIND(PARK), "金湾 工业园", &other);

    assert_true(status_is(st, PROBLEM_ALREADY_EXISTS));
    in->id = one->id;
    in->set_name_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_ANCHOR_REQUEST__SET_NAME_NAME;
    in->name = wire_text("金湾科技园");
    assert_null(change(desk, &organizations_edit_anchor, &in->base, &one));
    assert_string_equal(anchor(desk, "金湾工业园")->name, "金湾科技园");
    load(desk, HEAD UNIT(FIRST, "金湾工业园", "T1,单独组建"));
    assert_int_equal(anchor(desk, "金湾科技园")->units, 3);
    assert_int_equal(number(desk, "select count(*) from anchor"), 2);
}

static void
网格_units_persons_and_contact_points(void **state)
{
    struct desk *desk = *state;
    PlaceUnitsRequest *place = place_units_request_new(desk->arena);
    RemoveUnitsRequest *remove = remove_units_request_new(desk->arena);
    AppointAtAnchorRequest *appoint = appoint_at_anchor_request_new(desk->arena);
    DismissFromAnchorRequest *dismiss = dismiss_from_anchor_request_new(desk->arena);
    SetContactPointsRequest *points = set_contact_points_request_new(desk->arena);
    CreatePersonRequest *person = create_person_request_new(desk->arena);
    char *units[] = { unit(desk, FIRST), unit(desk, BLANK) };
    ContactPoint *point = contact_point_new(desk->arena);
    ProtobufCMessage *out;
    Anchor *one;

    assert_null(create(desk, KIND(GRID), "第三网格", &one));
    place->id = remove->id = appoint->id = dismiss->id = points->id = one->id;
    place->unit_ids = units;
    place->n_unit_ids = 2;
    assert_null(change(desk, &organizations_place_units, &place->base, &one));
    assert_int_equal(one->units, 2); /* and they stand in their park as before */
    assert_int_equal(anchor(desk, "金湾科技园")->units, 3);
    desk_act_at(desk, "T1");
    assert_int_equal(units_of(desk, one), 2);
    be_the_city(state);
    remove->unit_ids = units;
    remove->n_unit_ids = 1;
    assert_null(change(desk, &organizations_remove_units, &remove->base, &one));
    assert_true(status_is(change(desk, &organizations_remove_units, &remove->base, &one), PROBLEM_NOT_FOUND));
    assert_int_equal(units_of(desk, one), 1);
    person->name = wire_text("网小格");
    person->organization_code = wire_text("T1");
    assert_null(desk_call(desk, desk_method(&organizations_create_person), &person->base, 0, &out));
    appoint->person_id = dismiss->person_id = ((Person *)out)->id;
    appoint->duty = dismiss->duty = DUTY(GRID_WORKER);
    assert_null(change(desk, &organizations_appoint_at_anchor, &appoint->base, &one));
    assert_string_equal(one->persons[0]->name, "网小格");
    assert_true(
        status_is(change(desk, &organizations_appoint_at_anchor, &appoint->base, &one), PROBLEM_ALREADY_EXISTS));
    assert_null(change(desk, &organizations_dismiss_from_anchor, &dismiss->base, &one));
    assert_int_equal(one->n_persons, 0);
    point->name = wire_text("党群服务站");
    points->points = &point;
    points->n_points = 1;
    assert_null(change(desk, &organizations_set_contact_points, &points->base, &one));
    assert_string_equal(one->points[0]->name, "党群服务站");
    assert_int_equal(number(desk, "select count(*) from anchor_history h join anchor n on n.id = h.anchor_id"
                                  " where n.kind = 'grid'"),
                     6);
}

static void
outside_of_the_territory_nothing_is_there(void **state)
{
    struct desk *desk = *state;
    AnchorId *id = anchor_id_new(desk->arena);
    CreateAnchorRequest *in = create_anchor_request_new(desk->arena);
    ProtobufCMessage *out;
    Anchor *none = NULL;

    id->id = anchor(desk, "第三网格")->id;
    test_pg_run(desk->pg, "organizations", "insert into region values ('320700', '别处')");
    test_pg_run(desk->pg, "organizations", "update organization set region_code = '320700' where code = 'V'");
    desk_act_at(desk, "V");
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_get_anchor), &id->base, 0, &out), PROBLEM_NOT_FOUND));
    in->kind = KIND(MARKET);
    in->name = wire_text("农贸市场");
    in->region_code = wire_text("320699");
    assert_true(status_is(change(desk, &organizations_create_anchor, &in->base, &none), PROBLEM_OUTSIDE_SCOPE));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(楼宇_a_place_of_the_ledger_becomes_one_anchor, be_the_city),
        cmocka_unit_test_setup(a_unit_that_moves_leaves_its_anchor_that_day, be_the_city),
        cmocka_unit_test_setup(a_name_is_given_once_and_an_old_one_still_finds, be_the_city),
        cmocka_unit_test_setup(网格_units_persons_and_contact_points, be_the_city),
        cmocka_unit_test_setup(outside_of_the_territory_nothing_is_there, be_the_city),
    };

    return cmocka_run_group_tests(tests, open_town, desk_close_town);
}
