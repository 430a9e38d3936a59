/* SPDX-License-Identifier: Apache-2.0 */
/* The audit's hash chain: every row gets one place, and a row that is changed, taken out or put in later is named. */
#include "support/cmocka_all.h"

#include "daemon/audit_seal.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "scene.h"

#define ROWS 1203 /* more than two batches */

static struct arena *arena;
static struct test_pg *pg;
static struct db *db;

static void
run(const char *sql)
{
    test_pg_run(pg, "transfers", sql);
}

static int64_t
number(const char *sql)
{
    return test_pg_number(pg, "transfers", sql);
}

static void
queue_row(struct db *by, instant_t at)
{
    struct audit_work work = { .db = by, .arena = arena, .process = "test", .action = "try", .now = at };
    struct id object = clock_id();

    work.request = clock_id();
    audit_add_work(&work, &(struct audit_entry){ .object = "thing", .id = &object, .after = slice_of("x") });
}

static void
write_rows(int count, instant_t at)
{
    db_deadline(db, clock_ms() + SCENE_MS);
    db_begin(db);
    for (int i = 0; i < count; i++) {
        queue_row(db, at);
        if (i % 500 == 499) /* as much as one round trip takes */
            assert_null(db_flush(db, arena));
    }
    assert_null(db_commit(db, arena));
}

static void
seal_all(void)
{
    struct job_context job = { .arena = arena, .db = db, .now = clock_now(), .process = "transfers" };
    bool more = true;

    while (more) {
        db_deadline(db, clock_ms() + SCENE_MS); /* for each step, as the jobs thread has it */
        assert_null(audit_seal(&job, &more));
    }
}

static struct audit_verdict
verify(void)
{
    struct audit_verdict verdict;

    assert_null(audit_seal_verify(db, arena, &verdict));
    return verdict;
}

static void
assert_row(const struct audit_verdict *verdict, const char *sql)
{
    char *text = test_pg_text(pg, "transfers", sql);
    struct id id;

    assert_true(id_parse(slice_of(text), &id));
    assert_true(id_equal(&id, &verdict->row));
    free(text);
}

static int
open_chain(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    pg = test_pg_open();
    seal_init();
    db = db_new(test_pg_dsn(pg, "transfers"), "test");
    db_deadline(db, clock_ms() + SCENE_MS);
    assert_null(db_ready(arena, db));
    write_rows(ROWS, clock_now());
    seal_all();
    return 0;
}

static int
close_chain(void **state)
{
    (void)state;
    db_free(db);
    test_pg_close(pg);
    arena_free(arena);
    return 0;
}

static void
every_row_gets_one_place(void **state)
{
    struct audit_verdict verdict = verify();
    uint8_t head[SEAL_HASH];

    (void)state;
    assert_int_equal(verdict.fault, AUDIT_WHOLE);
    assert_int_equal(verdict.pos, ROWS);
    memcpy(head, verdict.head, sizeof head);
    seal_all(); /* nothing to do */
    assert_int_equal(number("select count(*) from audit_seal_history"), ROWS);
    write_rows(1, clock_now());
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_WHOLE);
    assert_int_equal(verdict.waiting, 1);
    seal_all();
    verdict = verify();
    assert_int_equal(verdict.waiting, 0);
    assert_int_equal(verdict.pos, ROWS + 1);
    assert_memory_not_equal(head, verdict.head, sizeof head);
}

static void
a_changed_row_is_named(void **state)
{
    struct audit_verdict verdict;

    (void)state;
    run("update audit set reason = 'nothing happened'"
        " where id = (select audit_id from audit_seal_history where pos = 700)");
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_CHANGED);
    assert_int_equal(verdict.pos, 700);
    assert_row(&verdict, "select audit_id from audit_seal_history where pos = 700");
    run("update audit set reason = null where reason is not null");
    assert_int_equal(verify().fault, AUDIT_WHOLE);
}

static void
a_row_taken_out_is_named(void **state)
{
    struct audit_verdict verdict;

    (void)state;
    run("create table kept as select * from audit where id = (select audit_id from audit_seal_history where pos = 5)");
    run("delete from audit where id = (select id from kept)");
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_GONE);
    assert_row(&verdict, "select id from kept");
    run("insert into audit select * from kept");
    assert_int_equal(verify().fault, AUDIT_WHOLE);
}

static void
a_place_taken_out_is_told(void **state)
{
    struct audit_verdict verdict;

    (void)state;
    run("create table place as select * from audit_seal_history where pos = 9");
    run("delete from audit_seal_history where pos = 9");
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_GAP);
    assert_int_equal(verdict.pos, 9);
    run("insert into audit_seal_history select * from place");
    assert_int_equal(verify().fault, AUDIT_WHOLE);
}

static void
a_row_taken_out_before_its_seal_is_named(void **state)
{
    struct audit_verdict verdict;

    (void)state;
    seal_all(); /* rows that were put back have their places */
    assert_int_equal(verify().waiting, 0);
    write_rows(1, clock_now());
    run("create table early as select a.* from audit a join audit_unsealed using (id, at)");
    run("delete from audit where id = (select id from early)");
    write_rows(1, clock_now());
    seal_all();
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_GONE);
    assert_int_equal(verdict.waiting, 1);
    assert_row(&verdict, "select id from early");
    run("alter table audit disable trigger audit_await_seal");
    run("insert into audit select * from early");
    run("alter table audit enable trigger audit_await_seal");
    seal_all();
    assert_int_equal(verify().fault, AUDIT_WHOLE);
}

/* A transaction writes its row, others work for an hour, then it commits: its row has its place behind theirs. */
static void
a_row_committed_long_after_the_head_is_sealed(void **state)
{
    struct db *slow = db_new(test_pg_dsn(pg, "transfers"), "test");
    int64_t sealed = verify().pos;
    struct audit_verdict verdict;

    (void)state;
    db_deadline(slow, clock_ms() + SCENE_MS);
    assert_null(db_ready(arena, slow));
    db_begin(slow);
    queue_row(slow, clock_now() - 6 * AUDIT_SEAL_LATE);
    assert_null(db_flush(slow, arena));
    write_rows(3, clock_now());
    seal_all();
    verdict = verify();
    assert_int_equal(verdict.pos, sealed + 3);
    assert_int_equal(verdict.late, 0);
    assert_null(db_commit(slow, arena));
    assert_int_equal(verify().waiting, 1);
    seal_all();
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_WHOLE);
    assert_int_equal(verdict.pos, sealed + 4);
    assert_int_equal(verdict.late, 1);
    db_free(slow);
}

/* Somebody who may write the table puts a row in as if it had been there long ago. */
static void
a_row_put_in_behind_the_chain_is_told(void **state)
{
    struct audit_verdict verdict = verify();
    int64_t late = verdict.late;

    (void)state;
    run("insert into audit select '01900000-0000-7000-8000-000000000001', at - interval '1 day', account_id, role,"
        " organization_id, caller, request_id, action, object, object_id from audit order by id limit 1");
    seal_all();
    assert_int_equal(verify().late, late + 1);
    run("alter table audit disable trigger audit_await_seal");
    run("insert into audit select '01900000-0000-7000-8000-000000000002', at - interval '1 day', account_id, role,"
        " organization_id, caller, request_id, action, object, object_id from audit order by id limit 1");
    run("alter table audit enable trigger audit_await_seal");
    seal_all();
    verdict = verify();
    assert_int_equal(verdict.fault, AUDIT_UNSEALED);
    assert_row(&verdict, "select '01900000-0000-7000-8000-000000000002'::uuid");
}

/* Every service's schema has the chain, with the rights of its runtime role. */
static void
every_service_can_seal(void **state)
{
    static const char *const services[] = { "organizations", "transfers", "dues", "training", "notifications" };

    (void)state;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        struct db *other = db_new(test_pg_dsn(pg, services[i]), "test");

        db_deadline(other, clock_ms() + SCENE_MS);
        assert_null(db_ready(arena, other));
        assert_null(db_check(other, arena, &sql_audit_seal_plan));
        assert_null(db_check(other, arena, &sql_audit_seal_lock));
        assert_null(db_check(other, arena, &sql_audit_seal_head));
        assert_null(db_check(other, arena, &sql_audit_seal_next));
        assert_null(db_check(other, arena, &sql_audit_seal_insert));
        assert_null(db_check(other, arena, &sql_audit_seal_walk));
        assert_null(db_check(other, arena, &sql_audit_seal_missed));
        db_free(other);
    }
}

static const struct db_statement sql_explain = {
    "test_explain",
    "EXPLAIN EXECUTE audit_seal_next(1000)",
};

static void
assert_probes(void)
{
    struct db_args args = { 0 };
    struct db_rows *plan = NULL;

    db_deadline(db, clock_ms() + SCENE_MS);
    db_begin(db);
    db_queue(db, &sql_audit_seal_plan, NULL);
    assert_null(db_query(db, arena, &sql_explain, &args, &plan));
    for (int i = 0; i < db_count(plan); i++) {
        const char *line = db_text(plan, i, "QUERY PLAN");

        if (strstr(line, "Seq Scan") || strstr(line, "Hash Join") || strstr(line, "Merge"))
            fail_msg("%s", line);
    }
    assert_true(db_count(plan) > 0);
    assert_null(db_commit(db, arena));
}

/* Stands last: what was vacuumed while it was empty seems to cost nothing to read. */
static void
a_step_probes_for_its_rows_though_it_was_planned_when_none_waited(void **state)
{
    (void)state;
    run("truncate audit, audit_unsealed, audit_seal_history");
    run("vacuum analyze audit, audit_unsealed, audit_seal_history");
    for (int i = 0; i < 7; i++) /* from the sixth on the server keeps one plan */
        seal_all();
    write_rows(5 * ROWS, clock_now());
    assert_probes();
    seal_all();
    assert_int_equal(number("select count(*) from audit_unsealed"), 0);
    assert_int_equal(number("select count(*) from audit_seal_history"), 5 * ROWS);
    assert_int_equal(verify().fault, AUDIT_WHOLE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_gets_one_place),
        cmocka_unit_test(a_changed_row_is_named),
        cmocka_unit_test(a_row_taken_out_is_named),
        cmocka_unit_test(a_place_taken_out_is_told),
        cmocka_unit_test(a_row_taken_out_before_its_seal_is_named),
        cmocka_unit_test(a_row_committed_long_after_the_head_is_sealed),
        cmocka_unit_test(a_row_put_in_behind_the_chain_is_told),
        cmocka_unit_test(every_service_can_seal),
        cmocka_unit_test(a_step_probes_for_its_rows_though_it_was_planned_when_none_waited),
    };

    return cmocka_run_group_tests(tests, open_chain, close_chain);
}
