/* SPDX-License-Identifier: Apache-2.0 */
/* No open state is a dead end: from each one, commands that people have lead to an end. And what came back is corrected
 * or issued anew. */
#include "office.h"
#include "transfers/letters/letter.h"

/* What somebody of each party would do next on the way to an end. */
static const struct {
    const char *state;
    const char *event;
    const char *role;
    enum place place;
} exits[] = {
    { "draft", "cancel", "branch_secretary", BRANCH_A1 },
    { "submitted", "refuse", "branch_secretary", BRANCH_A1 },
    { "returned", "withdraw", "branch_secretary", BRANCH_A1 },
    { "agreed", "withdraw", "branch_secretary", BRANCH_A1 },
    { "up_review", "return", "district_clerk", DISTRICT_A },
    { "issued", "refuse", "committee_clerk", COMMITTEE_B },
    { "recall_asked", "receive", "committee_clerk", COMMITTEE_B },
    { "received", "refuse", "committee_clerk", COMMITTEE_B },
    { "file_check", "assign", "committee_clerk", COMMITTEE_B },
    { "accepted", "report", "branch_secretary", BRANCH_B1 },
    { "reported", "send_receipt", "committee_clerk", COMMITTEE_B },
    { "receipted", "match_stub", "committee_clerk", COMMITTEE_A },
    { "refused_in", "cancel", "committee_clerk", COMMITTEE_A },
    { "expired", "cancel", "committee_clerk", COMMITTEE_A },
    { "lost", "cancel", "committee_clerk", COMMITTEE_A },
};

static Letter *
walk_one(struct clerk *clerk, Letter *letter, enum letter_state from)
{
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        if (strcmp(exits[i].state, letter_state_code(from)) == 0) {
            clerk_post(clerk, exits[i].role, exits[i].place);
            return clerk_step(clerk, exits[i].event, letter, NULL);
        }
    fail_msg("%s is a dead end", letter_state_code(from));
    return NULL;
}

/* The wire's enum has the order of the domain's. */
static enum letter_state
state_of(const Letter *letter)
{
    return (enum letter_state)letter->state;
}

static void
put_into(struct office *office, struct clerk *clerk, const Letter *letter, enum letter_state from)
{
    const char *branch = from >= LETTER_ACCEPTED && from <= LETTER_RECEIPTED
                             ? arena_printf(clerk->arena, "'%s'", id_text(clerk->arena, place_id(BRANCH_B1)))
                             : "null";

    test_pg_run(office->pg, "transfers",
                arena_printf(clerk->arena, "update letter set state = '%s', to_branch_id = %s where id = '%s'",
                             letter_state_code(from), branch, letter->id));
}

static void
every_open_state_is_brought_to_an_end(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "city_clerk", ROOT);

    for (int from = LETTER_DRAFT; from < LETTER_STATE_END; from++) {
        Letter *letter;
        int steps = 0;

        if (letter_is_terminal((enum letter_state)from))
            continue;
        letter = clerk_letter_after(&clerk, from, "issue");
        put_into(office, &clerk, letter, (enum letter_state)from);
        letter = walk_one(&clerk, letter, (enum letter_state)from);
        while (!letter_is_terminal(state_of(letter)) && steps++ < 10)
            letter = walk_one(&clerk, letter, state_of(letter));
        assert_true(letter_is_terminal(state_of(letter)));
    }
    clerk_close(&clerk);
}

static void
what_is_allowed_is_done(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT); /* stands above all parties */

    for (int member = 1; member <= 8; member++) {
        Letter *letter = clerk_letter_after(&clerk, member, "draft");

        for (int step = 0; step < 20 && letter->n_allowed_actions > 0; step++) {
            size_t choice = (size_t)(member + step) % letter->n_allowed_actions;

            letter = clerk_step(&clerk, letter->allowed_actions[choice], letter, NULL);
        }
    }
    clerk_close(&clerk);
}

static Letter *
refused_letter(struct clerk *clerk, int member)
{
    Letter *letter = clerk_letter_after(clerk, member, "issue");

    clerk_post(clerk, "committee_clerk", COMMITTEE_B);
    letter = clerk_step(clerk, "refuse", letter, NULL);
    clerk_post(clerk, "committee_clerk", COMMITTEE_A);
    return letter;
}

static void
a_corrected_letter_keeps_its_number_and_gets_its_addressee(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *refused = refused_letter(&clerk, 1);
    CorrectRequest *request = correct_request_new(clerk.arena);
    Letter *corrected;

    request->id = refused->id;
    request->note = arena_text(clerk.arena, "wrong addressee");
    request->to_committee_id = id_text(clerk.arena, place_id(COMMITTEE_C));
    corrected = clerk_ask(&clerk, &transfers_correct, &request->base, refused->version, NULL);
    assert_int_equal(corrected->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_ISSUED);
    assert_string_equal(corrected->number, refused->number);
    assert_string_equal(corrected->to_committee_name, "place 11");
    assert_int_equal(test_pg_number(office->pg, "transfers",
                                    "select count(*) from letter_content_history where to_committee_name = 'place 11'"
                                    " and version = 6"),
                     1);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    assert_null(clerk_see(&clerk, refused->id)); /* no party any more */
    clerk_post(&clerk, "committee_clerk", COMMITTEE_C);
    assert_non_null(clerk_step(&clerk, "receive", corrected, NULL));
    clerk_close(&clerk);
}

static void
a_reissued_letter_is_new_and_names_the_old_one(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *old = refused_letter(&clerk, 1);
    Letter *new = clerk_step(&clerk, "reissue", old, NULL);

    assert_string_not_equal(new->id, old->id);
    assert_string_equal(new->replaces_id, old->id);
    assert_int_equal(new->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_AGREED);
    assert_int_equal(new->version, 1);
    assert_string_equal(new->number, "");
    assert_int_equal(clerk_see(&clerk, old->id)->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_VOIDED);
    new = clerk_step(&clerk, "issue", new, NULL);
    assert_string_not_equal(new->number, old->number);
    assert_int_equal(test_pg_number(office->pg, "transfers",
                                    "select count(*) from (select aggregate_id, version from outbox"
                                    " group by 1, 2 having count(*) > 1) twice"),
                     0);
    clerk_close(&clerk);
}

static void
who_reviews_from_above_issues_with_a_number_of_his_own(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "district_clerk", DISTRICT_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "agree");
    const char *district = id_text(clerk.arena, place_id(DISTRICT_A));
    const char *slug;

    test_pg_run(office->pg, "transfers", "update letter set state = 'up_review'");
    assert_null(clerk_step(&clerk, "issue", letter, &slug));
    assert_string_equal(slug, "no-issuing-power");
    test_pg_run(
        office->pg, "transfers",
        arena_printf(clerk.arena, "update organization set may_issue_from = '2016-01-01' where id = '%s'", district));
    letter = clerk_step(&clerk, "issue", letter, NULL);
    test_pg_run(office->pg, "transfers",
                arena_printf(clerk.arena, "update organization set may_issue_from = null where id = '%s'", district));
    assert_int_equal(
        test_pg_number(
            office->pg, "transfers",
            arena_printf(clerk.arena, "select last from letter_counter where committee_id = '%s'", district)),
        1);
    clerk_close(&clerk);
}

static void
the_level_above_voids_what_is_not_accepted(void **state)
{
    struct clerk clerk = clerk_open(*state, "district_clerk", DISTRICT_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "receive");
    const char *slug;

    letter = clerk_step(&clerk, "void", letter, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_VOIDED);
    letter = clerk_letter_after(&clerk, 1, "assign");
    assert_null(clerk_step(&clerk, "void", letter, &slug));
    assert_string_equal(slug, "state-forbids");
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_open_state_is_brought_to_an_end, office_clear),
        cmocka_unit_test_setup(what_is_allowed_is_done, office_clear),
        cmocka_unit_test_setup(a_corrected_letter_keeps_its_number_and_gets_its_addressee, office_clear),
        cmocka_unit_test_setup(a_reissued_letter_is_new_and_names_the_old_one, office_clear),
        cmocka_unit_test_setup(who_reviews_from_above_issues_with_a_number_of_his_own, office_clear),
        cmocka_unit_test_setup(the_level_above_voids_what_is_not_accepted, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
