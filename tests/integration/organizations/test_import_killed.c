/* SPDX-License-Identifier: Apache-2.0 */
/* An import whose process is killed at ten random rows and goes on each time: every row once, the arithmetic closes.
 * The worker is a process of its own; a trigger of the test makes it wait at a row, where it is killed with SIGKILL. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/imports/job_imports.h"

#define KILLS   10
#define SEED    20261121u
#define ALL     1192
#define WAIT_MS 20000
#define TICK_MS 5

static int64_t
number(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static Import *
begin_commit(struct desk *desk)
{
    CommitImportRequest *in = commit_import_request_new(desk->arena);
    ProtobufCMessage *out;
    Import *import;

    desk_commit(desk, desk_upload_file(desk, LEDGER(REGIONS), "township/divisions.csv"), false);
    desk_commit(desk, desk_upload_file(desk, LEDGER(ORGANIZATIONS), "township/organizations.csv"), false);
    desk_commit(desk, desk_upload_file(desk, LEDGER(UNITS), "township/units.csv"), false);
    import = desk_upload_file(desk, LEDGER(MEMBERS), "township/members.csv");
    in->id = import->id;
    assert_null(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out));
    return import;
}

/* The next insert of a member but `row` waits until it is killed. A sequence counts: it does not roll back. */
static void
wait_at(struct desk *desk, int64_t row)
{
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena,
                             "create or replace function hold() returns trigger language plpgsql security definer as $$"
                             " begin if nextval('held') = %lld then perform pg_sleep(600); end if; return new; end $$;"
                             "alter sequence held restart",
                             (long long)row));
}

static pid_t
start_worker(struct desk *desk)
{
    pid_t child = fork();
    bool more = true;

    assert_true(child >= 0);
    if (child)
        return child;
    desk->db = db_new(test_pg_dsn(desk->pg, "organizations"), "worker");
    db_deadline(desk->db, clock_ms() + WAIT_MS);
    if (db_ready(desk->arena, desk->db))
        _exit(2);
    while (more)
        if (desk_step(desk, job_import_rows, &more))
            _exit(3);
    _exit(0);
}

/* True when it waits at its row; false when it came to the end before. */
static bool
await_worker(struct desk *desk, pid_t child)
{
    int64_t until_ms = clock_ms() + WAIT_MS;

    while (clock_ms() < until_ms) {
        int status;

        if (waitpid(child, &status, WNOHANG) == child) {
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
            return false;
        }
        if (number(desk, "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                         " and datname = current_database()") > 0)
            return true;
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("the worker neither waits nor ends");
    return false;
}

static void
kill_worker(struct desk *desk, pid_t child)
{
    int64_t until_ms = clock_ms() + WAIT_MS;

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    test_pg_run(desk->pg, "organizations",
                "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'"
                " and datname = current_database()");
    while (number(desk, "select count(*) from pg_stat_activity where application_name = 'worker'"
                        " and datname = current_database()") > 0) {
        assert_true(clock_ms() < until_ms);
        poll(NULL, 0, TICK_MS);
    }
}

static void
close_arithmetic(struct desk *desk, const char *id)
{
    Import *import = desk_import(desk, id);

    assert_int_equal(import->read, ALL);
    assert_int_equal(import->done, ALL);
    assert_int_equal(import->created, ALL);
    assert_int_equal(import->updated + import->unchanged + import->duplicate + import->invalid, 0);
    assert_int_equal(number(desk, "select count(*) from member"), ALL);
    assert_int_equal(number(desk, "select count(distinct identity_index) from person"), ALL);
    assert_int_equal(number(desk, "select count(*) from membership where until is null"), ALL);
    assert_int_equal(number(desk, "select count(*) from outbox where aggregate = 'member' and version = 1"), ALL);
    assert_int_equal(number(desk, "select count(*) from outbox where aggregate = 'member'"), ALL);
    assert_int_equal(number(desk, "select count(*) from audit where object = 'member'"), ALL);
    assert_int_equal(number(desk, "select count(*) from import_row r join member m on m.id = r.entity_id"
                                  " where r.entity_version = 1"),
                     ALL);
}

static void
ten_kills_take_every_row_once(void **state)
{
    struct desk *desk = desk_open();
    Import *import = begin_commit(desk);
    unsigned seed = SEED;
    int kills = 0;

    (void)state;
    test_pg_run(desk->pg, "organizations",
                "create sequence held; grant usage on sequence held to public;"
                "create function hold() returns trigger language plpgsql as 'begin return new; end';"
                "create trigger hold before insert on member for each row execute function hold()");
    for (; kills < KILLS; kills++) {
        int64_t left = ALL - number(desk, "select count(*) from member");
        int64_t row = 1 + rand_r(&seed) % left;
        pid_t child;

        wait_at(desk, row);
        child = start_worker(desk);
        if (!await_worker(desk, child))
            break;
        print_message("killed at row %lld with %lld in\n", (long long)row,
                      (long long)number(desk, "select count(*) from member"));
        kill_worker(desk, child);
    }
    assert_int_equal(kills, KILLS);
    test_pg_run(desk->pg, "organizations", "drop trigger hold on member");
    desk_work(desk);
    close_arithmetic(desk, import->id);
    desk_close(desk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(ten_kills_take_every_row_once) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
