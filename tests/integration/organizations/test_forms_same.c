/* SPDX-License-Identifier: Apache-2.0 */
/* The same row once by a file and once by a form, in two cities: nothing that is kept tells one from the other, down to
 * the hashes of the audit. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"

#define EDIT(message, name) LIANGXIN__ORGANIZATIONS__V1__EDIT_##message##_REQUEST__SET_##name
#define UNIT_CODE           "91320698MALA0QTUDU"

struct cities {
    struct desk *by_file;
    struct desk *by_form;
};

static int
open_cities(void **state)
{
    struct cities *cities = calloc(1, sizeof *cities);
    void *desk;

    desk_open_town(&desk);
    cities->by_file = desk;
    desk_open_town(&desk);
    cities->by_form = desk;
    *state = cities;
    return 0;
}

static int
close_cities(void **state)
{
    struct cities *cities = *state;

    desk_close(cities->by_file);
    desk_close(cities->by_form);
    free(cities);
    return 0;
}

static void
upload(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_commit(desk, desk_upload_text(desk, ledger, text), false);

    assert_int_equal(import->created + import->updated, 1);
}

static ProtobufCMessage *
fill(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, int64_t version)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, version, &out);

    if (st)
        fail_msg("%s: %s %s", method->name, st->problem->slug, st->pointer ? st->pointer : "");
    return out;
}

/* What events and audit keep of a thing, without ids and times. */
#define NEWS(id)                                                                                                       \
    "(select string_agg(concat_ws(':', e.type, e.version, length(e.payload)), ',' order by e.version) from outbox e"   \
    "  where e.aggregate_id = " id "),"                                                                                \
    "(select string_agg(concat_ws(':', u.object, u.role, encode(u.before_hash, 'hex'), encode(u.after_hash, 'hex')),"  \
    "  ',' order by u.id) from audit u where u.object_id = " id ")"

static void
the_same(struct cities *cities, const char *sql)
{
    char *file = test_pg_text(cities->by_file->pg, "organizations", sql);
    char *form = test_pg_text(cities->by_form->pg, "organizations", sql);

    assert_non_null(file);
    assert_true(strlen(file) > 100);
    assert_string_equal(file, form);
    free(file);
    free(form);
}

static const char organization_sql[] =
    "select concat_ws('|', o.name, o.kind, o.establish_form, o.region_code, o.place, o.founded_on, o.term_ends_on,"
    "   o.telephone, o.version, p.name, s.code, r.since, k.since, k.kind, k.term_ends_on," NEWS(
        "o.id") ")"
                "  from organization o join relation r on r.organization_id = o.id join organization s on s.id = "
                "r.superior_id"
                "  join post t on t.organization_id = o.id and t.until is null join person p on p.id = t.person_id"
                "  join organization_period k on k.organization_id = o.id and k.until is null where o.code = 'T8'";

static const char organization_file[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,"
    "联系电话,预备党员审批权\nT8,新设党支部,党支部,T,单独组建,320699,%s,2020-05-06,2028-05-06,李四,"
    "0513-88001133,\n";

static void
organizations(void **state)
{
    struct cities *cities = *state;
    struct desk *desk = cities->by_form;
    CreateOrganizationRequest *in = create_organization_request_new(desk->arena);
    EditOrganizationRequest *edit = edit_organization_request_new(desk->arena);

    in->code = wire_text("T8");
    in->name = wire_text("新设党支部");
    in->kind = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION_KIND__ORGANIZATION_KIND_BRANCH;
    in->superior_code = wire_text("T");
    in->form_case = LIANGXIN__ORGANIZATIONS__V1__CREATE_ORGANIZATION_REQUEST__FORM_ESTABLISH_FORM;
    in->establish_form = LIANGXIN__ORGANIZATIONS__V1__ESTABLISH_FORM__ESTABLISH_FORM_SINGLE;
    in->region_code = wire_text("320699");
    in->founded_on = wire_text("2020-05-06");
    in->term_ends_on = wire_text("2028-05-06");
    in->secretary_name = wire_text("李四");
    in->telephone = wire_text("0513-88001133");
    edit->id = ((Organization *)fill(desk, &organizations_create_organization, &in->base, 0))->id;
    upload(cities->by_file, LEDGER(ORGANIZATIONS), arena_printf(desk->arena, organization_file, ""));
    the_same(cities, organization_sql);
    edit->set_place_case = EDIT(ORGANIZATION, PLACE_PLACE);
    edit->place = wire_text("东园");
    fill(desk, &organizations_edit_organization, &edit->base, 1);
    upload(cities->by_file, LEDGER(ORGANIZATIONS), arena_printf(desk->arena, organization_file, "东园"));
    the_same(cities, organization_sql);
}

static const char unit_sql[] =
    "select concat_ws('|', u.code, u.name, u.kind, u.trade, u.region_code, u.place, u.business_state, u.staff, p.name,"
    "   u.owner_is_member, o.code, u.coverage_form, u.instructor_name, u.version, k.since, k.business_state,"
    "   k.coverage_form," NEWS("u.id") ") from unit u left join person p on p.id = u.owner_id"
                                       "  left join organization o on o.id = u.organization_id"
                                       "  join unit_period k on k.unit_id = u.id and k.until is null"
                                       " where u.code = '" UNIT_CODE "'";

static const char unit_file[] =
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,"
    "党组织编码,覆盖方式,党建工作指导员\n" UNIT_CODE
    ",甲公司,非公有制企业,制鞋,320699,东园,正常经营,%s,唐薇寒,是,%s,钱六\n";

static void
units(void **state)
{
    struct cities *cities = *state;
    struct desk *desk = cities->by_form;
    CreateUnitRequest *in = create_unit_request_new(desk->arena);
    EditUnitRequest *edit = edit_unit_request_new(desk->arena);
    Unit *unit;

    in->code = wire_text(UNIT_CODE);
    in->name = wire_text("甲公司");
    in->kind = LIANGXIN__ORGANIZATIONS__V1__UNIT_KIND__UNIT_KIND_ENTERPRISE;
    in->trade = wire_text("制鞋");
    in->region_code = wire_text("320699");
    in->place = wire_text("东园");
    in->business_state = LIANGXIN__ORGANIZATIONS__V1__BUSINESS_STATE__BUSINESS_STATE_OPERATING;
    in->staff = 5;
    in->owner_name = wire_text("唐薇寒");
    in->owner_is_member = true;
    in->organization_code = wire_text("T1");
    in->coverage_case = LIANGXIN__ORGANIZATIONS__V1__CREATE_UNIT_REQUEST__COVERAGE_COVERAGE_FORM;
    in->coverage_form = LIANGXIN__ORGANIZATIONS__V1__ESTABLISH_FORM__ESTABLISH_FORM_SINGLE;
    in->instructor_name = wire_text("钱六");
    unit = (Unit *)fill(desk, &organizations_create_unit, &in->base, 0);
    assert_string_equal(unit->organization_name, "甲党支部");
    upload(cities->by_file, LEDGER(UNITS), arena_printf(desk->arena, unit_file, "5", "T1,单独组建"));
    the_same(cities, unit_sql);
    edit->id = unit->id;
    edit->set_staff_case = EDIT(UNIT, STAFF_STAFF);
    edit->staff = 9;
    edit->set_organization_case = EDIT(UNIT, ORGANIZATION_ORGANIZATION_CODE);
    edit->organization_code = wire_text("");
    unit = (Unit *)fill(desk, &organizations_edit_unit, &edit->base, 1);
    assert_string_equal(unit->organization_id, "");
    assert_int_equal(unit->coverage_case, 0);
    upload(cities->by_file, LEDGER(UNITS), arena_printf(desk->arena, unit_file, "9", ","));
    the_same(cities, unit_sql);
}

static const char member_sql[] =
    "select concat_ws('|', p.name, p.sex, p.ethnicity, p.born_on, p.education, encode(p.identity_index, 'hex'),"
    "   length(p.identity_sealed), length(p.telephone_sealed), m.standing, m.status, m.joined_on, m.full_on, o.code,"
    "   m.duty, m.occupation, m.floating, m.version, s.organization_id = m.organization_id, s.letter_id, f.since," NEWS(
        "m.id") ") from member m join person p on p.id = m.person_id join organization o on o.id = m.organization_id"
                "  join membership s on s.member_id = m.id left join floating_period f on f.member_id = m.id"
                "                                                               and f.until is null";

static const char member_file[] =
    "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,"
    "手机号码,党内职务,人员类别,党费计算基数,流动党员\n"
    "张三,男,汉族,110101199003074514,1990-03-07,大专,2015-01-01,2016-01-01,正式党员,T1,,13900000001,"
    "组织委员,在职,,%s\n";

static CreateMemberRequest *
new_member(struct desk *desk)
{
    CreateMemberRequest *in = create_member_request_new(desk->arena);

    in->name = wire_text("张三");
    in->sex = LIANGXIN__ORGANIZATIONS__V1__SEX__SEX_MALE;
    in->ethnicity = wire_text("汉族");
    in->identity_number = wire_text("110101199003074514");
    in->born_on = wire_text("1990-03-07");
    in->education = wire_text("大专");
    in->joined_on = wire_text("2015-01-01");
    in->full_on = wire_text("2016-01-01");
    in->standing = LIANGXIN__ORGANIZATIONS__V1__STANDING__STANDING_FULL;
    in->organization_code = wire_text("T1");
    in->telephone = wire_text("13900000001");
    in->duty = wire_text("组织委员");
    in->occupation = wire_text("在职");
    return in;
}

static void
members(void **state)
{
    struct cities *cities = *state;
    struct desk *desk = cities->by_form;
    EditMemberRequest *edit = edit_member_request_new(desk->arena);
    Member *member = (Member *)fill(desk, &organizations_create_member, &new_member(desk)->base, 0);

    assert_string_equal(member->identity_number, "110101********4514");
    upload(cities->by_file, LEDGER(MEMBERS), arena_printf(desk->arena, member_file, "否"));
    the_same(cities, member_sql);
    edit->id = member->id;
    edit->set_floating_case = EDIT(MEMBER, FLOATING_FLOATING);
    edit->floating = true;
    fill(desk, &organizations_edit_member, &edit->base, 1);
    upload(cities->by_file, LEDGER(MEMBERS), arena_printf(desk->arena, member_file, "是"));
    the_same(cities, member_sql);
}

static void
who_is_a_member_moves_by_a_letter_alone(void **state)
{
    struct cities *cities = *state;
    struct desk *desk = cities->by_form;
    CreateMemberRequest *in = new_member(desk);
    ProtobufCMessage *out;

    assert_true(status_is(desk_call(desk, desk_method(&organizations_create_member), &in->base, 0, &out),
                          PROBLEM_ALREADY_EXISTS));
    in->organization_code = wire_text("T8");
    assert_true(status_is(desk_call(desk, desk_method(&organizations_create_member), &in->base, 0, &out),
                          PROBLEM_AFFILIATION_NEEDS_LETTER));
}

static char *
everything(struct desk *desk)
{
    return test_pg_text(desk->pg, "organizations",
                        "select concat_ws('|', (select count(*) from outbox), (select count(*) from audit),"
                        "   (select sum(version) from organization), (select sum(version) from unit),"
                        "   (select sum(version) from member), (select sum(version) from person))");
}

static void
an_edit_that_changes_nothing_writes_nothing(void **state)
{
    struct cities *cities = *state;
    struct desk *desk = cities->by_form;
    char *before = everything(desk);
    EditOrganizationRequest *organization = edit_organization_request_new(desk->arena);
    EditUnitRequest *unit = edit_unit_request_new(desk->arena);
    EditMemberRequest *member = edit_member_request_new(desk->arena);
    char *after;

    organization->id = desk_organization(desk, "T8")->id;
    organization->set_place_case = EDIT(ORGANIZATION, PLACE_PLACE);
    organization->place = wire_text("东园");
    fill(desk, &organizations_edit_organization, &organization->base, 2);
    unit->id = test_pg_text(desk->pg, "organizations", "select id from unit");
    unit->set_staff_case = EDIT(UNIT, STAFF_STAFF);
    unit->staff = 9;
    fill(desk, &organizations_edit_unit, &unit->base, 2);
    member->id = test_pg_text(desk->pg, "organizations", "select id from member");
    member->set_floating_case = EDIT(MEMBER, FLOATING_FLOATING);
    member->floating = true;
    fill(desk, &organizations_edit_member, &member->base, 2);
    after = everything(desk);
    assert_string_equal(before, after);
    free(before);
    free(after);
    free(unit->id);
    free(member->id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(organizations),
        cmocka_unit_test(units),
        cmocka_unit_test(members),
        cmocka_unit_test(who_is_a_member_moves_by_a_letter_alone),
        cmocka_unit_test(an_edit_that_changes_nothing_writes_nothing),
    };

    return cmocka_run_group_tests(tests, open_cities, close_cities);
}
