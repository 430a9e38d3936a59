/* SPDX-License-Identifier: Apache-2.0 */
/* Validity ends (过期) while the committee receives the letter: the day changes for one process a moment before it does
 * for the other. The job is held before each of its statements, so is the command. */
#include <stdio.h>

#include "race.h"
#include "support/cmocka_all.h"

#define HELD_MS   10000
#define LATER     "300000" /* seconds: after the one day a letter is valid, before stored answers go */
#define AFTERWARD "afterward"

static struct proxy *job_proxy;

static int
set_up(void **state)
{
    int failed = race_open(state);
    struct race_world *world = *state;

    job_proxy = proxy_open(test_pg_socket(world->pg));
    test_system_add(world->system, AFTERWARD, "transfers", INSTANCE_HIDDEN);
    test_system_dsn(world->system, AFTERWARD, test_pg_dsn_by(world->pg, "transfers", proxy_port(job_proxy)));
    test_system_set(world->system, AFTERWARD, "LIANGXIN_CLOCK", LATER);
    return failed;
}

static int
tear_down(void **state)
{
    int failed = race_close(state);

    proxy_close(job_proxy);
    return failed;
}

static void
finish(struct race_world *world, struct race_asking *asking, const char *letter, long status, const char *letter_state)
{
    char sql[128];
    char *text;

    pthread_join(asking->thread, NULL);
    if (asking->reply.status != status)
        fail_msg("%ld instead of %ld: %s", asking->reply.status, status, asking->reply.body);
    test_reply_done(&asking->reply);
    snprintf(sql, sizeof sql, "select state from letter where id = '%s'", letter);
    text = test_pg_text(world->pg, "transfers", sql);
    assert_string_equal(text, letter_state);
    free(text);
    race_check(world);
    test_system_kill(world->system, AFTERWARD);
}

/* The job comes first: held at `statement` (NULL: at its COMMIT); the letter is received meanwhile. */
static void
job_first(struct race_world *world, const char *statement, long status, const char *letter_state)
{
    char letter[64];
    long version = race_letter(world, "issue", letter);
    struct race_asking asking = race_command(world, "receive", letter, version);

    proxy_set(job_proxy, statement ? PROXY_HOLD_STATEMENT : PROXY_HOLD_COMMIT, statement ? statement : "letter_update");
    test_system_start(world->system, AFTERWARD);
    assert_true(proxy_await_held(job_proxy, HELD_MS));
    race_ask(&asking);
    race_await_rest(&asking);
    proxy_release(job_proxy, proxy_turn(job_proxy));
    finish(world, &asking, letter, status, letter_state);
}

static void
a_job_that_has_not_locked_yields(void **state)
{
    job_first(*state, "letter_overdue_validity", 200, "received");
}

static void
a_job_that_has_locked_goes_first(void **state)
{
    job_first(*state, "letter_update", 412, "expired");
    job_first(*state, NULL, 412, "expired");
}

/* The command comes first and is held; the job runs to its end meanwhile. */
static void
command_first(struct race_world *world, struct race_point point, long status, const char *letter_state)
{
    char letter[64];
    long version = race_letter(world, "issue", letter);
    struct race_asking asking = race_command(world, "receive", letter, version);
    int turn = race_ask_held(&asking, point);

    assert_int_not_equal(turn, 0);
    proxy_set(job_proxy, PROXY_HOLD_STATEMENT, "workday_list"); /* what the job does after this */
    test_system_start(world->system, AFTERWARD);
    assert_true(proxy_await_held(job_proxy, HELD_MS));
    proxy_release(world->proxy, turn);
    finish(world, &asking, letter, status, letter_state);
}

static void
a_command_that_has_not_locked_is_stale(void **state)
{
    command_first(*state, (struct race_point){ "idempotency_find" }, 412, "expired");
    command_first(*state, (struct race_point){ "letter_lock" }, 412, "expired");
}

static void
a_command_that_has_locked_goes_first(void **state)
{
    command_first(*state, (struct race_point){ "letter_update" }, 200, "received");
    command_first(*state, (struct race_point){ NULL }, 200, "received");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_that_has_not_locked_yields),
        cmocka_unit_test(a_job_that_has_locked_goes_first),
        cmocka_unit_test(a_command_that_has_not_locked_is_stale),
        cmocka_unit_test(a_command_that_has_locked_goes_first),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
