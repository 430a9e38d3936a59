/* SPDX-License-Identifier: Apache-2.0 */
/* The sample of ops/up taken in: a town and a district, with the figures they are known for; taken in again: nothing.
 */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"

#define LOADED_ON "2026-11-21" /* the day that the sample's figures are told for */

/* Ten in the morning of that day, in Shanghai. */
static void
live_on(const char *text, int days)
{
    date_t day = DATE_NONE;

    clock_shift(0);
    assert_true(date_parse(slice_of(text), &day));
    clock_shift(((int64_t)day + days) * 86400 + 2 * 3600 - clock_now() / 1000000);
    assert_int_equal(clock_today(), day + days);
}

static int
open_with_sample(void **state)
{
    struct desk *desk;

    live_on(LOADED_ON, 0);
    desk = desk_open();

    desk_load(desk, "township");
    desk_load(desk, "district");
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
the_town_has_its_figures(void **state)
{
    Summary *town = desk_summary(*state, "Z0001");

    assert_int_equal(town->nodes, 269);
    assert_int_equal(town->organizations, 268);
    assert_int_equal(town->single, 242);
    assert_int_equal(town->joint, 26);
    assert_int_equal(town->units_covered, 836);
    assert_int_equal(town->units_uncovered, 0);
    assert_int_equal(town->members, 1192);
    assert_int_equal(town->floating_members, 56);
    assert_int_equal(town->operating_covered, 784);
    assert_int_equal(town->units_operating, 784);
    assert_int_equal(town->operating_single, 228);
}

static Summary *
summary_of_day(struct desk *desk, const char *code, const char *as_of)
{
    SummarizeOrganizationRequest *in = summarize_organization_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->id = desk_organization(desk, code)->id;
    in->as_of = wire_text(as_of);
    assert_null(desk_call(desk, desk_method(&organizations_summarize_organization), &in->base, 0, &out));
    return (Summary *)out;
}

/* One summary says what 134 messages would. */
static void
the_town_has_134_terms_over(void **state)
{
    struct desk *desk = *state;
    ListTermsOverRequest *in = list_terms_over_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    assert_int_equal(desk_summary(desk, "Z0001")->terms_over, 134);
    assert_int_equal(desk_summary(desk, "ROOT")->terms_over, 134 + desk_summary(desk, "D0001")->terms_over);
    in->id = desk_organization(desk, "Z0001")->id;
    in->limit = 200;
    assert_null(desk_call(desk, desk_method(&organizations_list_terms_over), &in->base, 0, &out));
    assert_int_equal(((OrganizationPage *)out)->n_items, 134);
    assert_string_equal(((OrganizationPage *)out)->next_cursor, "");
}

/* Stands last: the clock of the process goes on. */
static void
a_month_later_the_day_of_the_load_is_as_it_was(void **state)
{
    struct desk *desk = *state;
    Summary *then;

    live_on(LOADED_ON, 31);
    assert_true(desk_summary(desk, "Z0001")->terms_over > 134);
    then = summary_of_day(desk, "Z0001", LOADED_ON);
    assert_int_equal(then->terms_over, 134);
    assert_int_equal(then->nodes, 269);
    assert_int_equal(then->members, 1192);
    assert_int_equal(then->units_covered, 836);
    assert_int_equal(then->operating_single, 228);
    assert_string_equal(then->as_of, LOADED_ON);
    then = summary_of_day(desk, "D0001", LOADED_ON);
    assert_int_equal(then->members, 507);
    assert_int_equal(then->units_uncovered, 40);
    assert_int_equal(then->operating_covered, 235);
    assert_int_equal(summary_of_day(desk, "Z0001", "2026-11-20")->nodes, 0);
}

static void
the_district_has_its_figures(void **state)
{
    Summary *district = desk_summary(*state, "D0001");

    assert_int_equal(district->operating_covered, 235);
    assert_int_equal(district->units_operating, 273);
    assert_int_equal(district->operating_single, 41);
    assert_int_equal(district->units, 300);
    assert_int_equal(district->units_uncovered, 40);
    assert_int_equal(district->operating_uncovered, 38);
    assert_int_equal(district->members, 507);
}

static void
the_city_is_the_sum_of_both(void **state)
{
    Summary *city = desk_summary(*state, "ROOT");

    assert_int_equal(city->nodes, 1 + 269 + 71);
    assert_int_equal(city->organizations, 268 + 70);
    assert_int_equal(city->members, 1192 + 507);
    assert_int_equal(city->units, 836 + 300);
}

static void
a_second_import_of_the_same_files_changes_nothing(void **state)
{
    static const struct {
        Ledger ledger;
        const char *path;
    } files[] = {
        { LEDGER(REGIONS), "township/divisions.csv" },
        { LEDGER(ORGANIZATIONS), "township/organizations.csv" },
        { LEDGER(UNITS), "township/units.csv" },
        { LEDGER(MEMBERS), "township/members.csv" },
        { LEDGER(ORGANIZATIONS), "district/organizations.csv" },
        { LEDGER(UNITS), "district/units.csv" },
        { LEDGER(MEMBERS), "district/members.csv" },
    };
    struct desk *desk = *state;
    int64_t events = test_pg_number(desk->pg, "organizations", "select count(*) from outbox");

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        Import *import = desk_upload_file(desk, files[i].ledger, files[i].path);

        assert_int_equal(import->unchanged, import->read);
        import = desk_commit(desk, import, false);
        assert_int_equal(import->unchanged, import->read);
        assert_int_equal(import->done, import->read);
    }
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from outbox"), events);
}

static void
every_member_has_one_membership_and_one_event(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from membership where until is null"),
                     1192 + 507);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from outbox where aggregate = 'member' and version = 1"),
                     1192 + 507);
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from audit where object = 'member' and account_id is not null"),
                     1192 + 507);
}

static void
organizations_are_told_superiors_first(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from relation r"
                                    "  join outbox below on below.aggregate_id = r.organization_id"
                                    "  join outbox above on above.aggregate_id = r.superior_id"
                                    " where r.kind = 'line' and above.id >= below.id"),
                     0);
}

/* A secretary named by the ledger of organizations is the member of that name: one person, not two. */
static void
secretaries_are_the_members_they_are(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from post t join member m on m.person_id = t.person_id"
                                    " where m.duty = '书记' and m.organization_id = t.organization_id"),
                     268 + 66);
}

static void
the_line_is_closed_under_superiors(void **state)
{
    struct desk *desk = *state;

    assert_int_equal(
        test_pg_number(desk->pg, "organizations",
                       "with recursive up (descendant, ancestor) as ("
                       "    select id, id from organization"
                       "    union all select up.descendant, r.superior_id from up"
                       "      join relation r on r.organization_id = up.ancestor and r.kind = 'line')"
                       " select count(*) from (select * from up except"
                       "                       select descendant, ancestor from organization_line) missing"),
        0);
}

static void
numbers_are_sealed_and_shown_masked(void **state)
{
    struct desk *desk = *state;
    ListMembersRequest *in = list_members_request_new(desk->arena);
    ProtobufCMessage *out;
    Member *member;

    in->organization_id = desk_organization(desk, "Z00010001")->id;
    assert_null(desk_call(desk, desk_method(&organizations_list_members), &in->base, 0, &out));
    member = NULL;
    for (size_t i = 0; i < ((MemberPage *)out)->n_items; i++)
        if (strcmp(((MemberPage *)out)->items[i]->name, "翁兴倩") == 0)
            member = ((MemberPage *)out)->items[i];
    assert_non_null(member);
    assert_string_equal(member->identity_number, "320699********1130");
    assert_string_equal(member->telephone, "139****7313");
    assert_int_equal(test_pg_number(desk->pg, "organizations",
                                    "select count(*) from person where position('32069919' in"
                                    " encode(coalesce(identity_sealed, ''), 'escape')) > 0"),
                     0);
}

static size_t
walk_members(struct desk *desk, uint32_t limit)
{
    ListMembersRequest *in = list_members_request_new(desk->arena);
    const char *before = "";
    size_t seen = 0;

    in->limit = limit;
    do {
        ProtobufCMessage *out;
        MemberPage *page;

        assert_null(desk_call(desk, desk_method(&organizations_list_members), &in->base, 0, &out));
        page = (MemberPage *)out;
        for (size_t i = 0; i < page->n_items; i++) {
            assert_true(strcmp(before, page->items[i]->name) <= 0);
            before = page->items[i]->name;
        }
        seen += page->n_items;
        in->cursor = page->next_cursor;
    } while (in->cursor[0]);
    return seen;
}

static void
pages_of_members_show_each_once_by_name(void **state)
{
    struct desk *desk = *state;
    struct id root = desk->actor.organization;

    assert_int_equal(walk_members(desk, 200), 1192 + 507);
    desk_act_at(desk, "D0001");
    assert_int_equal(walk_members(desk, 13), 507);
    desk->actor.organization = root;
}

static void
outside_its_scope_nothing_exists(void **state)
{
    struct desk *desk = *state;
    struct id root = desk->actor.organization;
    OrganizationId *organization = organization_id_new(desk->arena);
    SummarizeOrganizationRequest *summary = summarize_organization_request_new(desk->arena);
    MemberId *member = member_id_new(desk->arena);
    ProtobufCMessage *out;

    organization->id = desk_organization(desk, "Z00010001")->id;
    summary->id = organization->id;
    member->id = test_pg_text(desk->pg, "organizations",
                              "select m.id from member m join organization o on o.id = m.organization_id"
                              " where o.code = 'Z00010001' limit 1");
    desk_act_at(desk, "D0001");
    assert_true(status_is(desk_call(desk, desk_method(&organizations_get_organization), &organization->base, 0, &out),
                          PROBLEM_NOT_FOUND));
    assert_true(status_is(desk_call(desk, desk_method(&organizations_summarize_organization), &summary->base, 0, &out),
                          PROBLEM_NOT_FOUND));
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_get_member), &member->base, 0, &out), PROBLEM_NOT_FOUND));
    desk->actor.organization = root;
    assert_null(desk_call(desk, desk_method(&organizations_get_member), &member->base, 0, &out));
    free(member->id);
}

static size_t
walk_organizations(struct desk *desk)
{
    ListOrganizationsRequest *in = list_organizations_request_new(desk->arena);
    const char *before = "";
    size_t seen = 0;

    in->limit = 200;
    do {
        ProtobufCMessage *out;
        OrganizationPage *page;

        assert_null(desk_call(desk, desk_method(&organizations_list_organizations), &in->base, 0, &out));
        page = (OrganizationPage *)out;
        for (size_t i = 0; i < page->n_items; i++) {
            assert_true(strcmp(before, page->items[i]->code) < 0);
            before = page->items[i]->code;
        }
        seen += page->n_items;
        in->cursor = page->next_cursor;
    } while (in->cursor[0]);
    return seen;
}

static size_t
walk_units(struct desk *desk, const char *organization)
{
    ListUnitsRequest *in = list_units_request_new(desk->arena);
    size_t seen = 0;

    in->limit = 200;
    in->organization_id = wire_text(organization);
    do {
        ProtobufCMessage *out;

        assert_null(desk_call(desk, desk_method(&organizations_list_units), &in->base, 0, &out));
        seen += ((UnitPage *)out)->n_items;
        in->cursor = ((UnitPage *)out)->next_cursor;
    } while (in->cursor[0]);
    return seen;
}

static void
lists_below_one_organization_are_its_own(void **state)
{
    struct desk *desk = *state;
    ListOrganizationsRequest *in = list_organizations_request_new(desk->arena);
    ListUnitsRequest *unit = list_units_request_new(desk->arena);
    ProtobufCMessage *out;

    in->superior_id = desk_organization(desk, "D00010001")->id;
    assert_null(desk_call(desk, desk_method(&organizations_list_organizations), &in->base, 0, &out));
    assert_int_equal(((OrganizationPage *)out)->n_items, 33);
    assert_int_equal(walk_units(desk, desk_organization(desk, "Z0001")->id), 836);
    unit->code = wire_text("52320699MAR05UMW1C");
    assert_null(desk_call(desk, desk_method(&organizations_list_units), &unit->base, 0, &out));
    assert_int_equal(((UnitPage *)out)->n_items, 1);
}

/* The city's line is walked another way than a town's; what is told is the same. */
static void
a_wide_line_tells_the_same_as_a_narrow_one(void **state)
{
    struct desk *desk = *state;
    Summary *before = desk_summary(desk, "ROOT");
    Summary *after;

    assert_int_equal(walk_organizations(desk), before->nodes);
    assert_int_equal(walk_units(desk, ""), before->units);
    test_pg_run(
        desk->pg, "organizations",
        "with made as (insert into organization (id, code, name, kind, version)"
        "    select gen_random_uuid(), 'W' || n, 'W', 'branch', 1 from generate_series(1, 5500) n returning id),"
        " lines as (insert into organization_line select id, id, 0 from made),"
        " relations as (insert into relation (organization_id, superior_id, kind, scope, since)"
        "    select made.id, o.id, 'line', 'write', '2026-01-01' from made, organization o where o.code = 'ROOT'),"
        " periods as (insert into organization_period (organization_id, since, kind)"
        "    select id, '2026-01-01', 'branch' from made)"
        " insert into organization_line select made.id, o.id, 1 from made, organization o where o.code = 'ROOT'");
    after = desk_summary(desk, "ROOT");
    assert_int_equal(after->nodes, before->nodes + 5500);
    assert_int_equal(after->members, before->members);
    assert_int_equal(after->floating_members, before->floating_members);
    assert_int_equal(after->units, before->units);
    assert_int_equal(after->operating_single, before->operating_single);
    assert_int_equal(walk_organizations(desk), after->nodes);
    assert_int_equal(walk_units(desk, ""), after->units);
    assert_int_equal(walk_members(desk, 200), after->members);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_town_has_its_figures),
        cmocka_unit_test(the_town_has_134_terms_over),
        cmocka_unit_test(the_district_has_its_figures),
        cmocka_unit_test(the_city_is_the_sum_of_both),
        cmocka_unit_test(every_member_has_one_membership_and_one_event),
        cmocka_unit_test(organizations_are_told_superiors_first),
        cmocka_unit_test(secretaries_are_the_members_they_are),
        cmocka_unit_test(the_line_is_closed_under_superiors),
        cmocka_unit_test(numbers_are_sealed_and_shown_masked),
        cmocka_unit_test(pages_of_members_show_each_once_by_name),
        cmocka_unit_test(outside_its_scope_nothing_exists),
        cmocka_unit_test(lists_below_one_organization_are_its_own),
        cmocka_unit_test(a_second_import_of_the_same_files_changes_nothing),
        cmocka_unit_test(a_wide_line_tells_the_same_as_a_narrow_one),
        cmocka_unit_test(a_month_later_the_day_of_the_load_is_as_it_was),
    };

    return cmocka_run_group_tests(tests, open_with_sample, close_desk);
}
