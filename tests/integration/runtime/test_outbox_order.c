/* SPDX-License-Identifier: Apache-2.0 */
/* Outbox to feed: no event is lost, none comes twice, positions have no gap, versions of an aggregate stay in order,
 * whatever the order of commits and whoever moves. */
#include "support/cmocka_all.h"

#include <stdatomic.h>

#include <liangxin/feed/v1/directory.pb-c.h>

#include "events/outbox.h"
#include "events/sequencer.h"
#include "io/clock.h"
#include "scene.h"

#define WRITERS    8
#define MOVERS     2
#define AGGREGATES 5
#define EACH       150 /* transactions of a writer */

static struct arena *arena;
static struct test_pg *pg;
static struct proxy *proxy;
static const char *dsn;
static const char *dsn_by_proxy;

static struct db *
connected(struct arena *in, const char *to)
{
    struct db *db = db_new(to, "test");

    db_deadline(db, clock_ms() + 6 * SCENE_MS);
    assert_null(db_ready(in, db));
    return db;
}

static void
append(struct db *db, struct arena *in, const struct id *aggregate, int64_t version)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;

    outbox_append(
        db, in,
        &(struct outbox_event){
            .aggregate = "member", .id = aggregate, .version = version, .fact = &fact.base, .at = clock_now() });
}

static int64_t
move(struct db *db)
{
    int64_t moved = -1;

    assert_null(sequencer_move(db, arena, &moved));
    return moved;
}

static int64_t
number(const char *sql)
{
    return test_pg_number(pg, "transfers", sql);
}

/* What a consumer of its own invention does: the events behind the last id it has seen. */
static int
naive_read(int64_t *last)
{
    char *ids = test_pg_text(pg, "transfers", "select coalesce(string_agg(id::text, ' ' order by id), '') from outbox");
    int count = 0;

    for (char *at = ids, *end; *at; at = end) {
        int64_t id = strtoll(at, &end, 10);

        if (id > *last) {
            *last = id;
            count++;
        }
    }
    free(ids);
    return count;
}

/* Cured by sequencer_move: positions are given after the commit. A reader that remembers "the last id" loses events,
 * as the naive reader here shows. */
static void
test_commits_against_the_order_of_ids_lose_nothing(void **state)
{
    static const struct id early = { { 1 } };
    static const struct id late = { { 2 } };
    struct db *slow = connected(arena, dsn);
    struct db *quick = connected(arena, dsn);
    struct db *mover = connected(arena, dsn);
    int64_t last = 0;
    int seen;

    (void)state;
    db_begin(slow);
    append(slow, arena, &early, 1);
    assert_null(db_flush(slow, arena)); /* has the lower id, is not committed */
    db_begin(quick);
    append(quick, arena, &late, 1);
    assert_null(db_commit(quick, arena));
    seen = naive_read(&last);
    assert_int_equal(move(mover), 1);
    assert_null(db_commit(slow, arena));
    seen += naive_read(&last);
    assert_int_equal(seen, 1); /* of two: the naive reader has lost one */
    assert_int_equal(move(mover), 1);
    assert_int_equal(number("select pos from feed where aggregate_id::text like '02%'"), 1);
    assert_int_equal(number("select pos from feed where aggregate_id::text like '01%'"), 2);
    assert_int_equal(number("select head from feed_epoch"), 2);
    assert_int_equal(number("select count(*) from outbox"), 0);
    db_free(slow);
    db_free(quick);
    db_free(mover);
}

static void
test_an_undone_transaction_leaves_neither_event_nor_gap(void **state)
{
    static const struct id aggregate = { { 1 } };
    struct db *db = connected(arena, dsn);

    (void)state;
    db_begin(db);
    append(db, arena, &aggregate, 1);
    assert_null(db_flush(db, arena));
    db_rollback(db);
    db_begin(db);
    append(db, arena, &aggregate, 1);
    assert_null(db_commit(db, arena));
    assert_int_equal(move(db), 1);
    assert_int_equal(move(db), 0);
    assert_int_equal(number("select sum(pos) from feed"), 1);
    db_free(db);
}

/* Cured by the one transaction around DELETE, UPDATE head and INSERT. */
static void
test_a_mover_that_dies_before_its_commit_leaves_no_gap(void **state)
{
    static const struct id aggregate = { { 1 } };
    struct db *dying = connected(arena, dsn_by_proxy);
    struct db *db = connected(arena, dsn);
    struct scene_cut cut;
    int64_t moved;

    (void)state;
    db_begin(db);
    for (int i = 1; i <= 3; i++)
        append(db, arena, &aggregate, i);
    assert_null(db_commit(db, arena));
    scene_cut_start(&cut, proxy, PROXY_HOLD_COMMIT);
    assert_non_null(sequencer_move(dying, arena, &moved));
    scene_cut_finish(&cut);
    assert_int_equal(move(db), 3); /* waits for the dead one's lock to go */
    assert_int_equal(number("select min(pos) * 100 + max(pos) * 10 + count(*) from feed"), 133);
    db_free(dying);
    db_free(db);
}

static void
test_long_outboxes_are_moved_in_batches(void **state)
{
    struct db *db = connected(arena, dsn);
    int64_t moved = 0;

    (void)state;
    test_pg_run(
        pg, "transfers",
        "insert into outbox (aggregate, aggregate_id, version, type, payload, at)"
        " select 'member', gen_random_uuid(), 1, 'MemberRecorded', '', '2026-11-21' from generate_series(1, 1200)");
    for (int64_t batch = move(db); batch > 0; batch = move(db)) {
        assert_in_range(batch, 1, 1000);
        moved += batch;
    }
    assert_int_equal(moved, 1200);
    assert_int_equal(number("select count(distinct pos) from feed where pos between 1 and 1200"), 1200);
    db_free(db);
}

/* Cured by sequencer_plan: vacuum has seen the table empty, so that reading all of it is thought to cost nothing. */
static void
test_a_burst_into_a_vacuumed_outbox_is_not_read_whole_for_each_batch(void **state)
{
    struct db *db;

    (void)state;
    test_pg_run(pg, "transfers", "vacuum outbox");
    test_pg_run(pg, "transfers", "select pg_stat_reset_single_table_counters('outbox'::regclass)");
    db = connected(arena, dsn);
    assert_int_equal(move(db), 0); /* the plan is made */
    test_pg_run(
        pg, "transfers",
        "insert into outbox (aggregate, aggregate_id, version, type, payload, at)"
        " select 'member', gen_random_uuid(), 1, 'MemberRecorded', '', '2026-11-21' from generate_series(1, 4000)");
    while (move(db) > 0)
        ;
    db_free(db); /* a connection that ends tells its statistics */
    test_pg_await(pg, "transfers", "select n_tup_del from pg_stat_user_tables where relid = 'outbox'::regclass", 4000);
    assert_true(number("select seq_tup_read from pg_stat_user_tables where relid = 'outbox'::regclass") < 4000);
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

static atomic_int writing; /* writers still at work */
static atomic_int broken;  /* threads in which something failed */

static const struct db_statement raise_version = {
    "t_raise_version",
    "UPDATE counter SET version = version + 1 WHERE id = $1 RETURNING version",
};

static bool
write_once(struct db *db, struct arena *in, const struct id *aggregate)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_begin(db);
    db_arg_id(&args, aggregate);
    if (db_query_row(db, in, &raise_version, &args, &row))
        return false;
    append(db, in, aggregate, db_i64(row, 0, "version")); /* under the row's lock */
    return db_commit(db, in) == OK;
}

static void *
writer_main(void *argument)
{
    unsigned chance = (unsigned)(uintptr_t)argument;
    struct arena *in = arena_new(1 << 20);
    struct db *db = connected(in, dsn);

    for (int i = 0; i < EACH; i++) {
        struct id aggregate = { { 0 } };

        chance = chance * 1103515245 + 12345;
        aggregate.bytes[0] = (uint8_t)(1 + (chance >> 16) % AGGREGATES);
        arena_reset(in);
        if (!write_once(db, in, &aggregate))
            atomic_store(&broken, 1);
    }
    db_free(db);
    arena_free(in);
    atomic_fetch_sub(&writing, 1);
    return NULL;
}

static void *
mover_main(void *argument)
{
    struct arena *in = arena_new(1 << 20);
    struct db *db = connected(in, dsn);
    int64_t moved = 0;
    bool last = false;

    (void)argument;
    while (!last || moved > 0) {
        last = atomic_load(&writing) == 0; /* asked before the move: what comes after the last commit is seen */
        arena_reset(in);
        if (sequencer_move(db, in, &moved)) {
            atomic_store(&broken, 1);
            break;
        }
    }
    db_free(db);
    arena_free(in);
    return NULL;
}

static const struct db_statement next_page = {
    "t_next_page",
    "SELECT pos FROM feed WHERE pos > $1 ORDER BY pos LIMIT 50",
};

/* Follows while positions are being given; any event it steps over is lost to it. */
static void *
reader_main(void *argument)
{
    struct arena *in = arena_new(1 << 20);
    struct db *db = connected(in, dsn);
    int64_t *last = argument;

    while (*last < WRITERS * EACH && !atomic_load(&broken)) {
        struct db_args args = { 0 };
        struct db_rows *rows;

        arena_reset(in);
        db_arg_i64(&args, *last);
        if (db_query(db, in, &next_page, &args, &rows)) {
            atomic_store(&broken, 1);
            break;
        }
        for (int i = 0; i < db_count(rows); i++)
            if (db_i64(rows, i, "pos") != ++*last)
                atomic_store(&broken, 1);
    }
    db_free(db);
    arena_free(in);
    return NULL;
}

/* Cured by positions taken under the lock of the head's row, held until they are visible, and by versions taken under
 * the lock of the aggregate's row. */
static void
test_many_writers_and_movers_keep_the_feed_whole_for_a_reader(void **state)
{
    pthread_t threads[WRITERS + MOVERS + 1];
    int64_t last = 0;
    int n = 0;

    (void)state;
    test_pg_run(pg, "transfers",
                "insert into counter select ('0' || n || repeat('0', 30))::uuid, 0 from generate_series(1, 5) n");
    atomic_store(&writing, WRITERS);
    for (uintptr_t i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&threads[n++], NULL, writer_main, (void *)(i + 1)), 0);
    for (int i = 0; i < MOVERS; i++)
        assert_int_equal(pthread_create(&threads[n++], NULL, mover_main, NULL), 0);
    assert_int_equal(pthread_create(&threads[n++], NULL, reader_main, &last), 0);
    for (int i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&broken), 0);
    assert_int_equal(last, WRITERS * EACH);
    assert_int_equal(number("select count(*) from feed"), WRITERS * EACH);
    assert_int_equal(number("select head from feed_epoch"), WRITERS * EACH);
    assert_int_equal(
        number("select count(*) from (select version, row_number() over (partition by aggregate_id order by"
               " pos) as turn from feed) f where version <> turn"),
        0);
}

static int
start(void **state)
{
    (void)state;
    arena_reset(arena);
    atomic_store(&broken, 0);
    test_pg_run(pg, "transfers", "truncate outbox, feed, counter");
    test_pg_run(pg, "transfers", "update feed_epoch set head = 0");
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_commits_against_the_order_of_ids_lose_nothing, start),
        cmocka_unit_test_setup(test_an_undone_transaction_leaves_neither_event_nor_gap, start),
        cmocka_unit_test_setup(test_a_mover_that_dies_before_its_commit_leaves_no_gap, start),
        cmocka_unit_test_setup(test_long_outboxes_are_moved_in_batches, start),
        cmocka_unit_test_setup(test_a_burst_into_a_vacuumed_outbox_is_not_read_whole_for_each_batch, start),
        cmocka_unit_test_setup(test_many_writers_and_movers_keep_the_feed_whole_for_a_reader, start),
    };
    int failed;

    arena = arena_new(8 << 20);
    pg = test_pg_open();
    proxy = proxy_open(test_pg_socket(pg));
    dsn = test_pg_dsn(pg, "transfers");
    dsn_by_proxy = test_pg_dsn_by(pg, "transfers", proxy_port(proxy));
    test_pg_run(pg, "transfers", "create table counter (id uuid primary key, version bigint not null)");
    test_pg_run(pg, "transfers", "grant all on counter to transfers");
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    proxy_close(proxy);
    test_pg_close(pg);
    arena_free(arena);
    return failed;
}
