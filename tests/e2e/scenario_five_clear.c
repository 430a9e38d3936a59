/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger: who said what of a unit and when, two sources that differ, what a unit's own contact may do,
 * and the life of a unit. */
#include <stdio.h>

#include "e2e/units.h"
#include "support/cmocka_all.h"

static struct test_reply
sheet(struct two_towns_world *world, const char *token, const char *unit)
{
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/units/%s/facts", unit);
    reply = api_get(&world->api, token, path);
    assert_int_equal(reply.status, 200);
    return reply;
}

static void
expect_fact(struct two_towns_world *world, const char *token, const char *unit, const char *field, const char *value,
            const char *source)
{
    struct test_reply reply = sheet(world, token, unit);
    const json_t *fact = units_fact(&reply, field);

    if (!fact)
        fail_msg("no %s in %s", field, reply.body);
    assert_string_equal(units_text(fact, "value"), value);
    assert_string_equal(units_text(fact, "source"), source);
    test_reply_done(&reply);
}

/* The only open conflict of a field; its id. */
static void
open_conflict(struct two_towns_world *world, const char *token, const char *unit, const char *field, char ret_id[64])
{
    char path[160];
    struct test_reply reply;
    const json_t *items;

    snprintf(path, sizeof path, "/unit-conflicts?unit_id=%s", unit);
    reply = api_get(&world->api, token, path);
    assert_int_equal(reply.status, 200);
    items = json_object_get(reply.json, "items");
    ret_id[0] = '\0';
    for (size_t i = 0; i < json_array_size(items); i++)
        if (strcmp(units_text(json_array_get(items, i), "field"), field) == 0)
            snprintf(ret_id, 64, "%s", units_text(json_array_get(items, i), "id"));
    test_reply_done(&reply);
    assert_true(ret_id[0]);
}

static void
decide(struct two_towns_world *world, const char *conflict, const char *verdict, long status)
{
    char path[160];
    char body[160];

    snprintf(path, sizeof path, "/unit-conflicts/%s/decide", conflict);
    snprintf(body, sizeof body, "{\"verdict\":\"%s\",\"reason\":\"已电话核实\"}", verdict);
    units_expect(api_post(&world->api, world->towns.east_clerk, path, 0, body), status);
}

static void
五清台账_every_field_has_its_day_its_source_and_who_confirmed_it(void **state)
{
    struct two_towns_world *world = *state;
    const char *clerk = world->towns.east_clerk;
    char unit[64];
    char path[128];
    struct test_reply reply;
    long version;

    units_find(&world->api, clerk, SHOES, unit);
    version = units_version(&world->api, clerk, unit);
    expect_fact(world, clerk, unit, "staff", "37", "street");
    expect_fact(world, clerk, unit, "full_members", "1", "");
    expect_fact(world, clerk, unit, "organization_kind", "branch", "");
    snprintf(path, sizeof path, "/units/%s/facts", unit);
    reply = units_patch(&world->api, clerk, path, version,
                        "{\"facts\":[{\"field\":\"staff_under_35\",\"value\":\"12\"},"
                        "{\"field\":\"size\",\"value\":\"small\"},{\"field\":\"place\",\"value\":\"东园\"}]}");
    assert_int_equal(reply.status, 200);
    assert_string_equal(units_text(units_fact(&reply, "staff_under_35"), "confirmed_as"), "committee_clerk");
    assert_string_equal(units_text(units_fact(&reply, "place"), "value"), "东园");
    assert_int_equal(test_reply_number(&reply, "version"), version + 1);
    test_reply_done(&reply);
    reply =
        units_patch(&world->api, clerk, path, version, "{\"facts\":[{\"field\":\"staff_under_35\",\"value\":\"13\"}]}");
    assert_int_equal(reply.status, 412);
    assert_string_equal(units_text(json_array_get(json_object_get(reply.json, "changes"), 0), "pointer"),
                        "/facts/staff_under_35");
    assert_string_equal(units_text(json_array_get(json_object_get(reply.json, "changes"), 0), "value"), "12");
    test_reply_done(&reply);
    units_expect(units_patch(&world->api, clerk, path, version + 1,
                             "{\"facts\":[{\"field\":\"full_members\",\"value\":\"3\"}]}"),
                 400); /* counted, never typed */
    units_expect(
        units_patch(&world->api, clerk, path, version + 1, "{\"facts\":[{\"field\":\"size\",\"value\":\"huge\"}]}"),
        400);
    snprintf(path, sizeof path, "/units/%s/facts?as_of=2020-01-01", unit);
    reply = api_get(&world->api, clerk, path);
    assert_string_equal(units_text(units_fact(&reply, "staff_under_35"), "value"), "");
    assert_string_equal(units_text(units_fact(&reply, "full_members"), "value"), "0");
    test_reply_done(&reply);
}

static void
两源差异_two_sources_that_differ_wait_for_somebody_who_decides(void **state)
{
    struct two_towns_world *world = *state;
    const char *clerk = world->towns.east_clerk;
    char unit[64];
    char path[128];
    char conflict[64];

    units_find(&world->api, clerk, SOFTWARE, unit);
    snprintf(path, sizeof path, "/units/%s/facts", unit);
    units_expect(units_patch(&world->api, clerk, path, units_version(&world->api, clerk, unit),
                             "{\"source\":\"registration\",\"facts\":[{\"field\":\"staff\",\"value\":\"41\"},"
                             "{\"field\":\"owner_name\",\"value\":\"严青\"}]}"),
                 200);
    expect_fact(world, clerk, unit, "staff", "28", "street"); /* nothing before the decision */
    open_conflict(world, clerk, unit, "staff", conflict);
    decide(world, conflict, "take", 200);
    decide(world, conflict, "keep", 409);
    expect_fact(world, clerk, unit, "staff", "41", "registration");
    open_conflict(world, clerk, unit, "owner_name", conflict);
    decide(world, conflict, "keep", 200);
    expect_fact(world, clerk, unit, "owner_name", "严柔青", "street");
    assert_int_equal(test_pg_number(world->pg, "organizations",
                                    "select count(*) from unit where code = '" SOFTWARE "' and staff = 41"),
                     1);
}

static void
单位联系人_confirms_his_own_units_data_and_never_sees_a_member(void **state)
{
    struct two_towns_world *world = *state;
    static const char *const hidden[] = { "full_members",   "owner_is_member",        "owner_political_status",
                                          "owner_attitude", "organization_secretary", NULL };
    char contact[256];
    char unit[64];
    char other[64];
    char path[128];
    char conflict[64];
    struct test_reply reply;
    long version;

    units_find(&world->api, world->towns.east_clerk, SHOES, unit);
    units_find(&world->api, world->towns.east_clerk, SOFTWARE, other);
    units_account(world, "contact", "unit_contact", world->towns.east_branch, unit, contact);
    version = units_version(&world->api, contact, unit);
    reply = sheet(world, contact, unit);
    for (int i = 0; hidden[i]; i++)
        assert_null(units_fact(&reply, hidden[i]));
    assert_null(strstr(reply.body, "莫思影"));
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/units/%s/facts", unit);
    units_expect(
        units_patch(&world->api, contact, path, version, "{\"facts\":[{\"field\":\"staff\",\"value\":\"1\"}]}"), 403);
    snprintf(path, sizeof path, "/units/%s/facts/confirm", other);
    units_expect(api_post(&world->api, contact, path, 1, "{}"), 404);
    snprintf(path, sizeof path, "/units/%s/facts/confirm", unit);
    units_expect(api_post(&world->api, contact, path, version,
                          "{\"changes\":[{\"field\":\"owner_is_member\",\"value\":\"true\"}]}"),
                 400);
    units_expect(api_post(&world->api, contact, path, version, "{}"), 200);
    expect_fact(world, contact, unit, "staff", "37", "unit");
    units_expect(api_post(&world->api, contact, path, version,
                          "{\"groups\":[\"headcount\"],\"changes\":[{\"field\":\"staff\",\"value\":\"39\"}]}"),
                 200);
    expect_fact(world, contact, unit, "staff", "37", "unit");
    open_conflict(world, world->towns.east_clerk, unit, "staff", conflict);
    decide(world, conflict, "take", 200);
    expect_fact(world, contact, unit, "staff", "39", "unit");
}

static void
复核周期_what_nobody_has_confirmed_for_too_long_is_listed(void **state)
{
    struct two_towns_world *world = *state;
    const char *clerk = world->towns.east_clerk;
    struct test_reply reply = api_get(&world->api, clerk, "/unit-reviews?group=headcount");

    assert_int_equal(reply.status, 200);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 0);
    test_reply_done(&reply);
    test_pg_run(world->pg, "organizations",
                "update unit_review set reviewed_on = '2026-01-01' where field_group = 'headcount'");
    reply = api_get(&world->api, clerk, "/unit-reviews?group=headcount&limit=1");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 1);
    assert_string_equal(units_text(json_array_get(json_object_get(reply.json, "items"), 0), "stale_since"),
                        "2026-06-30");
    assert_true(test_reply_text(&reply, "next_cursor")[0]);
    test_reply_done(&reply);
    reply = api_get(&world->api, clerk, "/unit-reviews?group=headcount");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 2); /* the third is the west's */
    test_reply_done(&reply);
}

static long
operating(struct two_towns_world *world)
{
    char path[160];
    struct test_reply reply;
    long count;

    snprintf(path, sizeof path, "/organizations/%s/summary", world->towns.east);
    reply = api_get(&world->api, world->towns.east_clerk, path);
    assert_int_equal(reply.status, 200);
    count = test_reply_number(&reply, "units_operating");
    test_reply_done(&reply);
    return count;
}

static void
单位存续_who_does_not_operate_leaves_the_base(void **state)
{
    struct two_towns_world *world = *state;
    const char *clerk = world->towns.east_clerk;
    char unit[64];
    char main[64];
    char path[128];
    char body[160];
    struct test_reply reply;

    units_find(&world->api, clerk, SHOES, unit);
    units_find(&world->api, clerk, SOFTWARE, main);
    assert_int_equal(operating(world), 2);
    snprintf(path, sizeof path, "/units/%s/states", unit);
    units_expect(api_post(&world->api, clerk, path, units_version(&world->api, clerk, unit),
                          "{\"state\":\"shell\",\"reason\":\"查无经营场所\"}"),
                 200);
    assert_int_equal(operating(world), 1);
    expect_fact(world, clerk, unit, "business_state", "shell", "street");
    units_expect(
        api_post(&world->api, clerk, path, units_version(&world->api, clerk, unit), "{\"state\":\"extra_licence\"}"),
        400); /* 一企多照: counted with which? */
    snprintf(body, sizeof body, "{\"state\":\"extra_licence\",\"main_unit_id\":\"%s\"}", main);
    units_expect(api_post(&world->api, clerk, path, units_version(&world->api, clerk, unit), body), 200);
    units_expect(api_post(&world->api, clerk, path, units_version(&world->api, clerk, unit),
                          "{\"state\":\"operating\",\"since\":\"2099-01-01\"}"),
                 400);
    units_expect(
        api_post(&world->api, clerk, path, units_version(&world->api, clerk, unit), "{\"state\":\"operating\"}"), 200);
    assert_int_equal(operating(world), 2);
    reply = api_get(&world->api, clerk, path);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 4);
    test_reply_done(&reply);
}

static void
业主谈话_a_talk_leaves_its_next_step_until_it_is_done(void **state)
{
    struct two_towns_world *world = *state;
    char instructor[256];
    char unit[64];
    char other[64];
    char talk[64];
    char path[128];
    struct test_reply reply;

    units_find(&world->api, world->towns.east_clerk, SHOES, unit);
    units_find(&world->api, world->towns.east_clerk, SOFTWARE, other);
    units_account(world, "talker", "instructor", world->towns.east, unit, instructor);
    snprintf(path, sizeof path, "/units/%s/talks", other);
    units_expect(api_post(&world->api, instructor, path, 0, "{\"held_on\":\"2026-01-05\",\"held_by\":\"指导员\"}"),
                 404);
    snprintf(path, sizeof path, "/units/%s/talks", unit);
    units_expect(api_post(&world->api, instructor, path, 0,
                          "{\"held_on\":\"2026-01-05\",\"held_by\":\"指导员\",\"next_step\":\"送达组建方案\"}"),
                 400); /* by when? */
    reply = api_post(&world->api, instructor, path, 0,
                     "{\"held_on\":\"2026-01-05\",\"held_by\":\"指导员\",\"concern\":\"担心占用工时\","
                     "\"promise\":\"活动在工余\",\"next_step\":\"送达组建方案\",\"next_due\":\"2026-02-01\"}");
    assert_int_equal(reply.status, 201);
    snprintf(talk, sizeof talk, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    reply = api_get(&world->api, world->towns.east_clerk, "/talks?due_by=2026-03-01");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 1);
    test_reply_done(&reply);
    reply = api_get(&world->api, world->towns.west_clerk, "/talks?due_by=2026-03-01");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 0);
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/talks/%s/complete", talk);
    units_expect(api_post(&world->api, instructor, path, 1, "{\"done_on\":\"2026-01-20\"}"), 200);
    units_expect(api_post(&world->api, instructor, path, 1, "{}"), 412);
    units_expect(api_post(&world->api, instructor, path, 2, "{}"), 409);
    reply = api_get(&world->api, instructor, "/talks?due_by=2026-03-01");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 0);
    test_reply_done(&reply);
}

static void
群团组织_of_a_unit_have_their_days(void **state)
{
    struct two_towns_world *world = *state;
    const char *clerk = world->towns.east_clerk;
    char unit[64];
    char path[128];

    units_find(&world->api, clerk, SHOES, unit);
    snprintf(path, sizeof path, "/units/%s/mass-organizations", unit);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"union\",\"since\":\"2020-05-01\"}"), 200);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"union\"}"), 409);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"women\",\"since\":\"2099-01-01\"}"), 400);
    units_expect(api_post(&world->api, world->towns.west_clerk, path, 0, "{\"kind\":\"women\"}"), 404);
    snprintf(path, sizeof path, "/units/%s/mass-organizations/end", unit);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"union\",\"until\":\"2020-04-01\"}"), 400);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"union\",\"until\":\"2024-05-01\"}"), 200);
    units_expect(api_post(&world->api, clerk, path, 0, "{\"kind\":\"union\"}"), 400);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(五清台账_every_field_has_its_day_its_source_and_who_confirmed_it),
        cmocka_unit_test(两源差异_two_sources_that_differ_wait_for_somebody_who_decides),
        cmocka_unit_test(单位联系人_confirms_his_own_units_data_and_never_sees_a_member),
        cmocka_unit_test(复核周期_what_nobody_has_confirmed_for_too_long_is_listed),
        cmocka_unit_test(单位存续_who_does_not_operate_leaves_the_base),
        cmocka_unit_test(业主谈话_a_talk_leaves_its_next_step_until_it_is_done),
        cmocka_unit_test(群团组织_of_a_unit_have_their_days),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
