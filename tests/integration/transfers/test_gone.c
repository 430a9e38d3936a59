/* SPDX-License-Identifier: Apache-2.0 */
/* Who has died or left has nothing under way: organizations tells it, the letter is voided and the move refused. */
#include <liangxin/feed/v1/directory.pb-c.h>

#include "io/clock.h"
#include "office.h"
#include "transfers/follow_members.h"
#include "transfers/transfers.h"

static int64_t
count(struct office *office, const char *sql)
{
    return test_pg_number(office->pg, "transfers", sql);
}

static ProtobufCBinaryData
bytes_of(struct arena *arena, struct id id)
{
    return (ProtobufCBinaryData){ .len = ID_BYTES, .data = arena_copy(arena, id.bytes, ID_BYTES) };
}

/* organizations tells what has become of a member. */
static void
tell(struct office *office, int member, const char *status)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct db *db = db_new(test_pg_dsn(office->pg, "transfers"), "test");
    struct follow follow = { .db = db, .arena = arena, .now = clock_now() };
    struct event event = { .source = "organizations", .id = member_id(member), .version = 2 };
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;

    fact.person_id = bytes_of(arena, member_id(member));
    fact.organization_id = bytes_of(arena, place_id(BRANCH_A1));
    fact.name = arena_text(arena, "陈远");
    fact.standing = arena_text(arena, "full");
    fact.status = arena_text(arena, status);
    db_deadline(db, clock_ms() + 10000);
    assert_null(db_ready(arena, db));
    db_begin(db);
    assert_null(follow_member(&follow, &event, &fact.base));
    assert_null(db_commit(db, arena));
    db_free(db);
    arena_free(arena);
}

static void
the_letter_of_who_has_died_is_voided_with_the_reason(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 190, "receive");

    tell(office, 190, "active");
    assert_int_equal(clerk_see(&clerk, letter->id)->version, letter->version);
    tell(office, 190, "deceased");
    assert_int_equal(clerk_see(&clerk, letter->id)->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_VOIDED);
    assert_int_equal(count(office, "select count(*) from letter_history where event = 'void' and role = 'system'"
                                   " and note like '%deceased%'"),
                     1);
    assert_int_equal(count(office, "select count(*) from outbox o join letter l on l.id = o.aggregate_id"
                                   " and l.version = o.version where l.state = 'voided'"),
                     1);
    tell(office, 190, "deceased"); /* told again, nothing more happens */
    assert_int_equal(count(office, "select count(*) from letter_history where event = 'void'"), 1);
    clerk_close(&clerk);
}

static void
a_letter_that_holds_nobody_any_more_stays(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 191, "report");

    tell(office, 191, "removed");
    assert_int_equal(clerk_see(&clerk, letter->id)->state,
                     LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_REPORTED);
    clerk_close(&clerk);
}

static void
a_move_that_was_asked_for_is_refused(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    MoveRequest *request = move_request_new(clerk.arena);

    request->member_id = id_text(clerk.arena, member_id(192));
    request->to_branch_id = id_text(clerk.arena, place_id(BRANCH_A2));
    assert_non_null(clerk_ask(&clerk, &transfers_ask_move, &request->base, 0, NULL));
    tell(office, 192, "withdrawn");
    assert_int_equal(count(office, "select count(*) from inner_move where state = 'refused' and version = 2"), 1);
    assert_int_equal(count(office, "select count(*) from outbox"), 2);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_letter_of_who_has_died_is_voided_with_the_reason, office_clear),
        cmocka_unit_test_setup(a_letter_that_holds_nobody_any_more_stays, office_clear),
        cmocka_unit_test_setup(a_move_that_was_asked_for_is_refused, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
