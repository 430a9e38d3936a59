/* SPDX-License-Identifier: Apache-2.0 */
/* Persons who are not members: kept by an organization, masked, sealed, one to a number, with posts that have days. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"

#define NUMBER     "110101199003074514"
#define UNIT_CODE  "91320698MALA0QTUDU"
#define ROLE(name) LIANGXIN__ORGANIZATIONS__V1__PERSON_ROLE__PERSON_ROLE_##name

static const char unit_file[] =
    "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,"
    "覆盖方式,党建工作指导员\n" UNIT_CODE ",甲公司,非公有制企业,,320699,,正常经营,5,,否,T1,单独组建,\n";

static status_t
ask(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, int64_t version,
    Person **ret_person)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, version, &out);

    *ret_person = (Person *)out;
    return st;
}

static status_t
create(struct desk *desk, const char *name, const char *number, Person **ret_person)
{
    CreatePersonRequest *in = create_person_request_new(desk->arena);

    in->name = wire_text(name);
    in->identity_number = wire_text(number);
    in->telephone = wire_text("13900000001");
    in->organization_code = wire_text("T1");
    return ask(desk, &organizations_create_person, &in->base, 0, ret_person);
}

static status_t
read_person(struct desk *desk, const char *id, Person **ret_person)
{
    PersonId *in = person_id_new(desk->arena);

    in->id = wire_text(id);
    return ask(desk, &organizations_get_person, &in->base, 0, ret_person);
}

static status_t
begin(struct desk *desk, const Person *person, PersonRole role, const char *organization, Person **ret_person)
{
    BeginPersonPostRequest *in = begin_person_post_request_new(desk->arena);

    in->id = person->id;
    in->role = role;
    in->place_case = LIANGXIN__ORGANIZATIONS__V1__BEGIN_PERSON_POST_REQUEST__PLACE_ORGANIZATION_ID;
    in->organization_id = desk_organization(desk, organization)->id;
    return ask(desk, &organizations_begin_person_post, &in->base, person->version, ret_person);
}

static status_t
begin_at_unit(struct desk *desk, const Person *person, PersonRole role, Person **ret_person)
{
    BeginPersonPostRequest *in = begin_person_post_request_new(desk->arena);
    char *unit = test_pg_text(desk->pg, "organizations", "select id from unit");

    in->id = person->id;
    in->role = role;
    in->place_case = LIANGXIN__ORGANIZATIONS__V1__BEGIN_PERSON_POST_REQUEST__PLACE_UNIT_ID;
    in->unit_id = arena_text(desk->arena, unit);
    free(unit);
    return ask(desk, &organizations_begin_person_post, &in->base, person->version, ret_person);
}

static status_t
end(struct desk *desk, const Person *person, PersonRole role, const char *organization, Person **ret_person)
{
    EndPersonPostRequest *in = end_person_post_request_new(desk->arena);

    in->id = person->id;
    in->role = role;
    in->place_case = LIANGXIN__ORGANIZATIONS__V1__END_PERSON_POST_REQUEST__PLACE_ORGANIZATION_ID;
    in->organization_id = desk_organization(desk, organization)->id;
    return ask(desk, &organizations_end_person_post, &in->base, person->version, ret_person);
}

static int
open_town(void **state)
{
    desk_open_town(state);
    desk_commit(*state, desk_upload_text(*state, LEDGER(UNITS), unit_file), false);
    return 0;
}

static void
numbers_are_sealed_and_masked(void **state)
{
    struct desk *desk = *state;
    RevealPersonRequest *reveal = reveal_person_request_new(desk->arena);
    ProtobufCMessage *out;
    Person *person;

    assert_null(create(desk, "申甲", NUMBER, &person));
    assert_string_equal(person->identity_number, "110101********4514");
    assert_string_equal(person->telephone, "139****0001");
    assert_string_equal(person->born_on, "1990-03-07");
    assert_false(person->is_member);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from person where identity_sealed is not null"
                                    "   and position('" NUMBER "'::bytea in identity_sealed) = 0"),
                     1);
    reveal->id = person->id;
    reveal->reason = wire_text("核对申请人");
    assert_null(desk_call(desk, desk_method(&organizations_reveal_person), &reveal->base, 0, &out));
    assert_string_equal(((RevealedPerson *)out)->identity_number, NUMBER);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from audit where reason = '核对申请人'"), 1);
}

static void
a_number_is_of_one_person(void **state)
{
    struct desk *desk = *state;
    EditPersonRequest *in = edit_person_request_new(desk->arena);
    Person *person;
    status_t st = create(desk, "申乙", NUMBER, &person);

    assert_true(status_is(st, PROBLEM_ALREADY_EXISTS));
    assert_string_equal(st->pointer, "/identity_number");
    assert_null(create(desk, "申乙", "", &person));
    in->id = person->id;
    in->set_identity_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_PERSON_REQUEST__SET_IDENTITY_IDENTITY_NUMBER;
    in->identity_number = wire_text(NUMBER);
    assert_true(
        status_is(ask(desk, &organizations_edit_person, &in->base, person->version, &person), PROBLEM_ALREADY_EXISTS));
}

static ListPersonsRequest *
listing(struct desk *desk, PersonRole role)
{
    ListPersonsRequest *in = list_persons_request_new(desk->arena);

    if (role) {
        in->which_case = LIANGXIN__ORGANIZATIONS__V1__LIST_PERSONS_REQUEST__WHICH_ROLE;
        in->role = role;
    }
    return in;
}

static size_t
count(struct desk *desk, PersonRole role)
{
    ProtobufCMessage *out;

    assert_null(desk_call(desk, desk_method(&organizations_list_persons), &listing(desk, role)->base, 0, &out));
    return ((PersonPage *)out)->n_items;
}

static Person *
first(struct desk *desk, PersonRole role)
{
    ProtobufCMessage *out;

    assert_null(desk_call(desk, desk_method(&organizations_list_persons), &listing(desk, role)->base, 0, &out));
    assert_true(((PersonPage *)out)->n_items > 0);
    return ((PersonPage *)out)->items[0];
}

static void
an_older_version_is_shown_what_differs(void **state)
{
    struct desk *desk = *state;
    EditPersonRequest *in = edit_person_request_new(desk->arena);
    Person *person = first(desk, (PersonRole)0);
    int64_t version = person->version;
    status_t st;

    in->id = person->id;
    in->set_name_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_PERSON_REQUEST__SET_NAME_NAME;
    in->name = wire_text("申丙");
    assert_null(ask(desk, &organizations_edit_person, &in->base, version, &person));
    assert_string_equal(person->name, "申丙");
    assert_int_equal(person->version, version + 1);
    in->name = wire_text("申丁");
    st = ask(desk, &organizations_edit_person, &in->base, version, &person);
    assert_true(status_is(st, PROBLEM_STALE));
    assert_int_equal(st->comparison->n_changes, 1);
    assert_string_equal(st->comparison->changes[0].value, "申丙");
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from person_history where what = 'changed 姓名'"),
        1);
}

static void
posts_have_their_places_and_days(void **state)
{
    struct desk *desk = *state;
    Person *person = first(desk, (PersonRole)0);
    Person *refused;

    assert_null(begin(desk, person, ROLE(ACTIVIST), "T1", &person));
    assert_int_equal(person->n_posts, 1);
    assert_string_equal(person->posts[0]->organization_name, "甲党支部");
    assert_true(status_is(begin(desk, person, ROLE(ACTIVIST), "T1", &refused), PROBLEM_ALREADY_EXISTS));
    assert_true(status_is(begin(desk, person, ROLE(OWNER), "T1", &refused), PROBLEM_BAD_VALUE));
    assert_null(begin_at_unit(desk, person, ROLE(OWNER), &person));
    assert_int_equal(person->n_posts, 2);
    assert_int_equal(count(desk, ROLE(ACTIVIST)), 1);
    assert_null(end(desk, person, ROLE(ACTIVIST), "T1", &person));
    assert_int_equal(count(desk, ROLE(ACTIVIST)), 0);
    assert_int_equal(count(desk, ROLE(OWNER)), 1);
    assert_true(status_is(end(desk, person, ROLE(ACTIVIST), "T1", &refused), PROBLEM_NOT_FOUND));
    assert_null(begin(desk, person, ROLE(ACTIVIST), "T1", &person));
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from person_history where what like 'post %'"), 4);
}

static void
outside_of_scope_nobody_is_there(void **state)
{
    struct desk *desk = *state;
    Person *person = first(desk, (PersonRole)0);
    Person *out;

    desk_act_at(desk, "V");
    assert_true(status_is(read_person(desk, person->id, &out), PROBLEM_NOT_FOUND));
    assert_int_equal(count(desk, (PersonRole)0), 0);
    assert_true(status_is(create(desk, "申戊", "", &out), PROBLEM_OUTSIDE_SCOPE));
    desk_act_at(desk, "T");
    assert_null(read_person(desk, person->id, &out));
    desk_act_at(desk, "ROOT");
}

/* The candidate of this number becomes a member: one person, one record, and nothing is applied for any more. */
static void
who_becomes_a_member_is_the_same_person(void **state)
{
    struct desk *desk = *state;
    size_t persons = count(desk, (PersonRole)0);
    EditPersonRequest *edit = edit_person_request_new(desk->arena);
    Person *out;
    Person *candidate;
    char *id = test_pg_text(desk->pg, "organizations", "select id from person where identity_index is not null");

    assert_null(read_person(desk, id, &candidate));
    if (candidate->n_posts == 0)
        assert_null(begin(desk, candidate, ROLE(APPLICANT), "T1", &candidate));
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(MEMBERS),
                                 "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,"
                                 "工作单位代码,手机号码,党内职务,人员类别,党费计算基数,流动党员\n"
                                 "申甲,男,," NUMBER ",1990-03-07,,2026-07-01,,预备党员,T1,,,,,,否\n"),
                false);
    assert_int_equal(count(desk, (PersonRole)0), persons - 1);
    assert_null(read_person(desk, id, &candidate));
    assert_true(candidate->is_member);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from person_post t join member m on m.person_id = t.person_id"
                                    " where t.role in ('activist', 'applicant') and t.until is null"),
                     0);
    assert_true(status_is(begin(desk, candidate, ROLE(APPLICANT), "T1", &out), PROBLEM_PERSON_IS_MEMBER));
    edit->id = candidate->id;
    edit->set_name_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_PERSON_REQUEST__SET_NAME_NAME;
    edit->name = wire_text("申己");
    assert_true(status_is(ask(desk, &organizations_edit_person, &edit->base, candidate->version, &out),
                          PROBLEM_PERSON_IS_MEMBER));
    free(id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_sealed_and_masked),
        cmocka_unit_test(a_number_is_of_one_person),
        cmocka_unit_test(an_older_version_is_shown_what_differs),
        cmocka_unit_test(posts_have_their_places_and_days),
        cmocka_unit_test(outside_of_scope_nobody_is_there),
        cmocka_unit_test(who_becomes_a_member_is_the_same_person),
    };

    return cmocka_run_group_tests(tests, open_town, desk_close_town);
}
