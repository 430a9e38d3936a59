/* SPDX-License-Identifier: Apache-2.0 */
/* Letters told by transfers become messages: one for each step that is somebody's, however often it is told. */
#include <liangxin/organizations/v1/organizations_events.pb-c.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "daemon/daemon.h"
#include "io/clock.h"
#include "notifications/notifications.h"
#include "support/cmocka_all.h"
#include "support/feed_page.h"

/* What a letter does in these tests: version by version, and who acts next. */
static const struct step {
    const char *event;
    const char *state;
    const char *number;
    const char *role; /* NULL: nobody's step */
} journey[] = {
    { "submit", "submitted", "", "branch_secretary" },
    { "agree", "agreed", "", "committee_clerk" },
    { "issue", "issued", "2026-000001", "committee_clerk" },
    { "receive", "received", "2026-000001", "committee_clerk" },
    { "void", "voided", "2026-000001", NULL },
};

#define STEPS ((int)(sizeof journey / sizeof *journey))

static int
open_place(void **state)
{
    *state = test_feed_open("notifications", "transfers", notifications_service.subscriptions);
    return 0;
}

static int
close_place(void **state)
{
    test_feed_close(*state);
    return 0;
}

static void
add_step(struct test_feed *feed, const struct id *letter, int version)
{
    const struct step *step = &journey[version - 1];
    Liangxin__Transfers__V1__LetterChanged fact = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct id next = { { [15] = (uint8_t)version } };

    fact.letter_id = (ProtobufCBinaryData){ ID_BYTES, arena_copy(feed->arena, letter->bytes, ID_BYTES) };
    fact.event = arena_text(feed->arena, step->event);
    fact.state = arena_text(feed->arena, step->state);
    fact.number = arena_text(feed->arena, step->number);
    if (step->role) {
        fact.next_organization_id = (ProtobufCBinaryData){ ID_BYTES, next.bytes };
        fact.next_role = arena_text(feed->arena, step->role);
    }
    test_feed_add(feed, "letter", letter, version, &fact.base);
}

/* Feeds the whole journey of a letter, told from the first position, as the page after `after`. */
static enum batch_outcome
tell(struct test_feed *feed, const struct id *letter, int64_t after)
{
    feed->pos = 0;
    for (int version = 1; version <= STEPS; version++)
        add_step(feed, letter, version);
    return test_feed_apply(feed, after);
}

static void
assert_one_for_each_step(struct test_feed *feed)
{
    char *steps = test_pg_text(feed->pg, "notifications",
                               "select string_agg(version || state || ' ' || number || ' ' || role, ', '"
                               "       order by version) from message");

    assert_string_equal(steps, "1submitted  branch_secretary, 2agreed  committee_clerk, "
                               "3issued 2026-000001 committee_clerk, 4received 2026-000001 committee_clerk");
    free(steps);
    assert_int_equal(
        test_pg_number(feed->pg, "notifications",
                       "select count(*) from message where right(organization_id::text, 1)::int = version"),
        4);
}

static void
test_each_step_becomes_one_message_to_whose_it_is(void **state)
{
    struct test_feed *feed = *state;
    struct id letter = { { 2 } };

    assert_int_equal(tell(feed, &letter, 0), BATCH_DONE);
    assert_one_for_each_step(feed);
}

static void
test_the_same_page_again_writes_nothing(void **state)
{
    struct test_feed *feed = *state;
    struct id letter = { { 2 } };

    assert_int_equal(tell(feed, &letter, 0), BATCH_MOVED);
    assert_int_equal(tell(feed, &letter, STEPS), BATCH_DONE); /* versions seen before */
    assert_one_for_each_step(feed);
}

static void
test_not_even_when_the_follower_has_forgotten_all(void **state)
{
    struct test_feed *feed = *state;
    struct id letter = { { 2 } };

    test_pg_run(feed->pg, "notifications", "delete from seen; delete from cursor");
    assert_int_equal(tell(feed, &letter, 0), BATCH_DONE);
    assert_one_for_each_step(feed);
}

static void
test_a_malformed_addressee_is_refused(void **state)
{
    struct test_feed *feed = *state;
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    Liangxin__Transfers__V1__LetterChanged fact = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct event event = { .version = 1 };

    fact.next_organization_id = (ProtobufCBinaryData){ 3, (uint8_t[]){ 1, 2, 3 } };
    assert_true(status_is(message_on_letter(&follow, &event, &fact.base), PROBLEM_MALFORMED));
}

static ProtobufCBinaryData
bytes_of(struct id *id)
{
    return (ProtobufCBinaryData){ ID_BYTES, id->bytes };
}

/* A refusal: the sender acts next, both levels above are told, one of them twice over and the sender once. */
static void
test_levels_above_are_told_once_each(void **state)
{
    struct test_feed *feed = *state;
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    Liangxin__Transfers__V1__LetterChanged fact = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct event event = { .id = { { 7 } }, .version = 3, .at = clock_now() };
    struct id sender = { { [15] = 1 } };
    struct id above = { { [15] = 2 } };
    struct id other = { { [15] = 3 } };
    ProtobufCBinaryData informed[] = { bytes_of(&above), bytes_of(&other), bytes_of(&above), bytes_of(&sender) };
    char *told;

    fact.event = (char *)(uintptr_t) "refuse";
    fact.state = (char *)(uintptr_t) "refused_in";
    fact.number = (char *)(uintptr_t) "2026-000009";
    fact.from_committee_id = fact.next_organization_id = bytes_of(&sender);
    fact.next_role = (char *)(uintptr_t) "committee_clerk";
    fact.inform_organization_ids = informed;
    fact.n_inform_organization_ids = sizeof informed / sizeof *informed;
    db_begin(feed->db);
    assert_null(message_on_letter(&follow, &event, &fact.base));
    assert_null(db_commit(feed->db, feed->arena));
    told = test_pg_text(feed->pg, "notifications",
                        "select string_agg(right(organization_id::text, 1) || purpose || role, ' ' order by"
                        "       organization_id) from message where subject_id = "
                        "'07000000-0000-0000-0000-000000000000'");
    assert_string_equal(told, "1stepcommittee_clerk 2inform 3inform");
    free(told);
}

/* Each message is a word to open pages, and so is the letter itself. */
static void
test_open_pages_are_told_in_the_same_transaction(void **state)
{
    struct test_feed *feed = *state;

    assert_int_equal(test_pg_number(feed->pg, "notifications",
                                    "select count(*) from outbox where type = 'ItemChanged' and aggregate = 'stream'"
                                    " and version = 1"),
                     test_pg_number(feed->pg, "notifications", "select count(*) from outbox"));
    assert_true(test_pg_number(feed->pg, "notifications", "select count(*) from outbox") >=
                test_pg_number(feed->pg, "notifications", "select count(*) from message") + STEPS + 1);
}

/* However many terms are over, the superior gets one message of it, and no second one of the same version. */
static void
test_terms_over_are_one_message_to_the_superior(void **state)
{
    struct test_feed *feed = *state;
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    Liangxin__Organizations__V1__TermsOver fact = LIANGXIN__ORGANIZATIONS__V1__TERMS_OVER__INIT;
    struct event event = { .id = { { 7 } }, .version = 1, .at = clock_now() };
    struct id superior = { { 8 } };

    fact.organization_id = bytes_of(&superior);
    fact.count = 134;
    assert_null(message_on_terms(&follow, &event, &fact.base));
    assert_null(message_on_terms(&follow, &event, &fact.base));
    assert_null(db_flush(feed->db, feed->arena));
    assert_int_equal(test_pg_number(feed->pg, "notifications",
                                    "select count(*) from message where kind = 'terms' and purpose = 'inform'"
                                    "   and organization_id = subject_id"),
                     1);
    fact.organization_id.len = 3;
    assert_true(status_is(message_on_terms(&follow, &event, &fact.base), PROBLEM_MALFORMED));
}

static char *
told_of(struct test_feed *feed, const char *kind)
{
    char sql[256];

    snprintf(sql, sizeof sql,
             "select string_agg(coalesce('o' || right(organization_id::text, 1), 'a' || right(account_id::text, 1))"
             "       || purpose || event || state, ' ' order by account_id, subject_id) from message where kind = '%s'",
             kind);
    return test_pg_text(feed->pg, "notifications", sql);
}

static void
test_an_import_is_told_once_to_whoever_started_it(void **state)
{
    struct test_feed *feed = *state;
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    Liangxin__Organizations__V1__ImportFinished fact = LIANGXIN__ORGANIZATIONS__V1__IMPORT_FINISHED__INIT;
    struct event event = { .id = { { 9 } }, .version = 1, .at = clock_now() };
    struct id account = { { [15] = 4 } };
    char *told;

    fact.account_id = bytes_of(&account);
    fact.state = (char *)(uintptr_t) "failed";
    assert_null(message_on_import(&follow, &event, &fact.base));
    assert_null(message_on_import(&follow, &event, &fact.base));
    assert_null(db_flush(feed->db, feed->arena));
    told = told_of(feed, "import");
    assert_string_equal(told, "a4informfinishedfailed");
    free(told);
    fact.account_id.len = 3;
    assert_true(status_is(message_on_import(&follow, &event, &fact.base), PROBLEM_MALFORMED));
}

static void
test_a_post_that_is_over_is_told_once_to_holder_and_manager(void **state)
{
    struct test_feed *feed = *state;
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    Liangxin__Organizations__V1__PostEnded fact = LIANGXIN__ORGANIZATIONS__V1__POST_ENDED__INIT;
    struct event event = { .id = { { 10 } }, .version = 1, .at = clock_now() };
    struct id account = { { [15] = 5 } };
    struct id superior = { { [15] = 6 } };
    char *told;

    fact.account_id = bytes_of(&account);
    fact.superior_id = bytes_of(&superior);
    fact.event = (char *)(uintptr_t) "handed_over";
    assert_null(message_on_post(&follow, &event, &fact.base));
    assert_null(message_on_post(&follow, &event, &fact.base));
    event.id = (struct id){ { 11 } };
    fact.superior_id.len = 0; /* nobody stands above */
    fact.event = (char *)(uintptr_t) "ended";
    assert_null(message_on_post(&follow, &event, &fact.base));
    assert_null(db_flush(feed->db, feed->arena));
    told = told_of(feed, "post");
    assert_string_equal(told, "a5informhanded_overended a5informendedended o6informhanded_overended");
    free(told);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_step_becomes_one_message_to_whose_it_is),
        cmocka_unit_test(test_the_same_page_again_writes_nothing),
        cmocka_unit_test(test_not_even_when_the_follower_has_forgotten_all),
        cmocka_unit_test(test_a_malformed_addressee_is_refused),
        cmocka_unit_test(test_levels_above_are_told_once_each),
        cmocka_unit_test(test_open_pages_are_told_in_the_same_transaction),
        cmocka_unit_test(test_terms_over_are_one_message_to_the_superior),
        cmocka_unit_test(test_an_import_is_told_once_to_whoever_started_it),
        cmocka_unit_test(test_a_post_that_is_over_is_told_once_to_holder_and_manager),
    };

    return cmocka_run_group_tests(tests, open_place, close_place);
}
