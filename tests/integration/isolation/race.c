/* SPDX-License-Identifier: Apache-2.0 */
/* The world of the races. The test's thread but for the askings' own. */
#include "race.h"

#include <poll.h>
#include <stdio.h>

#include "support/cmocka_all.h"
#include "support/people.h"

#define HELD_MS 5000
#define TICK_MS 2

/* --- the world ------------------------------------------------------------------------------------------------------
 */

static void
load_members(struct race_world *world)
{
    char *text;
    size_t size;
    FILE *ledger = open_memstream(&text, &size);

    people_head(ledger);
    for (int i = 0; i < RACE_MEMBERS; i++)
        people_row(ledger, i, "E101");
    fclose(ledger);
    api_load(&world->api, "members", text);
    free(text);
    test_pg_await(world->pg, "transfers", "select count(*) from member", RACE_MEMBERS + 3);
}

static void
name_members(struct race_world *world)
{
    char *ids = test_pg_text(world->pg, "transfers",
                             "select string_agg(m.id::text, ' ') from member m join organization o"
                             " on o.id = m.organization_id where o.code = 'E101'");
    int n = 0;

    for (char *id = strtok(ids, " "); id && n < RACE_MEMBERS; id = strtok(NULL, " "))
        snprintf(world->member[n++], sizeof world->member[0], "%s", id);
    assert_int_equal(n, RACE_MEMBERS);
    free(ids);
}

int
race_open(void **state)
{
    struct race_world *world = calloc(1, sizeof *world);

    world->pg = test_pg_open();
    test_pg_run(world->pg, "transfers", "update system_kind set test = true");
    world->system = test_system_new(world->pg);
    world->proxy = proxy_open(test_pg_socket(world->pg));
    test_system_dsn(world->system, "transfers", test_pg_dsn_by(world->pg, "transfers", proxy_port(world->proxy)));
    api_open(&world->api, world->system);
    test_system_start_all(world->system);
    two_towns_load(&world->api, &world->towns);
    load_members(world);
    name_members(world);
    *state = world;
    return 0;
}

int
race_close(void **state)
{
    struct race_world *world = *state;

    test_system_free(world->system);
    proxy_close(world->proxy);
    test_pg_close(world->pg);
    free(world);
    return 0;
}

/* --- commands -------------------------------------------------------------------------------------------------------
 */

struct race_asking
race_command(struct race_world *world, const char *event, const char *letter, long version)
{
    static int keys;
    const struct two_towns *towns = &world->towns;
    struct race_asking asking = { .world = world, .version = version, .body = "{}" };

    snprintf(asking.path, sizeof asking.path, "/transfers/%s/%s", letter, event);
    snprintf(asking.key, sizeof asking.key, "race-%d", ++keys);
    if (strcmp(event, "submit") == 0)
        asking.token = towns->east_secretary;
    else if (strcmp(event, "issue") == 0)
        asking.token = towns->east_clerk;
    else if (strcmp(event, "void") == 0)
        asking.token = world->api.city;
    else
        asking.token = towns->west_clerk;
    if (strcmp(event, "void") == 0)
        snprintf(asking.body, sizeof asking.body, "{\"note\":\"because\"}");
    if (strcmp(event, "assign") == 0)
        snprintf(asking.body, sizeof asking.body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    return asking;
}

static void *
asking_main(void *argument)
{
    struct race_asking *asking = argument;

    asking->reply =
        api_post_once(&asking->world->api, asking->token, asking->path, asking->version, asking->body, asking->key);
    atomic_store(&asking->answered, true);
    return NULL;
}

void
race_ask(struct race_asking *asking)
{
    assert_int_equal(pthread_create(&asking->thread, NULL, asking_main, asking), 0);
}

/* A command of transfers waits for another's row or key (its sequencers wait for each other, too). */
static bool
is_blocked(struct race_world *world)
{
    return test_pg_number(world->pg, "transfers",
                          "select count(*) from pg_stat_activity where datname = current_database()"
                          " and usename = 'transfers' and (wait_event in ('tuple', 'transactionid')"
                          "      or wait_event = 'advisory' and query like '%statement_timeout%')") > 0;
}

int
race_ask_held(struct race_asking *asking, struct race_point point)
{
    struct proxy *proxy = asking->world->proxy;
    int before = proxy_turn(proxy);

    if (point.statement)
        proxy_set(proxy, PROXY_HOLD_STATEMENT, point.statement);
    else
        proxy_set(proxy, PROXY_HOLD_COMMIT, "idempotency_store");
    race_ask(asking);
    for (int waited = 0; waited < HELD_MS; waited += TICK_MS) {
        if (proxy_turn(proxy) > before)
            return before + 1;
        if (atomic_load(&asking->answered) || is_blocked(asking->world)) {
            proxy_set(proxy, PROXY_PASS, NULL);
            return proxy_turn(proxy) > before ? before + 1 : 0;
        }
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("%s is neither held nor answered", asking->path);
    return 0;
}

void
race_await_rest(struct race_asking *asking)
{
    for (int waited = 0; waited < HELD_MS; waited += TICK_MS) {
        if (atomic_load(&asking->answered) || is_blocked(asking->world))
            return;
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("%s neither ends nor waits", asking->path);
}

void
race_join(struct race_asking *first, struct race_asking *second)
{
    pthread_join(first->thread, NULL);
    pthread_join(second->thread, NULL);
}

/* --- letters --------------------------------------------------------------------------------------------------------
 */

static const char *const road[][3] = {
    { "submit", "submitted", "{}" },
    { "agree", "agreed", "{\"dues_paid_to\":\"2026-10\"}" },
    { "issue", "issued", "{\"validity_days\":1}" },
    { "receive", "received", "{}" },
};

static long
take(struct race_world *world, const char *letter, int i, long version)
{
    const struct two_towns *towns = &world->towns;
    const char *token = i < 2 ? towns->east_secretary : i == 2 ? towns->east_clerk : towns->west_clerk;

    return api_step(&world->api, token, letter, road[i][0], version, road[i][2], road[i][1]);
}

long
race_letter(struct race_world *world, const char *event, char ret_letter[64])
{
    char body[256];
    struct test_reply reply;
    long version;

    assert_true(world->members_used < RACE_MEMBERS);
    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"other\"}",
             world->member[world->members_used++], world->towns.west);
    reply = api_post(&world->api, world->towns.east_secretary, "/transfers", 0, body);
    if (reply.status != 201)
        fail_msg("draft: %ld %s", reply.status, reply.body ? reply.body : "");
    snprintf(ret_letter, 64, "%s", test_reply_text(&reply, "id"));
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    for (int i = 0; strcmp(event, "draft") != 0 && i < 4; i++) {
        version = take(world, ret_letter, i, version);
        if (strcmp(event, road[i][0]) == 0)
            break;
    }
    return version;
}

/* Each counts what must not be. */
static const struct {
    const char *what;
    const char *sql;
} laws[] = {
    { "a number is missing or was given twice",
      "select count(*) from (select c.last, count(l.id) as n, count(distinct l.number_serial) as d,"
      " coalesce(max(l.number_serial), 0) as m from letter_counter c left join letter l"
      " on l.number_committee_id = c.committee_id and l.number_year = c.year group by c.committee_id, c.year, c.last) x"
      " where not (last = n and last = d and last = m)" },
    { "versions are not 1..n",
      "select count(*) from (select l.version, count(h.version) as n, max(h.version) as m from letter l"
      " join letter_history h on h.letter_id = l.id group by l.id, l.version) x where version <> n or n <> m" },
    { "a state is not what history says",
      "select count(*) from letter l join letter_history h on h.letter_id = l.id and h.version = l.version"
      " where h.state <> l.state" },
    { "a step without an answer, or an answer without a step",
      "select abs((select count(*) from letter_history where account_id is not null)"
      " - (select count(*) from idempotency))" },
    { "a step without an audit row",
      "select abs((select count(*) from letter_history) - (select count(*) from audit where object = 'letter'))" },
};

void
race_check(struct race_world *world)
{
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++)
        if (test_pg_number(world->pg, "transfers", laws[i].sql) != 0)
            fail_msg("%s", laws[i].what);
}
