/* SPDX-License-Identifier: Apache-2.0 */
/* Letters told by transfers become messages: one for each step that is somebody's, however often it is told. */
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "daemon/daemon.h"
#include "events/batch.h"
#include "io/clock.h"
#include "notifications/notifications.h"
#include "rpc/codec.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

#define PAGE 8

struct place {
    struct arena *arena;
    struct test_pg *pg;
    struct db *db;
};

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
    struct place *place = calloc(1, sizeof *place);

    place->arena = arena_new((size_t)16 * 1024 * 1024);
    place->pg = test_pg_open();
    place->db = db_new(test_pg_dsn(place->pg, "notifications"), "test");
    db_deadline(place->db, clock_ms() + 20000);
    assert_null(db_ready(place->arena, place->db));
    *state = place;
    return 0;
}

static int
close_place(void **state)
{
    struct place *place = *state;

    db_free(place->db);
    test_pg_close(place->pg);
    arena_free(place->arena);
    free(place);
    return 0;
}

static struct event
event_of(struct arena *arena, const struct id *letter, int version)
{
    const struct step *step = &journey[version - 1];
    Liangxin__Transfers__V1__LetterChanged fact = LIANGXIN__TRANSFERS__V1__LETTER_CHANGED__INIT;
    struct id next = { { [15] = (uint8_t)version } };

    fact.letter_id = (ProtobufCBinaryData){ ID_BYTES, arena_copy(arena, letter->bytes, ID_BYTES) };
    fact.event = arena_text(arena, step->event);
    fact.state = arena_text(arena, step->state);
    fact.number = arena_text(arena, step->number);
    if (step->role) {
        fact.next_organization_id = (ProtobufCBinaryData){ ID_BYTES, next.bytes };
        fact.next_role = arena_text(arena, step->role);
    }
    return (struct event){
        .source = "transfers",
        .aggregate = "letter",
        .id = *letter,
        .version = version,
        .type = "LetterChanged",
        .payload = codec_pack(arena, &fact.base),
        .at = clock_now(),
        .pos = version,
    };
}

/* Feeds the whole journey of a letter as the page after `after`. */
static enum batch_outcome
feed(struct place *place, const struct id *letter, int64_t after)
{
    struct follow follow = { .db = place->db, .arena = place->arena, .now = clock_now() };
    struct event page[PAGE];
    struct batch batch = { .source = "transfers",
                           .subscriptions = notifications_service.subscriptions,
                           .epoch = { { 1 } },
                           .after = after,
                           .next = STEPS,
                           .events = page };
    const struct event *failed;
    struct id epoch;
    status_t st = OK;
    int64_t at;

    for (; batch.count < STEPS; batch.count++)
        page[batch.count] = event_of(place->arena, letter, (int)batch.count + 1);
    assert_null(batch_cursor(&follow, "transfers", &batch.epoch, &epoch, &at));
    return batch_apply(&follow, &batch, &at, &failed, &st);
}

static void
assert_one_for_each_step(struct place *place)
{
    char *steps = test_pg_text(place->pg, "notifications",
                               "select string_agg(version || state || ' ' || number || ' ' || role, ', '"
                               "       order by version) from message");

    assert_string_equal(steps, "1submitted  branch_secretary, 2agreed  committee_clerk, "
                               "3issued 2026-000001 committee_clerk, 4received 2026-000001 committee_clerk");
    free(steps);
    assert_int_equal(
        test_pg_number(place->pg, "notifications",
                       "select count(*) from message where right(organization_id::text, 1)::int = version"),
        4);
}

static void
test_each_step_becomes_one_message_to_whose_it_is(void **state)
{
    struct place *place = *state;
    struct id letter = { { 2 } };

    assert_int_equal(feed(place, &letter, 0), BATCH_DONE);
    assert_one_for_each_step(place);
}

static void
test_the_same_page_again_writes_nothing(void **state)
{
    struct place *place = *state;
    struct id letter = { { 2 } };

    assert_int_equal(feed(place, &letter, 0), BATCH_MOVED);
    assert_int_equal(feed(place, &letter, STEPS), BATCH_DONE); /* versions seen before */
    assert_one_for_each_step(place);
}

static void
test_not_even_when_the_follower_has_forgotten_all(void **state)
{
    struct place *place = *state;
    struct id letter = { { 2 } };

    test_pg_run(place->pg, "notifications", "delete from seen; delete from cursor");
    assert_int_equal(feed(place, &letter, 0), BATCH_DONE);
    assert_one_for_each_step(place);
}

static void
test_a_malformed_addressee_is_refused(void **state)
{
    struct place *place = *state;
    struct follow follow = { .db = place->db, .arena = place->arena, .now = clock_now() };
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
    struct place *place = *state;
    struct follow follow = { .db = place->db, .arena = place->arena, .now = clock_now() };
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
    db_begin(place->db);
    assert_null(message_on_letter(&follow, &event, &fact.base));
    assert_null(db_commit(place->db, place->arena));
    told = test_pg_text(place->pg, "notifications",
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
    struct place *place = *state;

    assert_int_equal(test_pg_number(place->pg, "notifications",
                                    "select count(*) from outbox where type = 'ItemChanged' and aggregate = 'stream'"
                                    " and version = 1"),
                     test_pg_number(place->pg, "notifications", "select count(*) from outbox"));
    assert_true(test_pg_number(place->pg, "notifications", "select count(*) from outbox") >=
                test_pg_number(place->pg, "notifications", "select count(*) from message") + STEPS + 1);
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
    };

    return cmocka_run_group_tests(tests, open_place, close_place);
}
