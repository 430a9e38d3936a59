/* SPDX-License-Identifier: Apache-2.0 */
/* Every row of the table that a person may take, asked for by each of the parties: who may, does, and comes where the
 * row says; who may not, changes nothing. */
#include "office.h"
#include "transfers/letters/letter.h"

static const struct party {
    const char *role;
    enum place place;
    unsigned can_be;
} parties[] = {
    { "branch_secretary", BRANCH_A1, ACTOR_APPLICANT | ACTOR_SENDING_BRANCH },
    { "committee_clerk", COMMITTEE_A, ACTOR_APPLICANT | ACTOR_SENDING_BRANCH | ACTOR_SENDING_COMMITTEE },
    { "district_clerk", DISTRICT_A, ACTOR_APPLICANT | ACTOR_SENDING_BRANCH | ACTOR_SENDING_COMMITTEE | ACTOR_UPPER },
    { "committee_clerk", COMMITTEE_B, ACTOR_RECEIVING_COMMITTEE | ACTOR_RECEIVING_BRANCH },
    { "branch_secretary", BRANCH_B1, ACTOR_RECEIVING_BRANCH },
    { "committee_clerk", COMMITTEE_C, 0 },
};

/* A letter of a fresh member, put into the state from which the row starts. */
static Letter *
letter_in(struct clerk *clerk, int member, enum letter_state from)
{
    struct arena *arena = clerk->arena;
    bool numbered = from >= LETTER_ISSUED;
    bool placed = (from >= LETTER_ACCEPTED && from <= LETTER_RECEIPTED) || from == LETTER_CLOSED;
    const char *branch = placed ? arena_printf(arena, "'%s'", id_text(arena, place_id(BRANCH_B1))) : "null";
    Letter *letter = clerk_letter_after(clerk, member, numbered ? "issue" : "agree");

    test_pg_run(clerk->office->pg, "transfers",
                arena_printf(arena, "update letter set state = '%s', to_branch_id = %s where id = '%s'",
                             letter_state_code(from), branch, letter->id));
    if (placed)
        test_pg_run(
            clerk->office->pg, "transfers",
            arena_printf(arena, "update member set organization_id = %s where id = '%s'", branch, letter->member_id));
    return letter;
}

/* The wire's enum has the order of the domain's. */
static enum letter_state
state_now(struct clerk *clerk, const Letter *letter)
{
    clerk_post(clerk, "city_clerk", ROOT);
    return (enum letter_state)clerk_see(clerk, letter->id)->state;
}

static void
ask_as(struct clerk *clerk, const struct letter_step *row, const struct party *party, Letter **letter, int *members)
{
    const char *event = letter_event_code(row->event);
    const char *slug;
    Letter *after;

    clerk_post(clerk, party->role, party->place);
    after = clerk_step(clerk, event, *letter, &slug);
    if (!(party->can_be & row->actors)) {
        assert_null(after);
        if (strcmp(slug, "not-your-step") != 0 && strcmp(slug, "not-found") != 0)
            fail_msg("%s %s at place %d: %s", letter_state_code(row->from), event, (int)party->place, slug);
        assert_int_equal(state_now(clerk, *letter), row->from);
        return;
    }
    if (!after)
        fail_msg("%s %s at place %d: %s", letter_state_code(row->from), event, (int)party->place, slug);
    assert_int_equal(state_now(clerk, *letter), (row->flags & STEP_VOIDS_UNOPENED) ? LETTER_VOIDED : row->next);
    *letter = letter_in(clerk, ++*members, row->from);
}

static void
every_row_is_taken_by_who_may_and_by_nobody_else(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);
    int members = 0;

    test_pg_run(office->pg, "transfers", "update organization set may_issue_from = '2016-01-01' where code = 'P2'");
    for (size_t i = 0; i < letter_steps_count; i++) {
        const struct letter_step *row = &letter_steps[i];
        Letter *letter;

        if (!(row->actors & ~(unsigned)ACTOR_SYSTEM) || !(row->kinds & 1U << LETTER_WITHIN))
            continue; /* corrections: test_review.c */
        assert_non_null(letter_event_permission(row->event));
        letter = letter_in(&clerk, ++members, row->from);
        for (size_t party = 0; party < sizeof parties / sizeof *parties; party++)
            ask_as(&clerk, row, &parties[party], &letter, &members);
        assert_true(members < UNKNOWN_THERE);
    }
    test_pg_run(office->pg, "transfers", "update organization set may_issue_from = null where code = 'P2'");
    clerk_close(&clerk);
}

static void
an_opened_letter_comes_back_only_when_the_addressee_agrees(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");

    letter = clerk_step(&clerk, "open", letter, NULL);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    letter = clerk_step(&clerk, "recall", letter, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_RECALL_ASKED);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    letter = clerk_step(&clerk, "decline", letter, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_ISSUED);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    letter = clerk_step(&clerk, "recall", letter, NULL);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    letter = clerk_step(&clerk, "confirm", letter, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_VOIDED);
    clerk_close(&clerk);
}

static void
a_forwarded_letter_keeps_its_number_and_leaves_who_forwarded_it(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);
    Letter *issued = clerk_letter_after(&clerk, 1, "issue");
    Letter *forwarded = clerk_step(&clerk, "forward", issued, NULL);

    assert_string_equal(forwarded->number, issued->number);
    assert_string_equal(forwarded->to_committee_name, "place 11");
    assert_int_equal(forwarded->n_allowed_actions, 0);
    assert_int_equal(test_pg_number(office->pg, "transfers",
                                    "select count(*) from letter_content_history where to_committee_name = 'place 11'"),
                     1);
    assert_null(clerk_see(&clerk, issued->id));
    clerk_post(&clerk, "committee_clerk", COMMITTEE_C);
    forwarded = clerk_step(&clerk, "receive", forwarded, NULL);
    assert_non_null(clerk_step(&clerk, "assign", forwarded, NULL));
    clerk_close(&clerk);
}

static void
a_letter_is_forwarded_to_another_committee_with_power(void **state)
{
    static const struct {
        enum place to;
        const char *slug;
    } wrong[] = { { COMMITTEE_A, "same-committee" },
                  { COMMITTEE_B, "bad-value" },
                  { COMMITTEE_D, "no-issuing-power" } };
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    const char *slug;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ForwardRequest *request = forward_request_new(clerk.arena);

        request->id = letter->id;
        request->note = arena_text(clerk.arena, "because");
        request->to_committee_id = id_text(clerk.arena, place_id(wrong[i].to));
        assert_null(clerk_ask(&clerk, &transfers_forward, &request->base, letter->version, &slug));
        assert_string_equal(slug, wrong[i].slug);
    }
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_row_is_taken_by_who_may_and_by_nobody_else, office_clear),
        cmocka_unit_test_setup(an_opened_letter_comes_back_only_when_the_addressee_agrees, office_clear),
        cmocka_unit_test_setup(a_forwarded_letter_keeps_its_number_and_leaves_who_forwarded_it, office_clear),
        cmocka_unit_test_setup(a_letter_is_forwarded_to_another_committee_with_power, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
