/* SPDX-License-Identifier: Apache-2.0 */
/* The two coverages (两个覆盖) of the sample: figures right to the unit, each with as many rows as it says, as they
 * were on the day before an organization was dissolved, and kept as units, members and posts change. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/coverage/recount.h"
#include "organizations/coverage/standing.h"

#define U(name) LIANGXIN__ORGANIZATIONS__V1__UNIT_MEASURE__UNIT_MEASURE_##name
#define O(name) LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION_MEASURE__ORGANIZATION_MEASURE_##name

static void
count_changes(struct desk *desk)
{
    bool more = true;

    while (more)
        assert_null(desk_step(desk, job_coverage, &more));
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from coverage_unit_change"), 0);
}

static int
open_with_sample(void **state)
{
    struct desk *desk = desk_open();

    desk_load(desk, "township");
    desk_load(desk, "district");
    count_changes(desk);
    *state = desk;
    return 0;
}

static int
close_desk(void **state)
{
    desk_close(*state);
    return 0;
}

static const char *
day(struct desk *desk, int days)
{
    char text[DATE_SIZE];

    date_format(clock_today() + days, text);
    return arena_text(desk->arena, text);
}

static Coverage *
line(struct desk *desk, const char *code, const char *as_of)
{
    LineCoverageRequest *in = line_coverage_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->id = desk_organization(desk, code)->id;
    in->as_of = wire_text(as_of);
    assert_null(desk_call(desk, desk_method(&organizations_report_line_coverage), &in->base, 0, &out));
    return (Coverage *)out;
}

static Coverage *
region(struct desk *desk, const char *code)
{
    RegionCoverageRequest *in = region_coverage_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    in->code = wire_text(code);
    assert_null(desk_call(desk, desk_method(&organizations_report_region_coverage), &in->base, 0, &out));
    return (Coverage *)out;
}

static int64_t
units(const Coverage *coverage, UnitMeasure measure)
{
    return coverage->units[measure - 1]->count;
}

static int64_t
organizations(const Coverage *coverage, OrganizationMeasure measure)
{
    return coverage->organizations[measure - 1]->count;
}

static void
the_town_is_covered_right_to_the_unit(void **state)
{
    Coverage *town = line(*state, "Z0001", "");

    assert_false(town->pending);
    assert_int_equal(units(town, U(UNITS)), 836);
    assert_int_equal(units(town, U(OPERATING)), 784);
    assert_int_equal(units(town, U(COVERED)), 784);
    assert_int_equal(town->units[U(COVERED) - 1]->rate_bp, 10000);
    assert_int_equal(units(town, U(SINGLE)), 228);
    assert_int_equal(town->units[U(SINGLE) - 1]->whole, 784);
    assert_int_equal(town->units[U(SINGLE) - 1]->rate_bp, 2908);
    assert_int_equal(units(town, U(BLANK)), 0);
    assert_int_equal(units(town, U(IDLE_COVERED)), 52);
    assert_int_equal(organizations(town, O(ORGANIZATIONS)), 268);
    assert_int_equal(organizations(town, O(JOINT_BRANCHES)), 26);
    assert_int_equal(organizations(town, O(WIDE)), 26);
    assert_int_equal(town->joint_units, 594);
    assert_int_equal(town->units_per_joint_bp, 228462);
    assert_non_null(strstr(town->organizations[O(WIDE) - 1]->article, "第五条"));
}

static void
the_district_is_covered_right_to_the_unit(void **state)
{
    Coverage *district = line(*state, "D0001", "");

    assert_int_equal(units(district, U(UNITS)), 300);
    assert_int_equal(units(district, U(OPERATING)), 273);
    assert_int_equal(units(district, U(COVERED)), 235);
    assert_int_equal(units(district, U(SINGLE)), 41);
    assert_int_equal(units(district, U(BLANK)), 38);
    assert_int_equal(units(district, U(WORKED)) + units(district, U(UNTOUCHED)), 273);
    assert_int_equal(units(district, U(DUE)), units(district, U(FOUNDED)) + units(district, U(MUST_FOUND)));
}

static void
the_territory_of_both_is_the_city(void **state)
{
    Coverage *city = line(*state, "ROOT", "");
    Coverage *town = region(*state, "320699");
    Coverage *district = region(*state, "320698");

    for (int i = 0; i < (int)city->n_units; i++)
        assert_int_equal(city->units[i]->count, town->units[i]->count + district->units[i]->count);
    assert_int_equal(units(district, U(COVERED)), 235);
    assert_int_equal(units(town, U(SINGLE)), 228);
}

/* What the ledgers say by themselves, asked another way. */
static void
figures_agree_with_a_count_of_the_ledgers(void **state)
{
    static const struct {
        UnitMeasure measure;
        const char *condition;
    } rows[] = {
        { U(DUE), "(select count(*) from member m where m.unit_id = u.id and m.status = 'active'"
                  " and m.standing = 'full') >= 3" },
        { U(BY_INSTRUCTOR),
          "u.organization_id is null and (u.instructor_name is not null or exists (select from person_post t"
          " where t.unit_id = u.id and t.role = 'instructor' and t.until is null))" },
        { U(LARGE), "u.staff >= 50 and exists (select from member m where m.unit_id = u.id and m.status = 'active')" },
        { U(SIZED), "u.staff >= case when u.kind = 'social' then 30 else 10 end" },
        { U(EFFECTIVE), "exists (select from post t where t.organization_id = u.organization_id and t.until is null)"
                        " and exists (select from member m where m.organization_id = u.organization_id"
                        " and m.status = 'active')" },
    };
    struct desk *desk = *state;
    Coverage *city = line(desk, "ROOT", "");

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(units(city, rows[i].measure),
                         test_pg_number(desk->pg, "organizations",
                                        arena_printf(desk->arena,
                                                     "select count(*) from unit u where u.business_state = 'operating'"
                                                     " and %s",
                                                     rows[i].condition)));
    assert_true(units(city, U(DUE)) > 0);
}

static int64_t
walk_units(struct desk *desk, const char *organization, UnitMeasure measure)
{
    LineCoverageUnitsRequest *in = line_coverage_units_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    int64_t seen = 0;

    in->id = desk_organization(desk, organization)->id;
    in->measure = measure;
    in->limit = 199;
    do {
        CoverageUnitPage *page;

        assert_null(desk_call(desk, desk_method(&organizations_list_line_coverage_units), &in->base, 0, &out));
        page = (CoverageUnitPage *)out;
        for (size_t i = 1; i < page->n_items; i++)
            assert_true(strcmp(page->items[i - 1]->id, page->items[i]->id) < 0);
        seen += (int64_t)page->n_items;
        in->cursor = page->next_cursor;
    } while (in->cursor[0]);
    return seen;
}

static void
every_figure_has_its_rows(void **state)
{
    struct desk *desk = *state;
    Coverage *city = line(desk, "ROOT", "");
    LineCoverageOrganizationsRequest *in = line_coverage_organizations_request_new(desk->arena);
    ProtobufCMessage *out = NULL;

    for (int measure = 1; measure <= (int)city->n_units; measure++)
        assert_int_equal(walk_units(desk, "ROOT", (UnitMeasure)measure), units(city, (UnitMeasure)measure));
    in->id = desk_organization(desk, "Z0001")->id;
    in->measure = O(WIDE);
    assert_null(desk_call(desk, desk_method(&organizations_list_line_coverage_organizations), &in->base, 0, &out));
    assert_int_equal(((CoverageOrganizationPage *)out)->n_items, 26);
    for (int i = 0; i < 26; i++)
        assert_true(((CoverageOrganizationPage *)out)->items[i]->units > 5);
}

static void
what_lies_outside_does_not_exist(void **state)
{
    struct desk *desk = *state;
    LineCoverageRequest *in = line_coverage_request_new(desk->arena);
    RegionCoverageRequest *other = region_coverage_request_new(desk->arena);
    struct actor city = desk->actor;
    ProtobufCMessage *out;

    in->id = desk_organization(desk, "D0001")->id;
    other->code = wire_text("320698");
    desk_act_at(desk, "Z0001");
    assert_true(status_is(desk_call(desk, desk_method(&organizations_report_line_coverage), &in->base, 0, &out),
                          PROBLEM_NOT_FOUND));
    assert_true(status_is(desk_call(desk, desk_method(&organizations_report_region_coverage), &other->base, 0, &out),
                          PROBLEM_NOT_FOUND));
    desk->actor = city;
    in->as_of = wire_text(day(desk, 1));
    assert_true(status_is(desk_call(desk, desk_method(&organizations_report_line_coverage), &in->base, 0, &out),
                          PROBLEM_OUT_OF_RANGE));
}

/* What was loaded was loaded ten days ago. */
static void
put_back(struct desk *desk)
{
    static const char *const sql[] = {
        "update relation set since = since - 10",      "update organization_standing set since = since - 10",
        "update unit_standing set since = since - 10", "delete from coverage_unit_change",
        "delete from coverage_organization_change",
    };

    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        test_pg_run(desk->pg, "organizations", sql[i]);
}

static void
the_day_before_an_organization_was_dissolved_is_as_it_was(void **state)
{
    struct desk *desk = *state;
    Coverage *now;
    Coverage *then;

    put_back(desk);
    /* A branch of the district that covers a unit alone ends, and its unit is blank. */
    test_pg_run(desk->pg, "organizations",
                "update unit set organization_id = null, coverage_form = null where id ="
                " (select u.id from unit u join organization o on o.id = u.organization_id"
                "   where o.code = 'D00010001001' and u.business_state = 'operating' limit 1)");
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena, "update organization set dissolved_on = '%s' where code = 'D00010001001'",
                             day(desk, 0)));
    assert_true(line(desk, "D0001", "")->pending);
    count_changes(desk);
    now = line(desk, "D0001", "");
    then = line(desk, "D0001", day(desk, -1));
    assert_int_equal(units(then, U(COVERED)), 235);
    assert_int_equal(units(then, U(SINGLE)), 41);
    assert_int_equal(units(then, U(OPERATING)), 273);
    assert_int_equal(units(now, U(COVERED)), 234);
    assert_int_equal(units(now, U(SINGLE)), 40);
    assert_int_equal(units(now, U(BLANK)), 39);
    assert_int_equal(organizations(now, O(ORGANIZATIONS)), organizations(then, O(ORGANIZATIONS)) - 1);
    assert_int_equal(units(line(desk, "D0001", day(desk, -11)), U(UNITS)), 0);
}

/* Every place that a figure is made of leaves its change behind. */
static void
figures_follow_members_posts_and_work(void **state)
{
    struct desk *desk = *state;
    int64_t worked;
    int64_t due;
    Coverage *town;

    count_changes(desk);
    town = line(desk, "Z0001", "");
    due = units(town, U(DUE));
    worked = units(line(desk, "D0001", ""), U(UNTOUCHED));
    assert_int_equal(organizations(town, O(NO_SECRETARY)),
                     test_pg_number(desk->pg, "organizations",
                                    "select count(*) from organization o where code like 'Z0001_%' and not exists"
                                    " (select from post t where t.organization_id = o.id and t.until is null)"));
    test_pg_run(desk->pg, "organizations",
                "update member set unit_id = null where unit_id = (select unit_id from unit_standing"
                " where full_members >= 3 and until is null and operating and region_code like '320699%' limit 1)");
    test_pg_run(desk->pg, "organizations",
                "insert into mass_organization (id, unit_id, kind, since) select gen_random_uuid(), unit_id, 'union',"
                " '2026-01-01' from unit_standing where organization_id is null and until is null and operating"
                " and not instructor limit 1");
    test_pg_run(desk->pg, "organizations",
                "update post set until = since where organization_id ="
                " (select id from organization where code = 'Z00010001')");
    count_changes(desk);
    town = line(desk, "Z0001", "");
    assert_int_equal(units(town, U(DUE)), due - 1);
    assert_int_equal(units(line(desk, "D0001", ""), U(UNTOUCHED)), worked - 1);
    assert_int_equal(units(line(desk, "D0001", ""), U(BY_MASS)), 1);
    assert_int_equal(units(town, U(NOMINAL)) > 0, true);
}

static void
recount(struct desk *desk)
{
    bool more = true;

    test_pg_run(desk->pg, "organizations", "update coverage_recount set phase = 'units', after = null, differing = 0");
    while (more)
        assert_null(desk_step(desk, job_coverage_recount, &more));
}

static void
a_recount_finds_what_is_kept_wrongly_and_has_it_counted_anew(void **state)
{
    struct desk *desk = *state;
    int64_t covered;
    int64_t found;

    count_changes(desk);
    recount(desk);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select differing from coverage_recount"), 0);
    assert_int_equal(
        test_pg_number(desk->pg, "organizations", "select count(*) from coverage_recount where phase = 'done'"), 1);
    covered = units(line(desk, "Z0001", ""), U(COVERED));
    found = coverage_recount_found();
    test_pg_run(
        desk->pg, "organizations",
        "update unit_standing set organization_id = null, coverage_form = null where until is null and unit_id ="
        " (select unit_id from unit_standing where region_code like '320699%' and operating"
        "   and until is null and organization_id is not null limit 1)");
    test_pg_run(desk->pg, "organizations",
                "update organization_standing set units = units + 1 where until is null and organization_id ="
                " (select id from organization where code = 'Z00010268')");
    assert_int_equal(units(line(desk, "Z0001", ""), U(COVERED)), covered - 1);
    recount(desk);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select count(*) from coverage_difference_history"), 2);
    assert_int_equal(coverage_recount_found(), found + 2);
    count_changes(desk);
    assert_int_equal(units(line(desk, "Z0001", ""), U(COVERED)), covered);
    recount(desk);
    assert_int_equal(test_pg_number(desk->pg, "organizations", "select differing from coverage_recount"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_town_is_covered_right_to_the_unit),
        cmocka_unit_test(the_district_is_covered_right_to_the_unit),
        cmocka_unit_test(the_territory_of_both_is_the_city),
        cmocka_unit_test(figures_agree_with_a_count_of_the_ledgers),
        cmocka_unit_test(every_figure_has_its_rows),
        cmocka_unit_test(what_lies_outside_does_not_exist),
        cmocka_unit_test(the_day_before_an_organization_was_dissolved_is_as_it_was),
        cmocka_unit_test(figures_follow_members_posts_and_work),
        cmocka_unit_test(a_recount_finds_what_is_kept_wrongly_and_has_it_counted_anew),
    };

    return cmocka_run_group_tests(tests, open_with_sample, close_desk);
}
