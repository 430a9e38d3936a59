/* SPDX-License-Identifier: Apache-2.0 */
/* A letter's whole way, and what it leaves behind: number, content, history, news, audit, the member's new place. */
#include "office.h"
#include "transfers/letters/letter.h"

static int64_t
count(struct office *office, const char *sql)
{
    return test_pg_number(office->pg, "transfers", sql);
}

static void
a_letter_goes_from_draft_to_closed(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "match_stub");
    Letter *seen = clerk_see(&clerk, letter->id);

    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_CLOSED);
    assert_int_equal(letter->version, 9);
    assert_non_null(strchr(letter->number, '-'));
    assert_string_equal(strchr(letter->number, '-'), "-000001");
    assert_int_equal(letter->n_allowed_actions, 1);
    assert_string_equal(letter->allowed_actions[0], "undo");
    assert_int_equal(seen->version, 9);
    assert_string_equal(seen->to_branch_name, "place 8");
    assert_string_equal(seen->dues_paid_to, "2026-10");
    clerk_close(&clerk);
}

static void
every_step_is_history_news_and_audit_once(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    LetterId *request = letter_id_new(clerk.arena);
    Timeline *timeline;

    request->id = clerk_letter_after(&clerk, 1, "match_stub")->id;
    timeline = clerk_ask(&clerk, &transfers_get_timeline, &request->base, 0, NULL);
    assert_int_equal(timeline->n_items, 9);
    for (size_t i = 0; i < timeline->n_items; i++)
        assert_int_equal(timeline->items[i]->version, i + 1);
    assert_string_equal(timeline->items[0]->event, "draft");
    assert_string_equal(timeline->items[8]->event, "match_stub");
    assert_string_equal(timeline->items[8]->organization_name, "place 3");
    assert_string_equal(timeline->items[8]->role, "committee_clerk");
    assert_int_equal(count(office, "select count(*) from outbox where aggregate = 'letter'"), 9);
    assert_int_equal(count(office, "select count(distinct version) from outbox where version between 1 and 9"), 9);
    assert_int_equal(count(office, "select count(*) from audit where object = 'letter'"), 9);
    clerk_close(&clerk);
}

/* Payloads of the outbox, unpacked: exactly one of them moves the member. */
static void
one_event_moves_the_member(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    int moves = 0;

    clerk_letter_after(&clerk, 1, "match_stub");
    for (int version = 1; version <= 9; version++) {
        char *hex = test_pg_text(
            office->pg, "transfers",
            arena_printf(clerk.arena, "select encode(payload, 'hex') from outbox where version = %d", version));
        uint8_t bytes[1024];
        size_t size = strlen(hex) / 2;
        LetterChanged *fact;

        assert_true(size <= sizeof bytes && seal_hex_parse(slice_of(hex), bytes, size));
        fact = liangxin__transfers__v1__letter_changed__unpack(NULL, size, bytes);
        assert_non_null(fact);
        moves += fact->moves;
        assert_int_equal(fact->moves, strcmp(fact->event, "assign") == 0);
        assert_int_equal(fact->open, version < 6);
        liangxin__transfers__v1__letter_changed__free_unpacked(fact, NULL);
        free(hex);
    }
    assert_int_equal(moves, 1);
    clerk_close(&clerk);
}

static void
the_member_stands_in_the_new_branch_after_assign(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    const char *slug;

    clerk_letter_after(&clerk, 1, "assign");
    assert_int_equal(
        count(office,
              arena_printf(clerk.arena, "select count(*) from member where id = '%s' and organization_id = '%s'",
                           id_text(clerk.arena, member_id(1)), id_text(clerk.arena, place_id(BRANCH_B1)))),
        1);
    assert_null(clerk_draft(&clerk, 1, COMMITTEE_C, &slug)); /* no second letter from the old branch */
    assert_string_equal(slug, "not-found");
    clerk_post(&clerk, "branch_secretary", BRANCH_B1);
    assert_non_null(clerk_draft(&clerk, 1, COMMITTEE_C, NULL));
    clerk_close(&clerk);
}

static void
an_issued_letter_keeps_its_whole_content_sealed(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);

    clerk_letter_after(&clerk, 1, "issue");
    assert_int_equal(count(office,
                           "select count(*) from letter_content_history where name = '陈远' and standing = 'full'"
                           " and validity_days = 10 and dues_paid_to = '2026-10' and issuer_name = 'place 3'"
                           " and to_committee_name = 'place 7' and version = 4"),
                     1);
    assert_int_equal(count(office, "select count(*) from letter_content_history"
                                   " where position('320699'::bytea in identity_sealed) > 0"),
                     0);
    assert_int_equal(office->reveals, 1);
    clerk_close(&clerk);
}

static void
an_issue_asked_twice_is_issued_once(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *agreed = clerk_letter_after(&clerk, 1, "agree");
    Letter *first;
    Letter *again;

    clerk.key = "the same key";
    first = clerk_step(&clerk, "issue", agreed, NULL);
    again = clerk_step(&clerk, "issue", agreed, NULL);
    assert_string_equal(first->number, again->number);
    assert_int_equal(first->version, again->version);
    assert_int_equal(count(office, "select last from letter_counter"), 1);
    assert_int_equal(office->reveals, 1);
    clerk_close(&clerk);
}

static void
who_may_act_is_told_with_the_letter(void **state)
{
    static const struct {
        const char *role;
        enum place place;
        const char *actions;
    } parties[] = {
        { "committee_clerk", COMMITTEE_A, "deliver recall report_lost " },
        { "committee_clerk", COMMITTEE_B, "refuse open receive forward " },
        { "district_clerk", DISTRICT_A, "deliver recall report_lost void " },
    };
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");

    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
        const char *actions = "";

        clerk_post(&clerk, parties[i].role, parties[i].place);
        letter = clerk_see(&clerk, letter->id);
        for (size_t n = 0; n < letter->n_allowed_actions; n++)
            actions = arena_printf(clerk.arena, "%s%s ", actions, letter->allowed_actions[n]);
        assert_string_equal(actions, parties[i].actions);
    }
    clerk_close(&clerk);
}

static void
what_is_expected_next_is_told(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    LetterId *request = letter_id_new(clerk.arena);
    Timeline *timeline;

    test_pg_run(office->pg, "transfers",
                "update letter set state_since = state_since - interval '3 days';"
                " update letter_history set at = at - interval '3 days' where event <> 'issue'");
    letter = clerk_see(&clerk, letter->id);
    assert_string_equal(letter->expected->next_event, "receive");
    assert_string_equal(letter->expected->next_organization_id, id_text(clerk.arena, place_id(COMMITTEE_B)));
    assert_string_equal(letter->expected->next_role, "committee_clerk");
    assert_string_equal(letter->expected->due_on, letter->valid_to);
    assert_int_equal(letter->expected->waiting_days, 3);
    assert_false(letter->expected->overdue);
    test_pg_run(office->pg, "transfers", "update letter set created_at = created_at - interval '3 days'");
    request->id = letter->id;
    timeline = clerk_ask(&clerk, &transfers_get_timeline, &request->base, 0, NULL);
    assert_string_equal(timeline->expected->next_event, "receive");
    assert_int_equal(timeline->items[timeline->n_items - 1]->waited_days, 3);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_letter_goes_from_draft_to_closed, office_clear),
        cmocka_unit_test_setup(every_step_is_history_news_and_audit_once, office_clear),
        cmocka_unit_test_setup(one_event_moves_the_member, office_clear),
        cmocka_unit_test_setup(the_member_stands_in_the_new_branch_after_assign, office_clear),
        cmocka_unit_test_setup(an_issued_letter_keeps_its_whole_content_sealed, office_clear),
        cmocka_unit_test_setup(an_issue_asked_twice_is_issued_once, office_clear),
        cmocka_unit_test_setup(who_may_act_is_told_with_the_letter, office_clear),
        cmocka_unit_test_setup(what_is_expected_next_is_told, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
