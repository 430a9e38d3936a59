/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused, by which problem, and that nothing remains of it. */
#include <pthread.h>

#include "office.h"

static int64_t
count(struct office *office, const char *sql)
{
    return test_pg_number(office->pg, "transfers", sql);
}

static void
refused_draft(struct clerk *clerk, int member, enum place to, const char *problem)
{
    const char *slug;

    assert_null(clerk_draft(clerk, member, to, &slug));
    assert_string_equal(slug, problem);
}

static void
refused_step(struct clerk *clerk, const char *event, const Letter *letter, const char *problem)
{
    const char *slug;

    assert_null(clerk_step(clerk, event, letter, &slug));
    assert_string_equal(slug, problem);
}

static void
a_draft_needs_a_free_member_and_another_committee(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);

    refused_draft(&clerk, 1, COMMITTEE_A, "same-committee");
    refused_draft(&clerk, 1, COMMITTEE_D, "no-issuing-power");
    refused_draft(&clerk, 1, BRANCH_B1, "no-issuing-power");
    refused_draft(&clerk, 1, PLACES, "not-found");
    refused_draft(&clerk, INACTIVE, COMMITTEE_B, "member-not-active");
    assert_non_null(clerk_draft(&clerk, 1, COMMITTEE_B, NULL));
    refused_draft(&clerk, 1, COMMITTEE_C, "letter-open");
    assert_int_equal(count(office, "select count(*) from letter"), 1);
    assert_int_equal(count(office, "select count(*) from outbox"), 1);
    clerk_close(&clerk);
}

static void
a_branch_drafts_for_its_own_members_only(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A2);

    refused_draft(&clerk, 1, COMMITTEE_B, "not-found");
    clerk_close(&clerk);
}

struct race {
    struct office *office;
    int won;
    int refused;
};

static void *
draft_in_race(void *argument)
{
    struct race *race = argument;
    struct clerk clerk = clerk_open(race->office, "branch_secretary", BRANCH_A1);
    const char *slug;

    if (clerk_draft(&clerk, 2, COMMITTEE_B, &slug))
        race->won++;
    else
        race->refused += strcmp(slug, "letter-open") == 0;
    clerk_close(&clerk);
    return NULL;
}

static void
of_eight_drafts_at_once_one_is_made(void **state)
{
    struct race races[8];
    pthread_t threads[8];
    int won = 0;
    int refused = 0;

    for (int i = 0; i < 8; i++) {
        races[i] = (struct race){ .office = *state };
        assert_int_equal(pthread_create(&threads[i], NULL, draft_in_race, &races[i]), 0);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        won += races[i].won;
        refused += races[i].refused;
    }
    assert_int_equal(won, 1);
    assert_int_equal(refused, 7);
}

struct step_race {
    struct office *office;
    const Letter *letter;
    bool won;
    bool stale;
};

static void *
submit_in_race(void *argument)
{
    struct step_race *race = argument;
    struct clerk clerk = clerk_open(race->office, "branch_secretary", BRANCH_A1);
    const char *slug;

    race->won = clerk_step(&clerk, "submit", race->letter, &slug) != NULL;
    race->stale = strcmp(slug, "stale") == 0;
    clerk_close(&clerk);
    return NULL;
}

static void
of_eight_submits_at_once_one_is_done(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    struct step_race races[8];
    pthread_t threads[8];
    int won = 0;
    int stale = 0;

    for (int member = 3; member < 7; member++) {
        Letter *letter = clerk_letter_after(&clerk, member, "draft");

        for (int i = 0; i < 8; i++) {
            races[i] = (struct step_race){ .office = office, .letter = letter };
            assert_int_equal(pthread_create(&threads[i], NULL, submit_in_race, &races[i]), 0);
        }
        for (int i = 0; i < 8; i++) {
            pthread_join(threads[i], NULL);
            won += races[i].won;
            stale += races[i].stale;
        }
    }
    assert_int_equal(won, 4);
    assert_int_equal(stale, 28);
    assert_int_equal(count(office, "select count(*) from letter_history where event = 'submit'"), 4);
    clerk_close(&clerk);
}

static void
a_step_on_an_old_version_is_stale(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    Letter *draft = clerk_letter_after(&clerk, 1, "draft");
    StepRequest *request = step_request_new(clerk.arena);
    const char *slug;

    clerk_step(&clerk, "submit", draft, NULL);
    refused_step(&clerk, "withdraw", draft, "stale");
    request->id = draft->id;
    assert_null(clerk_ask(&clerk, &transfers_withdraw, &request->base, 0, &slug));
    assert_string_equal(slug, "version-required");
    assert_int_equal(count(office, "select count(*) from letter_history"), 2);
    clerk_close(&clerk);
}

static void
a_step_belongs_to_one_party(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "submit");

    refused_step(&clerk, "agree", letter, "not-your-step");
    refused_step(&clerk, "receive", letter, "state-forbids");
    clerk_post(&clerk, "branch_secretary", BRANCH_A1);
    refused_step(&clerk, "void", letter, "not-your-step");
    clerk_close(&clerk);
}

static void
who_is_no_party_sees_nothing(void **state)
{
    struct clerk clerk = clerk_open(*state, "branch_secretary", BRANCH_A2);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    LetterId *request = letter_id_new(clerk.arena);
    const char *slug;

    assert_null(clerk_see(&clerk, letter->id));
    refused_step(&clerk, "withdraw", letter, "not-found");
    request->id = letter->id;
    assert_null(clerk_ask(&clerk, &transfers_get_timeline, &request->base, 0, &slug));
    assert_string_equal(slug, "not-found");
    clerk_post(&clerk, "branch_secretary", BRANCH_B1); /* no party before it is assigned */
    assert_null(clerk_see(&clerk, letter->id));
    clerk_close(&clerk);
}

static void
assigned_to(struct clerk *clerk, const Letter *letter, enum place place, const char *problem)
{
    AssignRequest *request = assign_request_new(clerk->arena);
    const char *slug;

    request->id = letter->id;
    request->branch_id = id_text(clerk->arena, place_id(place));
    clerk_ask(clerk, &transfers_assign, &request->base, letter->version, &slug);
    assert_string_equal(slug, problem);
}

static void
a_member_is_assigned_to_a_branch_below_the_receiver(void **state)
{
    struct clerk clerk = clerk_open(*state, "district_clerk", DISTRICT_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "receive");

    assigned_to(&clerk, letter, BRANCH_C1, "not-the-receiver");
    assigned_to(&clerk, letter, BRANCH_A2, "not-the-receiver");
    assigned_to(&clerk, letter, GENERAL_B, "not-a-branch");
    assigned_to(&clerk, letter, COMMITTEE_B, "not-a-branch");
    assigned_to(&clerk, letter, PLACES, "not-found");
    assigned_to(&clerk, letter, BRANCH_B2, "");
    clerk_close(&clerk);
}

static void
a_letter_is_received_while_valid(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");

    test_pg_run(office->pg, "transfers", "update letter set valid_to = valid_to - 30, issued_on = issued_on - 30");
    refused_step(&clerk, "receive", letter, "letter-expired");
    clerk_close(&clerk);
}

static void
not_leaving_is_no_reason_of_the_receiver(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    RefuseRequest *request = refuse_request_new(clerk.arena);
    const char *slug;

    request->id = letter->id;
    request->note = arena_text(clerk.arena, "stays here");
    request->reason = LIANGXIN__TRANSFERS__V1__REFUSAL_REASON__REFUSAL_REASON_NOT_LEAVING;
    assert_null(clerk_ask(&clerk, &transfers_refuse, &request->base, letter->version, &slug));
    assert_string_equal(slug, "bad-value");
    clerk_close(&clerk);
}

static void
a_letter_is_issued_for_who_is_still_there(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);

    refused_step(&clerk, "issue", clerk_letter_after(&clerk, MOVED_AWAY, "agree"), "member-not-active");
    refused_step(&clerk, "issue", clerk_letter_after(&clerk, UNKNOWN_THERE, "agree"), "member-not-active");
    assert_int_equal(count(office, "select count(*) from letter_counter"), 0);
    clerk_close(&clerk);
}

/* Each of the two copies may be the one that has yet to hear: both times it is worth trying again. */
static void
news_under_way_are_no_refusal_for_good(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, MOVED_LATELY, "agree");

    refused_step(&clerk, "issue", letter, "member-behind"); /* organizations knows more than we do */
    test_pg_run(office->pg, "transfers", "update member set version = 2");
    refused_step(&clerk, "issue", letter, "member-not-active");
    letter = clerk_letter_after(&clerk, 1, "agree");
    test_pg_run(office->pg, "transfers",
                arena_printf(clerk.arena, "update letter set from_branch_id = '%s' where id = '%s'",
                             id_text(clerk.arena, place_id(BRANCH_A2)), letter->id));
    refused_step(&clerk, "issue", letter, "member-not-active");
    test_pg_run(office->pg, "transfers",
                arena_printf(clerk.arena, "update member set awaits_letter = '%s' where id = '%s'", letter->id,
                             letter->member_id));
    refused_step(&clerk, "issue", letter, "member-behind"); /* it has yet to hear that the member came to us */
    test_pg_run(office->pg, "transfers", "update member set version = 1, awaits_letter = null");
    clerk_close(&clerk);
}

static void
no_identity_number_is_asked_for_a_letter_that_is_not_issued(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    Letter *letter = clerk_letter_after(&clerk, 1, "agree");

    refused_step(&clerk, "issue", letter, "not-your-step");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    letter->version--;
    refused_step(&clerk, "issue", letter, "stale");
    assert_int_equal(office->reveals, 0);
    clerk_close(&clerk);
}

static void
who_lost_the_power_issues_nothing(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_A);
    Letter *letter = clerk_letter_after(&clerk, 1, "agree");
    const char *committee = id_text(clerk.arena, place_id(COMMITTEE_A));

    test_pg_run(office->pg, "transfers",
                arena_printf(clerk.arena, "update organization set may_issue_from = null where id = '%s'", committee));
    refused_step(&clerk, "issue", letter, "no-issuing-power");
    test_pg_run(
        office->pg, "transfers",
        arena_printf(clerk.arena, "update organization set may_issue_from = '2016-01-01' where id = '%s'", committee));
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_draft_needs_a_free_member_and_another_committee, office_clear),
        cmocka_unit_test_setup(a_branch_drafts_for_its_own_members_only, office_clear),
        cmocka_unit_test_setup(of_eight_drafts_at_once_one_is_made, office_clear),
        cmocka_unit_test_setup(of_eight_submits_at_once_one_is_done, office_clear),
        cmocka_unit_test_setup(a_step_on_an_old_version_is_stale, office_clear),
        cmocka_unit_test_setup(a_step_belongs_to_one_party, office_clear),
        cmocka_unit_test_setup(who_is_no_party_sees_nothing, office_clear),
        cmocka_unit_test_setup(a_member_is_assigned_to_a_branch_below_the_receiver, office_clear),
        cmocka_unit_test_setup(a_letter_is_received_while_valid, office_clear),
        cmocka_unit_test_setup(not_leaving_is_no_reason_of_the_receiver, office_clear),
        cmocka_unit_test_setup(a_letter_is_issued_for_who_is_still_there, office_clear),
        cmocka_unit_test_setup(news_under_way_are_no_refusal_for_good, office_clear),
        cmocka_unit_test_setup(no_identity_number_is_asked_for_a_letter_that_is_not_issued, office_clear),
        cmocka_unit_test_setup(who_lost_the_power_issues_nothing, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
