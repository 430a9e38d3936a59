/* SPDX-License-Identifier: Apache-2.0 */
/* News of an older move that arrives after a newer one: the member stays where the newer one put him, and no letter
 * starts from where he was. Followers are held by locks on what they write. */
#include <libpq-fe.h>
#include <stdio.h>

#include "race.h"
#include "support/cmocka_all.h"

static PGconn *
hold(struct race_world *world, const char *lock)
{
    PGconn *conn = PQconnectdb(test_pg_dsn(world->pg, "postgres"));
    PGresult *result = PQexec(conn, "begin");

    PQclear(result);
    result = PQexec(conn, lock);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    return conn;
}

static void
await_place(struct race_world *world, const char *schema, const char *branch)
{
    char sql[256];

    snprintf(sql, sizeof sql, "select count(*) from member where id = '%s' and organization_id = '%s'",
             world->member[0], branch);
    test_pg_await(world->pg, schema, sql, 1);
}

static long
back(struct race_world *world, char letter[64])
{
    const struct two_towns *towns = &world->towns;
    char body[256];
    struct test_reply reply;

    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"other\"}",
             world->member[0], towns->east);
    reply = api_post(&world->api, towns->west_secretary, "/transfers", 0, body);
    if (reply.status != 201) {
        long status = reply.status;

        test_reply_done(&reply);
        return -status;
    }
    snprintf(letter, 64, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    return 1;
}

static long
to_issued(struct race_world *world, const char *letter)
{
    const struct two_towns *towns = &world->towns;
    long version = api_step(&world->api, towns->west_secretary, letter, "submit", 1, "{}", "submitted");

    version = api_step(&world->api, towns->west_secretary, letter, "agree", version, "{\"dues_paid_to\":\"2026-10\"}",
                       "agreed");
    return api_step(&world->api, towns->west_clerk, letter, "issue", version, "{}", "issued");
}

static void
a_late_echo_of_an_older_move_starts_no_letter(void **state)
{
    struct race_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char letter[64];
    char body[128];
    long version = race_letter(world, "receive", letter);
    PGconn *transfers = hold(world, "lock table transfers.cursor in exclusive mode");
    PGconn *organizations;

    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    api_step(&world->api, towns->west_clerk, letter, "assign", version, body, "accepted");
    await_place(world, "organizations", towns->west_branch);

    assert_int_equal(back(world, letter), 1);
    version = to_issued(world, letter);
    version = api_step(&world->api, towns->east_clerk, letter, "receive", version, "{}", "received");
    organizations = hold(world, "lock table organizations.cursor in exclusive mode");
    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->east_second);
    api_step(&world->api, towns->east_clerk, letter, "assign", version, body, "accepted");
    await_place(world, "transfers", towns->east_second);

    PQfinish(transfers);
    test_pg_await(world->pg, "transfers",
                  "select (select head from organizations.feed_epoch) - (select pos from cursor"
                  " where source = 'organizations')",
                  0);
    await_place(world, "transfers", towns->east_second);
    assert_int_equal(back(world, letter), -404);
    PQfinish(organizations);
    await_place(world, "organizations", towns->east_second);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_late_echo_of_an_older_move_starts_no_letter) };

    return cmocka_run_group_tests(tests, race_open, race_close);
}
