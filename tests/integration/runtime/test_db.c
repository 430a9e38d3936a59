/* SPDX-License-Identifier: Apache-2.0 */
/* One connection against a real server: pipelines, failures by SQLSTATE, servers that die, answers that never come. */
#include "support/cmocka_all.h"

#include <stdio.h>

#include "io/clock.h"
#include "io/db.h"
#include "scene.h"

static struct arena *arena;
static struct test_pg *pg;
static struct proxy *proxy;
static const char *dsn;
static const char *dsn_by_proxy;
static struct db *db; /* direct */
static struct db *by_proxy;

static const struct db_statement insert = { "t_insert", "INSERT INTO things (word) VALUES ($1)" };
static const struct db_statement insert_number = { "t_number", "INSERT INTO things (word, number) VALUES ($1, $2)" };
static const struct db_statement count = { "t_count", "SELECT count(*) AS n FROM things" };
static const struct db_statement backend = { "t_backend", "SELECT pg_backend_pid() AS pid" };

static void
queue_word(struct db *on, const char *word)
{
    struct db_args args = { 0 };

    db_arg_text(&args, word);
    db_queue(on, &insert, &args);
}

static int64_t
things(void)
{
    return test_pg_number(pg, "transfers", "select count(*) from things");
}

static int64_t
ask(struct db *on, const struct db_statement *statement, const char *column)
{
    struct db_rows *row;

    assert_null(db_query_row(on, arena, statement, NULL, &row));
    return db_i64(row, 0, column);
}

static void
test_effects_and_commit_travel_together(void **state)
{
    (void)state;
    db_begin(db);
    queue_word(db, "a");
    queue_word(db, "b");
    assert_int_equal(things(), 0);
    assert_null(db_commit(db, arena));
    assert_int_equal(things(), 2);
    assert_int_equal(ask(db, &count, "n"), 2);
}

/* Cured by the pipeline: one Sync behind COMMIT (db_exchange), so that an error skips all that follows it. */
static void
test_a_failing_statement_undoes_all_and_the_commit_behind_it(void **state)
{
    (void)state;
    db_begin(db);
    queue_word(db, "a");
    queue_word(db, "a");
    queue_word(db, "b");
    assert_true(status_is(db_commit(db, arena), PROBLEM_ALREADY_EXISTS));
    assert_true(db_violated(db, "things_pkey"));
    assert_false(db_may_repeat(db));
    assert_false(db_commit_unknown(db));
    db_rollback(db);
    assert_int_equal(things(), 0);
    assert_int_equal(ask(db, &count, "n"), 0); /* and the connection goes on */
}

/* Cured by check_commit: COMMIT of a failed transaction answers ROLLBACK and calls it success. */
static void
test_a_commit_that_the_server_turned_into_a_rollback_is_a_failure(void **state)
{
    struct db_args args = { 0 };

    (void)state;
    db_arg_text(&args, "a");
    db_arg_i64(&args, -1);
    db_begin(db);
    queue_word(db, "b");
    db_queue(db, &insert_number, &args);
    assert_true(status_is(db_flush(db, arena), PROBLEM_INTERNAL));
    assert_true(db_violated(db, "number_is_positive"));
    assert_non_null(db_commit(db, arena));
    assert_false(db_commit_unknown(db));
    db_rollback(db);
    assert_int_equal(things(), 0);
}

static const struct db_statement leaf_one = { "t_leaf", "INSERT INTO leaves (n, word, bytes) VALUES ($1, $2, $3)" };
static const struct db_statement leaf_set = {
    "t_leaves",
    "INSERT INTO leaves (n, word, bytes) SELECT l.n::bigint, l.word, l.bytes"
    " FROM unnest($1::text[], $2::text[], $3::bytea[]) AS l (n, word, bytes)",
};
static const struct db_many leaves = { &leaf_one, &leaf_set, .bytes = 1U << 2 };

static void
gather_leaf(int64_t n, const char *word, struct slice bytes)
{
    struct db_args args = { 0 };

    db_arg_i64(&args, n);
    db_arg_text(&args, word);
    if (bytes.data)
        db_arg_bytes(&args, bytes);
    else
        db_arg_null(&args);
    db_gather(db, &leaves, &args);
}

static char *
all_leaves(void)
{
    return test_pg_text(pg, "transfers",
                        "select string_agg(concat_ws(',', n, coalesce(word, '-'), coalesce(encode(bytes, 'hex'), '-')),"
                        "                  ' ' order by n) from leaves");
}

/* One row goes as one, two as a set; quotes, zero bytes, empty and absent values arrive as they are. */
static void
test_gathered_rows_arrive_as_they_are(void **state)
{
    char *text;

    (void)state;
    test_pg_run(pg, "transfers",
                "create table if not exists leaves (n bigint primary key, word text, bytes bytea);"
                "truncate leaves; grant all on leaves to transfers");
    db_begin(db);
    gather_leaf(1, NULL, slice_make("\0\1", 2));
    assert_int_equal(ask(db, &count, "n"), 0); /* the round trip takes it along */
    gather_leaf(2, "a\"{},\\b", slice_make("", 0));
    gather_leaf(3, "", (struct slice){ 0 });
    assert_null(db_flush(db, arena));
    gather_leaf(4, "last", slice_make("x", 1));
    assert_null(db_commit(db, arena));
    text = all_leaves();
    assert_string_equal(text, "1,-,0001 2,a\"{},\\b, 3,,- 4,last,78");
    free(text);
}

static void
test_gathered_rows_are_their_transactions_own(void **state)
{
    (void)state;
    test_gathered_rows_arrive_as_they_are(state);
    db_begin(db);
    gather_leaf(5, "gone", (struct slice){ 0 });
    db_rollback(db);
    db_begin(db);
    for (int64_t n = 10; n < 2510; n++) /* more than one statement takes */
        gather_leaf(n, "many", (struct slice){ 0 });
    assert_null(db_commit(db, arena));
    assert_int_equal(test_pg_number(pg, "transfers", "select count(*) from leaves where word = 'many'"), 2500);
    db_begin(db);
    gather_leaf(6, "no", (struct slice){ 0 });
    gather_leaf(10, "twice", (struct slice){ 0 });
    assert_true(status_is(db_commit(db, arena), PROBLEM_ALREADY_EXISTS));
    db_rollback(db);
    assert_int_equal(test_pg_number(pg, "transfers", "select count(*) from leaves"), 2504);
}

static void
test_a_rollback_forgets_what_was_queued(void **state)
{
    (void)state;
    db_begin(db);
    queue_word(db, "a");
    db_rollback(db);
    db_begin(db);
    queue_word(db, "b");
    assert_null(db_flush(db, arena));
    db_rollback(db);
    assert_int_equal(things(), 0);
}

static void
test_a_row_that_is_not_there_is_not_found(void **state)
{
    static const struct db_statement nothing = { "t_nothing", "SELECT word FROM things WHERE false" };
    struct db_rows *row;

    (void)state;
    assert_true(status_is(db_query_row(db, arena, &nothing, NULL, &row), PROBLEM_NOT_FOUND));
    assert_null(db_query(db, arena, &nothing, NULL, &row));
    assert_int_equal(db_count(row), 0);
}

static void
test_every_sqlstate_becomes_its_problem(void **state)
{
    static const struct {
        const char *sqlstate;
        enum problem_name problem;
        bool repeat;
    } rows[] = {
        { "40001", PROBLEM_BUSY, true },         { "40P01", PROBLEM_BUSY, true },
        { "55P03", PROBLEM_BUSY, false },        { "23505", PROBLEM_ALREADY_EXISTS, false },
        { "23514", PROBLEM_INTERNAL, false },    { "23503", PROBLEM_INTERNAL, false },
        { "57014", PROBLEM_TIMEOUT, false },     { "57P01", PROBLEM_UNAVAILABLE, true },
        { "57P03", PROBLEM_UNAVAILABLE, true },  { "25006", PROBLEM_UNAVAILABLE, true },
        { "08006", PROBLEM_UNAVAILABLE, true },  { "53100", PROBLEM_UNAVAILABLE, false },
        { "53300", PROBLEM_UNAVAILABLE, false }, { "42601", PROBLEM_INTERNAL, false },
        { "P0001", PROBLEM_INTERNAL, false },    { "26000", PROBLEM_BUSY, true },
        { "0A000", PROBLEM_BUSY, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct db_statement *raise = arena_alloc(arena, sizeof *raise);
        status_t st;

        *raise = (struct db_statement){
            arena_printf(arena, "t_raise_%s", rows[i].sqlstate),
            arena_printf(arena, "DO $$ BEGIN RAISE 'row 320699199001011125' USING ERRCODE = '%s'; END $$",
                         rows[i].sqlstate),
        };
        assert_null(db_ready(arena, db));
        db_queue(db, raise, NULL);
        st = db_flush(db, arena);
        if (!status_is(st, rows[i].problem) || db_may_repeat(db) != rows[i].repeat)
            fail_msg("%s: %s, repeat %d", rows[i].sqlstate, st ? st->problem->slug : "ok", db_may_repeat(db));
        assert_null(strstr(st->cause->detail, "320699")); /* the server's words stay with the server */
    }
}

static void
test_a_row_somebody_holds_is_busy(void **state)
{
    static const struct db_statement impatient = { "t_impatient", "SET LOCAL lock_timeout = 20" };
    static const struct db_statement touch = { "t_touch", "UPDATE things SET number = 1" };

    (void)state;
    queue_word(db, "a");
    assert_null(db_flush(db, arena));
    test_pg_run(pg, "transfers", "begin");
    test_pg_run(pg, "transfers", "update things set number = 2");
    db_begin(db);
    db_queue(db, &impatient, NULL);
    db_queue(db, &touch, NULL);
    assert_true(status_is(db_commit(db, arena), PROBLEM_BUSY));
    db_rollback(db);
    test_pg_run(pg, "transfers", "rollback");
}

static void
kill_backend(struct db *of)
{
    char sql[128];

    snprintf(sql, sizeof sql, "select pg_terminate_backend(%lld, 5000)::int", (long long)ask(of, &backend, "pid"));
    assert_int_equal(test_pg_number(pg, "transfers", sql), 1);
}

/* Cured by remembering what was prepared per connection (db_disconnect forgets it). */
static void
test_a_killed_backend_may_be_repeated_and_statements_are_prepared_again(void **state)
{
    struct db_rows *rows;

    (void)state;
    assert_int_equal(ask(db, &count, "n"), 0);
    kill_backend(db);
    assert_true(status_is(db_query(db, arena, &count, NULL, &rows), PROBLEM_UNAVAILABLE));
    assert_true(db_may_repeat(db));
    assert_false(db_commit_unknown(db));
    assert_null(db_ready(arena, db));
    assert_int_equal(ask(db, &count, "n"), 0);
}

static void
test_a_backend_killed_within_a_transaction_leaves_nothing(void **state)
{
    (void)state;
    db_begin(db);
    queue_word(db, "a");
    assert_null(db_flush(db, arena));
    kill_backend(db);
    queue_word(db, "b");
    assert_non_null(db_flush(db, arena));
    assert_true(db_may_repeat(db));
    db_rollback(db);
    assert_null(db_ready(arena, db));
    assert_int_equal(things(), 0);
}

/* Cured by db_wait: poll with what is left of the deadline; libpq alone would wait for the kernel to give up. */
static void
test_a_dead_server_is_a_timeout_at_the_deadline(void **state)
{
    struct db_rows *rows;
    int64_t from;

    (void)state;
    assert_int_equal(ask(by_proxy, &count, "n"), 0);
    proxy_set(proxy, PROXY_FREEZE, NULL);
    from = clock_ms();
    db_deadline(by_proxy, from + 200);
    assert_true(status_is(db_query(by_proxy, arena, &count, NULL, &rows), PROBLEM_TIMEOUT));
    assert_in_range(clock_ms() - from, 195, 1500);
    assert_false(db_may_repeat(by_proxy));
    assert_false(db_is_open(by_proxy));
    proxy_set(proxy, PROXY_PASS, NULL);
    db_deadline(by_proxy, clock_ms() + SCENE_MS);
    assert_null(db_ready(arena, by_proxy));
    assert_int_equal(ask(by_proxy, &count, "n"), 0);
}

static void
test_connecting_to_a_dead_server_ends_at_the_deadline_too(void **state)
{
    int64_t from = clock_ms();

    (void)state;
    db_free(by_proxy);
    by_proxy = db_new(dsn_by_proxy, "test");
    proxy_set(proxy, PROXY_FREEZE, NULL);
    db_deadline(by_proxy, from + 200);
    assert_true(status_is(db_ready(arena, by_proxy), PROBLEM_UNAVAILABLE));
    assert_in_range(clock_ms() - from, 195, 1500);
    proxy_set(proxy, PROXY_PASS, NULL);
}

static void
test_after_a_refused_connection_the_next_attempt_waits(void **state)
{
    struct db *nowhere = db_new("host=127.0.0.1 port=1 connect_timeout=1", "test");

    (void)state;
    db_deadline(nowhere, clock_ms() + SCENE_MS);
    assert_true(status_is(db_ready(arena, nowhere), PROBLEM_UNAVAILABLE));
    assert_true(db_may_repeat(nowhere));
    assert_non_null(strstr(db_ready(arena, nowhere)->detail, "waiting"));
    db_free(nowhere);
}

/* Cured by db->commit_unknown: a COMMIT without an answer is neither done nor failed. */
static void
test_a_lost_answer_to_commit_is_unknown_and_the_row_is_there(void **state)
{
    struct scene_cut cut;

    (void)state;
    scene_cut_start(&cut, proxy, PROXY_HOLD_ANSWER);
    db_begin(by_proxy);
    queue_word(by_proxy, "a");
    assert_true(status_is(db_commit(by_proxy, arena), PROBLEM_UNAVAILABLE));
    scene_cut_finish(&cut);
    assert_true(db_commit_unknown(by_proxy));
    assert_false(db_may_repeat(by_proxy));
    assert_int_equal(things(), 1);
}

static void
test_a_commit_lost_on_its_way_is_unknown_and_the_row_is_not_there(void **state)
{
    struct scene_cut cut;

    (void)state;
    scene_cut_start(&cut, proxy, PROXY_HOLD_COMMIT);
    db_begin(by_proxy);
    queue_word(by_proxy, "a");
    assert_true(status_is(db_commit(by_proxy, arena), PROBLEM_UNAVAILABLE));
    scene_cut_finish(&cut);
    assert_true(db_commit_unknown(by_proxy));
    assert_int_equal(things(), 0);
    assert_null(db_ready(arena, by_proxy));
    db_begin(by_proxy);
    assert_false(db_commit_unknown(by_proxy)); /* of the transaction before */
    db_rollback(by_proxy);
}

static void
test_every_type_goes_there_and_back(void **state)
{
    static const struct db_statement echo = {
        "t_echo", "SELECT $1::text AS t, $2::bytea AS b, $3::bigint AS n, $4::bool AS f, $5::uuid AS u, $6::date AS d,"
                  " $7::timestamptz AS at, $8::text[] AS texts, $9::uuid[] AS ids"
    };
    static const struct id id = { { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255 } };
    struct db_args args = { 0 };
    struct db_rows *row;
    struct id back;

    (void)state;
    db_arg_text(&args, "党 \\ ' \" $1");
    db_arg_bytes(&args, slice_make("\0\x80\xFF", 3));
    db_arg_i64(&args, INT64_MIN);
    db_arg_bool(&args, true);
    db_arg_id(&args, &id);
    db_arg_date(&args, -719162); /* 0001-01-01 */
    db_arg_instant(&args, INT64_C(1800000000123456));
    db_arg_texts(&args, arena, (const char *[]){ "a,b", "\"\\", "", "NULL", NULL, "{}" }, 6);
    db_arg_ids(&args, arena, &id, 1);
    assert_null(db_query_row(db, arena, &echo, &args, &row));
    assert_string_equal(db_text(row, 0, "t"), "党 \\ ' \" $1");
    assert_true(slice_equal(db_bytes(row, 0, "b"), slice_make("\0\x80\xFF", 3)));
    assert_true(db_i64(row, 0, "n") == INT64_MIN);
    assert_true(db_bool(row, 0, "f"));
    back = db_id(row, 0, "u");
    assert_true(id_equal(&back, &id));
    assert_int_equal(db_date(row, 0, "d"), -719162);
    assert_true(db_instant(row, 0, "at") == INT64_C(1800000000123456));
    assert_string_equal(db_text(row, 0, "texts"), "{\"a,b\",\"\\\"\\\\\",\"\",\"NULL\",NULL,\"{}\"}");
    assert_string_equal(db_text(row, 0, "ids"), "{01020304-0506-0708-090a-0b0c0d0e0fff}");
    assert_null(db_rows_status(row));
}

static void
test_null_is_read_as_nothing_and_a_wrong_column_is_told(void **state)
{
    static const struct db_statement nulls = { "t_nulls", "SELECT null AS x, 'word' AS word" };
    struct db_rows *row;
    struct id id;

    (void)state;
    assert_null(db_query_row(db, arena, &nulls, NULL, &row));
    assert_true(db_is_null(row, 0, "x"));
    assert_null(db_text(row, 0, "x"));
    assert_int_equal(db_i64(row, 0, "x"), 0);
    assert_int_equal(db_date(row, 0, "x"), DATE_NONE);
    assert_false(db_bool(row, 0, "x"));
    id = db_id(row, 0, "x");
    assert_true(id_is_nil(&id));
    assert_null(db_rows_status(row));
    db_i64(row, 0, "word");
    db_text(row, 0, "no_such_column");
    assert_non_null(strstr(db_rows_status(row)->detail, "word")); /* the first mistake */
}

static void
test_many_statements_share_one_round_trip(void **state)
{
    (void)state;
    db_begin(db);
    for (int i = 0; i < 900; i++)
        queue_word(db, arena_printf(arena, "word %d", i));
    assert_null(db_commit(db, arena));
    assert_int_equal(things(), 900);
}

static int
start(void **state)
{
    (void)state;
    arena_reset(arena);
    test_pg_run(pg, "transfers", "truncate things");
    db = db_new(dsn, "test");
    by_proxy = db_new(dsn_by_proxy, "test");
    db_deadline(db, clock_ms() + SCENE_MS);
    db_deadline(by_proxy, clock_ms() + SCENE_MS);
    return db_ready(arena, db) || db_ready(arena, by_proxy);
}

static int
finish(void **state)
{
    (void)state;
    arena_reset(arena);
    db_free(db);
    db_free(by_proxy);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_effects_and_commit_travel_together),
        TEST(test_a_failing_statement_undoes_all_and_the_commit_behind_it),
        TEST(test_a_commit_that_the_server_turned_into_a_rollback_is_a_failure),
        TEST(test_gathered_rows_arrive_as_they_are),
        TEST(test_gathered_rows_are_their_transactions_own),
        TEST(test_a_rollback_forgets_what_was_queued),
        TEST(test_a_row_that_is_not_there_is_not_found),
        TEST(test_every_sqlstate_becomes_its_problem),
        TEST(test_a_row_somebody_holds_is_busy),
        TEST(test_a_killed_backend_may_be_repeated_and_statements_are_prepared_again),
        TEST(test_a_backend_killed_within_a_transaction_leaves_nothing),
        TEST(test_a_dead_server_is_a_timeout_at_the_deadline),
        TEST(test_connecting_to_a_dead_server_ends_at_the_deadline_too),
        TEST(test_after_a_refused_connection_the_next_attempt_waits),
        TEST(test_a_lost_answer_to_commit_is_unknown_and_the_row_is_there),
        TEST(test_a_commit_lost_on_its_way_is_unknown_and_the_row_is_not_there),
        TEST(test_every_type_goes_there_and_back),
        TEST(test_null_is_read_as_nothing_and_a_wrong_column_is_told),
        TEST(test_many_statements_share_one_round_trip),
    };
    int failed;

    arena = arena_new(8 << 20);
    pg = test_pg_open();
    proxy = proxy_open(test_pg_socket(pg));
    dsn = test_pg_dsn(pg, "transfers");
    dsn_by_proxy = test_pg_dsn_by(pg, "transfers", proxy_port(proxy));
    scene_things(pg, "transfers");
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    proxy_close(proxy);
    test_pg_close(pg);
    arena_free(arena);
    return failed;
}
