/* SPDX-License-Identifier: Apache-2.0 */
/* A form does what a row of the ledger does: the same row, the same event, the same hash in the audit; what the ledger
 * refuses the form refuses; an older version is shown what differs. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <stdio.h>

#include "desk.h"
#include "support/people.h"

#define SET(message, name) LIANGXIN__ORGANIZATIONS__V1__EDIT_##message##_REQUEST__SET_##name

static const char row[] =
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,"
    "联系电话,预备党员审批权\n%s,新设党支部,党支部,T,单独组建,320699,%s,2020-05-06,2028-05-06,李四,"
    "0513-88001133,\n";

static void
upload(struct desk *desk, Ledger ledger, const char *text)
{
    Import *import = desk_commit(desk, desk_upload_text(desk, ledger, text), false);

    assert_int_equal(import->created + import->updated, import->read);
}

static CreateOrganizationRequest *
new_branch(struct desk *desk, const char *code)
{
    CreateOrganizationRequest *in = create_organization_request_new(desk->arena);

    in->code = wire_text(code);
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
    return in;
}

/* What stands of an organization, without what differs from one to the next. */
static char *
traces(struct desk *desk, const char *code)
{
    return test_pg_text(
        desk->pg, "organizations",
        arena_printf(
            desk->arena,
            "select concat_ws('|', o.name, o.kind, o.establish_form, o.region_code, o.place, o.founded_on,"
            "   o.term_ends_on, o.telephone, o.version, p.name, s.code, k.since, k.kind,"
            "   (select string_agg(l.depth || a.code, ',' order by l.depth) from organization_line l"
            "      join organization a on a.id = l.ancestor where l.descendant = o.id and l.depth > 0),"
            "   (select string_agg(e.type || e.version || length(e.payload), ',' order by e.version) from outbox e"
            "     where e.aggregate_id = o.id),"
            "   (select string_agg(u.object || u.role || (u.before_hash is null)::text, ',' order by u.id) from audit u"
            "     where u.object_id = o.id))"
            "  from organization o join post t on t.organization_id = o.id and t.until is null"
            "  join person p on p.id = t.person_id"
            "  join relation r on r.organization_id = o.id and r.until is null"
            "  join organization s on s.id = r.superior_id"
            "  join organization_period k on k.organization_id = o.id and k.until is null where o.code = '%s'",
            code));
}

static void
equal_traces(struct desk *desk, const char *one, const char *other)
{
    char *here = traces(desk, one);
    char *there = traces(desk, other);

    assert_non_null(here);
    assert_string_equal(here, there);
    free(here);
    free(there);
}

static int64_t
version_of(struct desk *desk, const char *code)
{
    return desk_organization(desk, code)->version;
}

static status_t
edit_place(struct desk *desk, const char *code, int64_t version, const char *place)
{
    EditOrganizationRequest *in = edit_organization_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = desk_organization(desk, code)->id;
    in->set_place_case = SET(ORGANIZATION, PLACE_PLACE);
    in->place = wire_text(place);
    return desk_call(desk, desk_method(&organizations_edit_organization), &in->base, version, &out);
}

static void
a_form_leaves_what_a_row_leaves(void **state)
{
    struct desk *desk = *state;
    ProtobufCMessage *out;

    upload(desk, LEDGER(ORGANIZATIONS), arena_printf(desk->arena, row, "T8", ""));
    assert_null(
        desk_call(desk, desk_method(&organizations_create_organization), &new_branch(desk, "T9")->base, 0, &out));
    equal_traces(desk, "T8", "T9");
    upload(desk, LEDGER(ORGANIZATIONS), arena_printf(desk->arena, row, "T8", "东园"));
    assert_null(edit_place(desk, "T9", 1, "东园"));
    equal_traces(desk, "T8", "T9");
    assert_int_equal(version_of(desk, "T9"), 2);
}

static void
a_form_is_refused_where_a_row_is(void **state)
{
    struct desk *desk = *state;
    CreateOrganizationRequest *in = new_branch(desk, "T7");
    ProtobufCMessage *out;
    status_t st;

    in->region_code = wire_text("99");
    in->term_ends_on = wire_text("2019-01-01");
    st = desk_call(desk, desk_method(&organizations_create_organization), &in->base, 0, &out);
    assert_true(status_is(st, PROBLEM_BAD_DATE_ORDER));
    assert_string_equal(st->pointer, "/term_ends_on");
    in->term_ends_on = wire_text("");
    st = desk_call(desk, desk_method(&organizations_create_organization), &in->base, 0, &out);
    assert_true(status_is(st, PROBLEM_UNKNOWN_REGION));
    assert_string_equal(st->pointer, "/region_code");
    desk_act_at(desk, "V");
    assert_true(status_is(
        desk_call(desk, desk_method(&organizations_create_organization), &new_branch(desk, "T6")->base, 0, &out),
        PROBLEM_OUTSIDE_SCOPE));
    desk_act_at(desk, "ROOT");
}

static void
an_older_version_is_shown_what_differs(void **state)
{
    struct desk *desk = *state;
    int64_t version = version_of(desk, "T1");
    status_t st;

    assert_null(edit_place(desk, "T1", version, "西园"));
    st = edit_place(desk, "T1", version, "南园");
    assert_true(status_is(st, PROBLEM_STALE));
    assert_int_equal(st->comparison->version, version + 1);
    assert_int_equal(st->comparison->n_changes, 1);
    assert_string_equal(st->comparison->changes[0].pointer, "/place");
    assert_string_equal(st->comparison->changes[0].value, "西园");
    assert_null(edit_place(desk, "T1", version + 1, "西园"));
    assert_int_equal(version_of(desk, "T1"), version + 1);
}

static void
load_member(struct desk *desk)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    people_head(out);
    people_row(out, 7, "T1");
    fclose(out);
    upload(desk, LEDGER(MEMBERS), text);
    free(text);
}

static void
plain_data_of_a_member_change_and_the_affiliation_does_not(void **state)
{
    struct desk *desk = *state;
    EditMemberRequest *in = edit_member_request_new(desk->arena);
    ProtobufCMessage *out;
    char *id;

    load_member(desk);
    id = test_pg_text(desk->pg, "organizations", "select id from member");
    in->id = id;
    in->set_floating_case = SET(MEMBER, FLOATING_FLOATING);
    in->floating = true;
    in->set_education_case = SET(MEMBER, EDUCATION_EDUCATION);
    in->education = wire_text("硕士");
    assert_null(desk_call(desk, desk_method(&organizations_edit_member), &in->base, 1, &out));
    assert_true(((Member *)out)->floating);
    assert_string_equal(((Member *)out)->education, "硕士");
    assert_int_equal(((Member *)out)->version, 2);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from outbox e join member m on m.id = e.aggregate_id"
                                    " where e.version = 2"),
                     1);
    assert_int_equal(desk_summary(desk, "T")->floating_members, 1);
    in->set_organization_case = SET(MEMBER, ORGANIZATION_ORGANIZATION_CODE);
    in->organization_code = wire_text("T8");
    assert_true(status_is(desk_call(desk, desk_method(&organizations_edit_member), &in->base, 2, &out),
                          PROBLEM_AFFILIATION_NEEDS_LETTER));
    desk_act_at(desk, "V");
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_edit_member), &in->base, 2, &out), PROBLEM_NOT_FOUND));
    desk_act_at(desk, "ROOT");
    free(id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_leaves_what_a_row_leaves),
        cmocka_unit_test(a_form_is_refused_where_a_row_is),
        cmocka_unit_test(an_older_version_is_shown_what_differs),
        cmocka_unit_test(plain_data_of_a_member_change_and_the_affiliation_does_not),
    };

    return cmocka_run_group_tests(tests, desk_open_town, desk_close_town);
}
