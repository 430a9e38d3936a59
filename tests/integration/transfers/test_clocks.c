/* SPDX-License-Identifier: Apache-2.0 */
/* What waits too long: the clocks of letters, with the job's moment moved. Each runs out once and tells who should
 * know.
 */
#include <pthread.h>

#include "daemon/daemon.h"
#include "io/clock.h"
#include "office.h"
#include "transfers/clocks/job_remind.h"
#include "transfers/transfers.h"

#define DAY_US INT64_C(86400000000)

static int64_t
count(struct office *office, const char *sql)
{
    return test_pg_number(office->pg, "transfers", sql);
}

/* Monday 2026-11-16, noon: no holiday is near. */
static instant_t
monday(void)
{
    date_t date;

    assert_true(date_parse(slice_of("2026-11-16"), &date));
    return (int64_t)date * DAY_US + DAY_US / 6;
}

static const char *dsn;

static void
run_job_at(instant_t now)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct db *db = db_new(dsn, "test");
    struct job_context job = { .arena = arena, .db = db, .now = now, .process = "transfers" };
    bool more = false;

    db_deadline(db, clock_ms() + 10000);
    assert_null(db_ready(arena, db));
    assert_null(job_expire(&job, &more));
    assert_false(more);
    db_free(db);
    arena_free(arena);
}

/* A letter that came into `state` on that Monday. */
static Letter *
waiting(struct clerk *clerk, int member, const char *after, const char *letter_state)
{
    Letter *letter = clerk_letter_after(clerk, member, after);
    char at[INSTANT_SIZE];

    instant_format(monday(), at);
    test_pg_run(clerk->office->pg, "transfers",
                arena_printf(clerk->arena,
                             "update letter set state = '%s', state_since = '%s', received_at = '%s',"
                             " created_at = '%s' where id = '%s'",
                             letter_state, at, at, at, letter->id));
    return letter;
}

static const struct {
    const char *after;
    const char *state;
    const char *event;
    int quiet_on; /* days after Monday on which nothing is due yet */
    int fires_on;
} waits[] = {
    { "submit", "submitted", "remind", 7, 8 },     /* five working days end on the next Monday */
    { "submit", "submitted", "escalate", 14, 15 }, /* ten on the one after */
    { "agree", "agreed", "remind", 7, 8 },
    { "agree", "up_review", "remind", 7, 8 },
    { "receive", "file_check", "escalate", 30, 31 },
    { "receive", "refused_in", "escalate", 14, 15 },
    { "assign", "accepted", "remind", 15, 16 },
    { "report", "reported", "escalate", 30, 31 }, /* until 16 December */
};

static void
a_clock_runs_out_after_its_day_and_once(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);

    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        const char *told;

        office_clear(state);
        told = arena_printf(clerk.arena, "select count(*) from letter_history where role = 'system' and event = '%s'",
                            waits[i].event);
        waiting(&clerk, 1, waits[i].after, waits[i].state);
        run_job_at(monday() + waits[i].quiet_on * DAY_US);
        assert_int_equal(count(office, told), 0);
        run_job_at(monday() + waits[i].fires_on * DAY_US);
        run_job_at(monday() + (waits[i].fires_on + 1) * DAY_US);
        assert_int_equal(count(office, told), 1);
        assert_int_equal(
            count(office, arena_printf(clerk.arena, "select count(*) from letter where state = '%s'", waits[i].state)),
            1);
        assert_int_equal(count(office, "select count(*) from outbox o join letter_history h on h.letter_id ="
                                       " o.aggregate_id and h.version = o.version where h.role = 'system'"),
                         count(office, "select count(*) from letter_history where role = 'system'"));
    }
    clerk_close(&clerk);
}

static void
run_reminders_at(instant_t now)
{
    static struct transfers_state settings = {
        .reminders = { { "validity_part", 50, 0 }, { "validity_days", 0, 7 }, { "validity_last", 0, 1 } }
    };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct db *db = db_new(dsn, "test");
    struct job_context job = { .arena = arena, .db = db, .now = now, .process = "transfers", .state = &settings };
    bool more = false;

    db_deadline(db, clock_ms() + 10000);
    assert_null(db_ready(arena, db));
    assert_null(job_remind(&job, &more));
    assert_false(more);
    db_free(db);
    arena_free(arena);
}

/* Valid for thirty days from Monday: half of it, seven days before its end, one day before it. */
static void
a_letter_on_its_way_is_reminded_of_three_times(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);
    const char *told = "select count(*) from letter_history where role = 'system' and event = 'remind'";
    static const struct {
        int day;
        int told;
    } days[] = { { 14, 0 }, { 15, 1 }, { 16, 1 }, { 22, 1 }, { 23, 2 }, { 28, 2 }, { 29, 3 }, { 30, 3 }, { 31, 3 } };

    waiting(&clerk, 1, "issue", "issued");
    test_pg_run(office->pg, "transfers", "update letter set issued_on = '2026-11-16', valid_to = '2026-12-16'");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        run_reminders_at(monday() + days[i].day * DAY_US);
        if (count(office, told) != days[i].told)
            fail_msg("day %d: %d reminders", days[i].day, (int)count(office, told));
    }
    assert_int_equal(count(office, "select version from letter"), 7);
    clerk_close(&clerk);
}

static void
who_waits_anew_is_reminded_anew(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);

    waiting(&clerk, 1, "submit", "submitted");
    run_job_at(monday() + 8 * DAY_US);
    test_pg_run(office->pg, "transfers", "update letter set state_since = state_since + interval '8 days'");
    run_job_at(monday() + 9 * DAY_US);
    assert_int_equal(count(office, "select count(*) from letter_clock"), 1);
    run_job_at(monday() + 16 * DAY_US);
    assert_int_equal(count(office, "select count(*) from letter_clock where clock = 'submitted_remind'"), 2);
    clerk_close(&clerk);
}

static void *
run_instance(void *arg)
{
    (void)arg;
    run_job_at(monday() + 8 * DAY_US);
    return NULL;
}

static void
instances_share_the_work(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);
    pthread_t instances[4];

    for (int member = 1; member <= 30; member++)
        waiting(&clerk, member, "submit", "submitted");
    for (size_t i = 0; i < 4; i++)
        pthread_create(&instances[i], NULL, run_instance, NULL);
    for (size_t i = 0; i < 4; i++)
        pthread_join(instances[i], NULL);
    run_job_at(monday() + 8 * DAY_US); /* what was skipped while another held it */
    assert_int_equal(count(office, "select count(*) from letter_history where event = 'remind'"), 30);
    assert_int_equal(count(office, "select count(distinct letter_id) from letter_history where event = 'remind'"), 30);
    clerk_close(&clerk);
}

static int
set_up(void **state)
{
    int failed = office_open(state);
    struct office *office = *state;

    dsn = test_pg_dsn(office->pg, "transfers");
    return failed;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_clock_runs_out_after_its_day_and_once, office_clear),
        cmocka_unit_test_setup(a_letter_on_its_way_is_reminded_of_three_times, office_clear),
        cmocka_unit_test_setup(who_waits_anew_is_reminded_anew, office_clear),
        cmocka_unit_test_setup(instances_share_the_work, office_clear),
    };

    return cmocka_run_group_tests(tests, set_up, office_close);
}
