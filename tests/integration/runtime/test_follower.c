/* SPDX-License-Identifier: Apache-2.0 */
/* Transfers follows organizations: effects exactly once, whatever dies in between; what fails stops its aggregate and
 * nothing else. The feed is served by a real server, the follower reaches its database through the proxy. */
#include "support/cmocka_all.h"

#include <stdatomic.h>
#include <stdio.h>

#include <liangxin/feed/v1/directory.pb-c.h>
#include <liangxin/feed/v1/feed.facts.h>
#include <liangxin/feed/v1/feed.pb-c.h>

#include "events/directory.h"
#include "events/feed.h"
#include "events/follower.h"
#include "events/outbox.h"
#include "events/sequencer.h"
#include "io/clock.h"
#include "rpc/codec.h"
#include "rpc/server.h"
#include "scene.h"
#include "support/keys.h"

static struct arena *arena;   /* of one test */
static struct arena *lasting; /* of all */
static struct test_pg *pg;
static struct proxy *proxy;
static const char *source_dsn;
static const char *dsn;
static const char *dsn_by_proxy;
static struct bus *source_bus;
static struct bus *bus;
static struct bus *operator_bus;
static struct seal_key actor_public;

static struct db *source; /* where the tests write events */
static struct rpc_server *source_server;
static struct rpc_server *server; /* of the follower's service: parked events */
static struct follower *follower;
static struct rpc_client *operator_client;
static struct rpc_peer operator_peer = { .service = "transfers" };
static struct rpc_peer source_peer = { .service = "organizations" };

/* --- what transfers does with an event ---------------------------------------------------------------------------- */

static const struct db_statement note_effect = { "t_effect", "INSERT INTO things (word, number)"
                                                             " VALUES ($1 || ' ' || $2 || repeat('+', $4), $3)" };

static atomic_bool lenient; /* refuses nothing any more */

/* "ten ..." has ten effects. "refuse ..." is refused by the domain; "negative ..." by a constraint of the database. */
static status_t
apply_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const char *name = ((const Liangxin__Feed__V1__MemberRecorded *)fact)->name;
    struct db_args args = { 0 };

    if (strncmp(name, "refuse", 6) == 0 && !atomic_load(&lenient))
        return status_plain(PROBLEM_BAD_VALUE);
    db_arg_text(&args, name);
    db_arg_i64(&args, event->version);
    db_arg_i64(&args, strncmp(name, "negative", 8) == 0 ? -1 : event->pos);
    for (int i = 0; i < (strncmp(name, "ten", 3) == 0 ? 10 : 1); i++) {
        db_arg_i64(&args, i);
        db_queue(follow->db, &note_effect, &args);
        args.count = 3;
    }
    return OK;
}

static const struct subscription subscriptions[] = {
    { "organizations", "OrganizationRecorded", "organization", &liangxin__feed__v1__organization_recorded__descriptor,
      directory_apply_organization },
    { "organizations", "MemberRecorded", "member", &liangxin__feed__v1__member_recorded__descriptor, apply_member },
    { 0 },
};

/* --- the scene ---------------------------------------------------------------------------------------------------- */

static struct rpc_server *
serve(struct bus *on, const char *name, const char *database, const struct rpc_peer *peer, const char **ret_hosts)
{
    int port = scene_port();
    struct rpc_server_setup setup = { .bus = on,
                                      .bind = arena_printf(arena, "tcp://127.0.0.1:%d", port),
                                      .name = name,
                                      .endpoints = feed_endpoints,
                                      .dsn = database,
                                      .actor_public = &actor_public,
                                      .peers = peer,
                                      .n_peers = peer ? 1 : 0,
                                      .workers = 2,
                                      .queue_limit = 100 };
    struct rpc_server *started;

    assert_null(rpc_server_start(arena, &setup, &started));
    *ret_hosts = arena_printf(arena, "127.0.0.1:%d", port);
    return started;
}

static void
follow(void)
{
    struct follower_setup setup = { .bus = bus,
                                    .dsn = dsn_by_proxy,
                                    .name = "transfers",
                                    .source = "organizations",
                                    .hosts = source_peer.hosts,
                                    .subscriptions = subscriptions };

    assert_null(follower_start(arena, &setup, &follower));
}

static struct id
member(int n)
{
    return (struct id){ { (uint8_t)n } };
}

static void
tell(const char *aggregate, struct id id, int64_t version, const ProtobufCMessage *fact)
{
    int64_t moved = 0;

    db_begin(source);
    outbox_append(source, arena,
                  &(struct outbox_event){
                      .aggregate = aggregate, .id = &id, .version = version, .fact = fact, .at = clock_now() });
    assert_null(db_commit(source, arena));
    assert_null(sequencer_move(source, arena, &moved));
    assert_int_equal(moved, 1);
}

static void
tell_member(int n, int64_t version, const char *name)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;

    fact.name = arena_text(arena, name);
    tell("member", member(n), version, &fact.base);
}

static void
tell_organization(int n, int64_t version, int superior)
{
    Liangxin__Feed__V1__OrganizationRecorded fact = LIANGXIN__FEED__V1__ORGANIZATION_RECORDED__INIT;
    struct id above = member(superior);

    fact.name = fact.code = fact.kind = arena_text(arena, "branch");
    if (superior)
        fact.superior_id = (ProtobufCBinaryData){ ID_BYTES, above.bytes };
    tell("organization", member(n), version, &fact.base);
}

static int64_t
number(const char *sql)
{
    return test_pg_number(pg, "transfers", sql);
}

static void
await(const char *sql, int64_t expected)
{
    scene_await_number(pg, "transfers", sql, expected);
}

static void
await_position(int64_t pos)
{
    await("select coalesce(max(pos), 0) from cursor", pos);
}

static struct rpc_options as_operator = { .service = "transfers" };

static status_t
parked_call(const struct rpc_method *method, int n, uint32_t *ret_applied, uint32_t *ret_left)
{
    Liangxin__Feed__V1__ParkedAggregate request = LIANGXIN__FEED__V1__PARKED_AGGREGATE__INIT;
    struct id id = member(n);
    ProtobufCMessage *reply;
    status_t st;

    request.source = arena_text(arena, "organizations");
    request.aggregate_id = (ProtobufCBinaryData){ ID_BYTES, id.bytes };
    st = rpc_call(operator_client, arena, method, &request.base, &as_operator, &reply);
    if (st)
        return st;
    *ret_applied = ((Liangxin__Feed__V1__ParkedResult *)reply)->applied;
    *ret_left = ((Liangxin__Feed__V1__ParkedResult *)reply)->left;
    return OK;
}

/* --- exactly once ------------------------------------------------------------------------------------------------- */

static void
test_events_are_applied_in_order_with_their_cursor(void **state)
{
    (void)state;
    for (int i = 1; i <= 3; i++)
        tell_member(1, i, "a");
    follow();
    await_position(3);
    assert_int_equal(number("select count(*) from things where word = 'a ' || number"), 3);
    assert_int_equal(number("select version from seen"), 3);
    tell_member(2, 1, "b");
    await_position(4);
    assert_int_equal(number("select number from things where word = 'b 1'"), 4);
    assert_true(follower_healthy(follower));
}

/* Cured by one transaction for effects, versions and cursor (batch_apply). */
static void
test_a_commit_that_was_lost_is_applied_once(void **state)
{
    struct scene_cut cut;

    (void)state;
    tell_member(1, 1, "a");
    scene_cut_start(&cut, proxy, PROXY_HOLD_COMMIT);
    follow();
    scene_cut_finish(&cut);
    await_position(1);
    assert_int_equal(number("select count(*) from things"), 1);
}

static void
test_a_commit_whose_answer_was_lost_is_applied_once(void **state)
{
    struct scene_cut cut;

    (void)state;
    tell_member(1, 1, "a");
    scene_cut_start(&cut, proxy, PROXY_HOLD_ANSWER);
    follow();
    scene_cut_finish(&cut);
    tell_member(1, 2, "a");
    await_position(2);
    assert_int_equal(number("select count(*) from things"), 2);
    assert_int_equal(number("select count(*) from parked"), 0);
}

static void
test_a_follower_started_again_goes_on_where_it_was(void **state)
{
    (void)state;
    tell_member(1, 1, "a");
    follow();
    await_position(1);
    follower_stop(follower);
    tell_member(1, 2, "a");
    follow();
    await_position(2);
    assert_int_equal(number("select count(*) from things"), 2);
}

/* Cured by the versions in seen: a cursor set back, by a restore or an operator, does nothing twice. */
static void
test_events_seen_before_are_passed_over(void **state)
{
    (void)state;
    tell_member(1, 1, "a");
    tell_member(1, 2, "a");
    follow();
    await_position(2);
    follower_stop(follower);
    test_pg_run(pg, "transfers", "update cursor set pos = 0");
    tell_member(1, 3, "a");
    follow();
    await_position(3);
    assert_int_equal(number("select count(*) from things"), 3);
    assert_int_equal(number("select count(*) from parked"), 0);
}

static void
test_two_instances_apply_each_event_once(void **state)
{
    struct follower *first;

    (void)state;
    follow();
    first = follower;
    follow();
    for (int i = 1; i <= 50; i++)
        tell_member(1 + i % 5, 1 + (i - 1) / 5, arena_printf(arena, "of %d", i % 5));
    await_position(50);
    follower_stop(first);
    assert_int_equal(number("select count(distinct number) from things"), 50);
    assert_int_equal(number("select count(*) from things"), 50);
    assert_int_equal(number("select count(*) from parked"), 0);
}

/* Cured by the comparison of the cursor under its row lock (BATCH_MOVED): what was seen is read from a snapshot older
 * than the wait for that lock. The test is the other instance. */
static void
test_what_another_instance_does_meanwhile_is_not_done_again(void **state)
{
    (void)state;
    tell_member(1, 1, "a");
    follow();
    await_position(1);
    test_pg_run(pg, "transfers", "begin");
    test_pg_run(pg, "transfers", "select pos from cursor for update");
    tell_member(1, 2, "a");
    await("select count(*) from pg_locks where not granted and pid in (select pid from pg_locks where database ="
          " (select oid from pg_database where datname = current_database()))",
          1);
    test_pg_run(pg, "transfers", "insert into things values ('by the other', 2)");
    test_pg_run(pg, "transfers", "update seen set version = 2");
    test_pg_run(pg, "transfers", "update cursor set pos = 2");
    test_pg_run(pg, "transfers", "commit");
    tell_member(1, 3, "a");
    await_position(3);
    assert_int_equal(number("select count(*) from things"), 3);
    assert_int_equal(number("select count(*) from parked"), 0);
}

static void
tell_many(int count, const char *name)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;
    int64_t moved = 0;

    fact.name = arena_text(arena, name);
    db_begin(source);
    for (int i = 1; i <= count; i++) {
        struct id id = member(1);

        outbox_append(source, arena,
                      &(struct outbox_event){
                          .aggregate = "member", .id = &id, .version = i, .fact = &fact.base, .at = clock_now() });
    }
    assert_null(db_commit(source, arena));
    assert_null(sequencer_move(source, arena, &moved));
    assert_int_equal(moved, count);
}

static void
test_many_events_pass_page_by_page(void **state)
{
    (void)state;
    tell_many(800, "a");
    follow();
    await_position(800);
    assert_int_equal(number("select count(*) from things where word = 'a ' || number"), 800);
}

/* Cured by db_queue_is_long in batch.c: one round trip holds no more than 1,024 statements. */
static void
test_a_page_may_have_more_effects_than_one_round_trip_holds(void **state)
{
    (void)state;
    tell_many(300, "ten");
    follow();
    await_position(300);
    assert_int_equal(number("select count(*) from things"), 3000);
}

/* --- what fails --------------------------------------------------------------------------------------------------- */

static void
test_a_version_gap_parks_its_aggregate_and_others_go_on(void **state)
{
    (void)state;
    tell_member(1, 1, "a");
    tell_member(1, 3, "a"); /* 2 is missing */
    tell_member(1, 4, "a");
    tell_member(2, 1, "b");
    follow();
    await_position(4);
    assert_int_equal(number("select count(*) from things"), 2);
    assert_int_equal(number("select number from things where word = 'b 1'"), 4);
    assert_int_equal(number("select count(*) from parked where pos = 2 and problem = 'version-gap'"), 1);
    assert_int_equal(number("select count(*) from parked where pos = 3 and problem = 'behind-a-parked-event'"), 1);
}

/* Cured by apply_halves: the page is tried again in parts, and only the guilty event is parked. */
static void
test_a_failing_event_parks_and_what_follows_it_queues_behind(void **state)
{
    (void)state;
    tell_member(1, 1, "a");
    tell_member(2, 1, "refuse");
    tell_member(2, 2, "good again");
    tell_member(3, 1, "negative"); /* the database says no */
    tell_member(1, 2, "a");
    follow();
    await_position(5);
    assert_int_equal(number("select count(*) from things"), 2);
    assert_int_equal(number("select count(*) from parked where pos = 2 and problem = 'bad-value'"), 1);
    assert_int_equal(number("select count(*) from parked where pos = 3 and problem = 'behind-a-parked-event'"), 1);
    assert_int_equal(number("select count(*) from parked where pos = 4 and problem = 'internal'"), 1);
    tell_member(2, 3, "later");
    await_position(6);
    assert_int_equal(number("select count(*) from parked where pos = 6"), 1);
}

static void
test_a_retry_applies_what_is_parked_in_order(void **state)
{
    uint32_t applied = 0;
    uint32_t left = 9;

    (void)state;
    tell_member(1, 1, "refuse");
    tell_member(1, 2, "second");
    tell_member(1, 3, "third");
    follow();
    await_position(3);
    assert_int_equal(number("select count(*) from parked"), 3);
    assert_true(status_is(parked_call(&feed_retry_parked, 1, &applied, &left), PROBLEM_BAD_VALUE));
    assert_int_equal(number("select count(*) from parked"), 3); /* all or nothing */
    atomic_store(&lenient, true);
    assert_null(parked_call(&feed_retry_parked, 1, &applied, &left));
    assert_int_equal(applied, 3);
    assert_int_equal(left, 0);
    assert_int_equal(number("select count(*) from things where split_part(word, ' ', 2) = number::text"), 3);
    assert_int_equal(number("select count(*) from parked"), 0);
    tell_member(1, 4, "fourth"); /* the aggregate follows again */
    await_position(4);
    assert_int_equal(number("select number from things where word = 'fourth 4'"), 4);
}

static void
test_a_skip_passes_over_the_first_and_the_rest_can_be_retried(void **state)
{
    uint32_t applied = 0;
    uint32_t left = 0;

    (void)state;
    tell_member(1, 1, "refuse");
    tell_member(1, 2, "second");
    follow();
    await_position(2);
    assert_null(parked_call(&feed_skip_parked, 1, &applied, &left));
    assert_int_equal(applied, 1);
    assert_int_equal(left, 1);
    assert_null(parked_call(&feed_retry_parked, 1, &applied, &left));
    assert_int_equal(applied, 1);
    assert_int_equal(number("select count(*) from things where word = 'second 2'"), 1);
    assert_int_equal(number("select version from seen"), 2);
    assert_true(status_is(parked_call(&feed_skip_parked, 1, &applied, &left), PROBLEM_NOT_FOUND));
    assert_int_equal(number("select count(*) from audit where object = 'parked'"), 2);
}

static void
test_parked_events_are_listed_for_the_operator(void **state)
{
    Liangxin__Feed__V1__ListParkedRequest request = LIANGXIN__FEED__V1__LIST_PARKED_REQUEST__INIT;
    const Liangxin__Feed__V1__ListParkedReply *list;
    ProtobufCMessage *reply;

    (void)state;
    tell_member(1, 1, "refuse");
    tell_member(1, 2, "second");
    follow();
    await_position(2);
    request.limit = 10;
    assert_null(rpc_call(operator_client, arena, &feed_list_parked, &request.base, &as_operator, &reply));
    list = (const Liangxin__Feed__V1__ListParkedReply *)reply;
    assert_int_equal(list->n_parked, 2);
    assert_string_equal(list->parked[0]->source, "organizations");
    assert_string_equal(list->parked[0]->problem, "bad-value");
    assert_int_equal(list->parked[1]->event->pos, 2);
}

static void
test_the_operators_calls_are_his_alone(void **state)
{
    struct rpc_client *other = rpc_client_new(source_bus, &operator_peer, 1);
    Liangxin__Feed__V1__ListParkedRequest request = LIANGXIN__FEED__V1__LIST_PARKED_REQUEST__INIT;
    ProtobufCMessage *reply;

    (void)state;
    request.limit = 10;
    assert_true(
        status_is(rpc_call(other, arena, &feed_list_parked, &request.base, &as_operator, &reply), PROBLEM_DENIED));
    rpc_client_free(other);
}

/* --- another life of the feed ------------------------------------------------------------------------------------- */

static bool
is_unhealthy(void *context)
{
    return !follower_healthy(context);
}

static bool
is_healthy(void *context)
{
    return follower_healthy(context);
}

/* Cured by check_epoch: positions of another life mean nothing to our cursor. */
static const Liangxin__Feed__V1__Followed *
followed(void)
{
    Liangxin__Feed__V1__ListFollowedRequest request = LIANGXIN__FEED__V1__LIST_FOLLOWED_REQUEST__INIT;
    ProtobufCMessage *reply;

    assert_null(rpc_call(operator_client, arena, &feed_list_followed, &request.base, &as_operator, &reply));
    assert_int_equal(((Liangxin__Feed__V1__ListFollowedReply *)reply)->n_feeds, 1);
    return ((Liangxin__Feed__V1__ListFollowedReply *)reply)->feeds[0];
}

static status_t
confirm(const char *feed, ProtobufCBinaryData epoch, int64_t after)
{
    Liangxin__Feed__V1__EpochConfirmation request = LIANGXIN__FEED__V1__EPOCH_CONFIRMATION__INIT;
    ProtobufCMessage *reply;

    request.source = arena_text(arena, feed);
    request.epoch = epoch;
    request.after = after;
    return rpc_call(operator_client, arena, &feed_confirm_epoch, &request.base, &as_operator, &reply);
}

/* One event applied, then another life of the feed with one more; gives the confirmation's facts. */
static const Liangxin__Feed__V1__Followed *
begin_anew(void)
{
    tell_member(1, 1, "a");
    follow();
    await_position(1);
    test_pg_run(pg, "organizations", "update feed_epoch set epoch = gen_random_uuid()");
    tell_member(1, 2, "a");
    scene_await(is_unhealthy, follower, "the follower sees the other epoch");
    return followed();
}

static void
test_another_epoch_stops_the_follower_until_the_operator_confirms(void **state)
{
    const Liangxin__Feed__V1__Followed *feed = begin_anew();

    (void)state;
    assert_int_equal(number("select pos from cursor"), 1);
    assert_string_equal(feed->source, "organizations");
    assert_true(feed->reached);
    assert_int_equal(feed->position, 1);
    assert_int_equal(feed->source_head, 2);
    assert_memory_not_equal(feed->epoch.data, feed->source_epoch.data, ID_BYTES);
    assert_null(confirm("organizations", feed->source_epoch, 1));
    await_position(2);
    scene_await(is_healthy, follower, "the follower goes on");
    assert_int_equal(number("select count(*) from things"), 2);
    assert_int_equal(number("select count(*) from audit where object = 'cursor' and reason = 'organizations'"), 1);
}

/* Cured by the versions in seen: the operator who is not sure names an earlier position. */
static void
test_a_confirmed_position_too_early_repeats_nothing(void **state)
{
    const Liangxin__Feed__V1__Followed *feed = begin_anew();

    (void)state;
    assert_null(confirm("organizations", feed->source_epoch, 0));
    await_position(2);
    assert_int_equal(number("select count(*) from things"), 2);
    assert_int_equal(number("select count(*) from parked"), 0);
}

static void
test_only_the_present_life_of_a_followed_feed_can_be_confirmed(void **state)
{
    const Liangxin__Feed__V1__Followed *feed = begin_anew();

    (void)state;
    assert_true(status_is(confirm("organizations", feed->epoch, 1), PROBLEM_STALE));
    assert_true(status_is(confirm("organizations", feed->source_epoch, 3), PROBLEM_OUT_OF_RANGE));
    assert_true(status_is(confirm("dues", feed->source_epoch, 1), PROBLEM_NOT_FOUND));
    assert_int_equal(number("select pos from cursor"), 1);
    assert_int_equal(number("select count(*) from audit"), 0);
    assert_false(follower_healthy(follower));
}

static void
test_a_source_that_is_away_is_shown_as_not_reached(void **state)
{
    const Liangxin__Feed__V1__Followed *feed;

    (void)state;
    tell_member(1, 1, "a");
    follow();
    await_position(1);
    rpc_server_stop(source_server, 0);
    source_server = NULL;
    feed = followed();
    assert_false(feed->reached);
    assert_int_equal(feed->position, 1);
}

/* --- the directory ------------------------------------------------------------------------------------------------ */

/* The lines of one organization from itself upwards, as "1>2>3". */
static void
await_line(int n, const char *expected)
{
    char sql[512];

    snprintf(sql, sizeof sql,
             "select count(*) from (select string_agg(left(ltrim(ancestor::text, '0'), 1), '>' order by depth) as line"
             " from organization_line where descendant::text like '%02x%%') l where line = '%s'",
             (unsigned)n, expected);
    await(sql, 1);
}

static void
test_the_lines_follow_when_a_subtree_moves(void **state)
{
    (void)state;
    tell_organization(1, 1, 0);
    tell_organization(2, 1, 1);
    tell_organization(3, 1, 2);
    tell_organization(4, 1, 3);
    tell_organization(5, 1, 1);
    follow();
    await_position(5);
    await_line(4, "4>3>2>1");
    tell_organization(3, 2, 5); /* 3 and its branch 4 move from 2 to 5 */
    await_position(6);
    await_line(3, "3>5>1");
    await_line(4, "4>3>5>1");
    await_line(2, "2>1");
    assert_int_equal(number("select count(*) from organization_line"), 1 + 2 + 2 + 3 + 4);
}

static void
test_a_superior_that_comes_late_joins_the_lines(void **state)
{
    (void)state;
    tell_organization(3, 1, 2); /* 2 is not known yet */
    tell_organization(2, 1, 1);
    tell_organization(1, 1, 0);
    follow();
    await_position(3);
    await_line(3, "3>2>1");
    await_line(2, "2>1");
}

/* ------------------------------------------------------------------------------------------------------------------ */

static int
start(void **state)
{
    (void)state;
    arena_reset(arena);
    atomic_store(&lenient, false);
    proxy_set(proxy, PROXY_PASS, NULL);
    test_pg_run(pg, "organizations", "truncate outbox, feed");
    test_pg_run(pg, "organizations", "update feed_epoch set head = 0");
    test_pg_run(pg, "transfers", "truncate things, cursor, seen, parked, audit");
    test_pg_run(pg, "transfers", "truncate organization, organization_line");
    source = db_new(source_dsn, "test");
    db_deadline(source, clock_ms() + 6 * SCENE_MS);
    assert_null(db_ready(arena, source));
    source_server = serve(source_bus, "organizations", source_dsn, NULL, &source_peer.hosts);
    server = serve(bus, "transfers", dsn, &source_peer, &operator_peer.hosts);
    operator_client = rpc_client_new(operator_bus, &operator_peer, 1);
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    follower_stop(follower);
    follower = NULL;
    rpc_client_free(operator_client);
    rpc_server_stop(server, SCENE_MS);
    rpc_server_stop(source_server, SCENE_MS);
    db_free(source);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

static const struct CMUnitTest tests[] = {
    TEST(test_events_are_applied_in_order_with_their_cursor),
    TEST(test_a_commit_that_was_lost_is_applied_once),
    TEST(test_a_commit_whose_answer_was_lost_is_applied_once),
    TEST(test_a_follower_started_again_goes_on_where_it_was),
    TEST(test_events_seen_before_are_passed_over),
    TEST(test_two_instances_apply_each_event_once),
    TEST(test_what_another_instance_does_meanwhile_is_not_done_again),
    TEST(test_many_events_pass_page_by_page),
    TEST(test_a_page_may_have_more_effects_than_one_round_trip_holds),
    TEST(test_a_version_gap_parks_its_aggregate_and_others_go_on),
    TEST(test_a_failing_event_parks_and_what_follows_it_queues_behind),
    TEST(test_a_retry_applies_what_is_parked_in_order),
    TEST(test_a_skip_passes_over_the_first_and_the_rest_can_be_retried),
    TEST(test_parked_events_are_listed_for_the_operator),
    TEST(test_the_operators_calls_are_his_alone),
    TEST(test_another_epoch_stops_the_follower_until_the_operator_confirms),
    TEST(test_a_confirmed_position_too_early_repeats_nothing),
    TEST(test_only_the_present_life_of_a_followed_feed_can_be_confirmed),
    TEST(test_a_source_that_is_away_is_shown_as_not_reached),
    TEST(test_the_lines_follow_when_a_subtree_moves),
    TEST(test_a_superior_that_comes_late_joins_the_lines),
};

static void
open_scene(void)
{
    arena = arena_new(32 << 20);
    lasting = arena_new(1 << 20);
    pg = test_pg_open();
    proxy = proxy_open(test_pg_socket(pg));
    source_dsn = test_pg_dsn(pg, "organizations");
    dsn = test_pg_dsn(pg, "transfers");
    dsn_by_proxy = test_pg_dsn_by(pg, "transfers", proxy_port(proxy));
    scene_things(pg, "transfers");
    source_bus = test_bus(lasting, "organizations");
    bus = test_bus(lasting, "transfers");
    operator_bus = test_bus(lasting, "operator");
    actor_public = test_actor_public(lasting);
    feed_subscriptions(subscriptions, NULL);
}

int
main(void)
{
    int failed;

    open_scene();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    bus_close(operator_bus);
    bus_close(bus);
    bus_close(source_bus);
    proxy_close(proxy);
    test_pg_close(pg);
    arena_free(lasting);
    arena_free(arena);
    return failed;
}
