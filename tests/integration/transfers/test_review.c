/* SPDX-License-Identifier: Apache-2.0 */
/* What has ended is taken up again: a refusal by an appeal, a finished transfer by a correction of two approvers. */
#include "office.h"

#define UP_REVIEW LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_UP_REVIEW
#define AGREED    LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_AGREED
#define CLOSED    LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_CLOSED

#define MOVED "select count(*) from letter_history where event = 'assign' or (event = 'approve' and state = 'closed')"

static void
refused_step(struct clerk *clerk, const char *event, const Letter *letter, const char *expected)
{
    const char *slug;

    assert_null(clerk_step(clerk, event, letter, &slug));
    assert_string_equal(slug, expected);
}

static const char *
branch_of(struct clerk *clerk, const Letter *letter)
{
    char *id = test_pg_text(
        clerk->office->pg, "transfers",
        arena_printf(clerk->arena, "select organization_id from member where id = '%s'", letter->member_id));
    const char *kept = arena_text(clerk->arena, id);

    free(id);
    return kept;
}

static uint32_t
waiting(struct clerk *clerk, const char *role, enum place place)
{
    CountWorkRequest *request = count_work_request_new(clerk->arena);
    WorkCounts *counts;

    clerk_post(clerk, role, place);
    request->days = 3;
    counts = clerk_ask(clerk, &transfers_count_work, &request->base, 0, NULL);
    return counts->waiting;
}

static void
a_finished_transfer_is_undone_by_two_accounts_above_both(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);
    Letter *old = clerk_letter_after(&clerk, 1, "match_stub");
    Letter *letter;

    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    letter = clerk_step(&clerk, "undo", old, NULL);
    assert_int_equal(letter->kind, LIANGXIN__TRANSFERS__V1__LETTER_KIND__LETTER_KIND_CORRECTION);
    assert_int_equal(letter->state, UP_REVIEW);
    assert_string_equal(letter->replaces_id, old->id);
    assert_string_equal(letter->from_branch_id, old->to_branch_id);
    assert_string_equal(letter->to_committee_id, old->from_committee_id);
    assert_int_equal(clerk_see(&clerk, old->id)->state, CLOSED);
    assert_int_equal(waiting(&clerk, "city_clerk", ROOT), 1);
    assert_int_equal(waiting(&clerk, "district_clerk", DISTRICT_B), 0);

    refused_step(&clerk, "approve", letter, "not-your-step"); /* above one of them only */
    clerk_post(&clerk, "city_clerk", ROOT);
    letter = clerk_step(&clerk, "approve", letter, NULL);
    assert_int_equal(letter->state, UP_REVIEW);
    assert_int_equal(letter->approvals, 1);
    refused_step(&clerk, "approve", letter, "same-approver");
    for (size_t i = 0; i < letter->n_allowed_actions; i++)
        assert_string_not_equal(letter->allowed_actions[i], "approve");
    assert_string_equal(branch_of(&clerk, letter), old->to_branch_id);
    clerk_post(&clerk, "deputy_clerk", ROOT); /* another account */
    letter = clerk_step(&clerk, "approve", letter, NULL);
    assert_int_equal(letter->state, CLOSED);
    assert_int_equal(letter->approvals, 2);
    assert_string_equal(letter->to_branch_id, old->from_branch_id);
    assert_string_equal(branch_of(&clerk, letter), old->from_branch_id);
    assert_int_equal(test_pg_number(office->pg, "transfers", MOVED), 2);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from letter_party"), 8);
    refused_step(&clerk, "undo", clerk_see(&clerk, old->id), "state-forbids"); /* it is undone already */
    clerk_close(&clerk);
}

static void
a_refused_correction_leaves_the_member_where_he_is(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *old = clerk_letter_after(&clerk, 1, "match_stub");
    Letter *letter;

    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    letter = clerk_step(&clerk, "undo", old, NULL);
    refused_step(&clerk, "undo", clerk_see(&clerk, old->id), "letter-open"); /* it holds him */
    clerk_post(&clerk, "city_clerk", ROOT);
    letter = clerk_step(&clerk, "refuse", letter, NULL);
    assert_int_equal(letter->state, LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_REFUSED_OUT);
    assert_string_equal(branch_of(&clerk, letter), old->to_branch_id);
    refused_step(&clerk, "appeal", letter, "state-forbids");
    assert_non_null(clerk_step(&clerk, "undo", clerk_see(&clerk, old->id), NULL));
    clerk_close(&clerk);
}

static void
only_a_finished_transfer_is_undone(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);

    refused_step(&clerk, "undo", clerk_letter_after(&clerk, 1, "assign"), "state-forbids");
    refused_step(&clerk, "undo", clerk_letter_after(&clerk, 2, "issue"), "state-forbids");
    clerk_close(&clerk);
}

static Letter *
refused_letter(struct clerk *clerk, int member)
{
    Letter *letter = clerk_letter_after(clerk, member, "submit");

    clerk_post(clerk, "branch_secretary", BRANCH_A1);
    return clerk_step(clerk, "refuse", letter, NULL);
}

static void
an_appeal_is_decided_above(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    Letter *old = refused_letter(&clerk, 1);
    ApproveRequest *request = approve_request_new(clerk.arena);
    const char *slug;
    Letter *letter = clerk_step(&clerk, "appeal", old, NULL);

    assert_int_equal(letter->state, UP_REVIEW);
    assert_string_equal(letter->replaces_id, old->id);
    assert_int_equal(waiting(&clerk, "district_clerk", DISTRICT_A), 1);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    refused_step(&clerk, "approve", letter, "not-your-step");
    clerk_post(&clerk, "district_clerk", DISTRICT_A);
    request->id = letter->id;
    assert_null(clerk_ask(&clerk, &transfers_approve, &request->base, letter->version, &slug));
    assert_string_equal(slug, "dues-unknown"); /* the branch refused before it stated them */
    request->dues_case = LIANGXIN__TRANSFERS__V1__APPROVE_REQUEST__DUES_DUES_PAID_TO;
    request->dues_paid_to = arena_text(clerk.arena, "2026-10");
    letter = clerk_ask(&clerk, &transfers_approve, &request->base, letter->version, NULL);
    assert_int_equal(letter->state, AGREED);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    assert_non_null(clerk_step(&clerk, "issue", letter, NULL));
    clerk_close(&clerk);
}

static void
a_refusal_informs_the_level_above_both(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    enum place told[] = { DISTRICT_A, DISTRICT_B };

    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    clerk_step(&clerk, "refuse", letter, NULL);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        struct id id = place_id(told[i]);
        char hex[2 * ID_BYTES + 1];

        for (size_t byte = 0; byte < ID_BYTES; byte++)
            snprintf(hex + 2 * byte, 3, "%02x", id.bytes[byte]);
        assert_int_equal(
            test_pg_number(office->pg, "transfers",
                           arena_printf(clerk.arena,
                                        "select count(*) from outbox where encode(payload, 'hex') like '%%7a10%s%%'",
                                        hex)), /* field 15, 16 bytes */
            1);
    }
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_finished_transfer_is_undone_by_two_accounts_above_both, office_clear),
        cmocka_unit_test_setup(a_refused_correction_leaves_the_member_where_he_is, office_clear),
        cmocka_unit_test_setup(only_a_finished_transfer_is_undone, office_clear),
        cmocka_unit_test_setup(an_appeal_is_decided_above, office_clear),
        cmocka_unit_test_setup(a_refusal_informs_the_level_above_both, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
