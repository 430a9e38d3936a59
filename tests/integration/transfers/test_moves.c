/* SPDX-License-Identifier: Apache-2.0 */
/* Moves between branches of one committee: asked by the branch, confirmed by the committee, without a letter. */
#include "office.h"

static Move *
ask(struct clerk *clerk, int member, enum place to, const char **ret_slug)
{
    MoveRequest *request = move_request_new(clerk->arena);

    request->member_id = id_text(clerk->arena, member_id(member));
    request->to_branch_id = id_text(clerk->arena, place_id(to));
    return clerk_ask(clerk, &transfers_ask_move, &request->base, 0, ret_slug);
}

static Move *
confirm(struct clerk *clerk, const Move *move, const char **ret_slug)
{
    StepRequest *request = step_request_new(clerk->arena);

    request->id = move->id;
    return clerk_ask(clerk, &transfers_confirm_move, &request->base, move->version, ret_slug);
}

static void
the_committee_confirms_and_the_member_moves(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "branch_secretary", BRANCH_A1);
    Move *move = ask(&clerk, 1, BRANCH_A2, NULL);
    const char *slug;

    assert_int_equal(move->state, LIANGXIN__TRANSFERS__V1__MOVE_STATE__MOVE_STATE_ASKED);
    assert_string_equal(move->committee_id, id_text(clerk.arena, place_id(COMMITTEE_A)));
    assert_null(confirm(&clerk, move, &slug));
    assert_string_equal(slug, "not-your-step");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    assert_null(confirm(&clerk, move, &slug));
    assert_string_equal(slug, "not-found");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    move = confirm(&clerk, move, NULL);
    assert_int_equal(move->state, LIANGXIN__TRANSFERS__V1__MOVE_STATE__MOVE_STATE_MOVED);
    assert_null(confirm(&clerk, move, &slug));
    assert_string_equal(slug, "state-forbids");
    assert_int_equal(
        test_pg_number(office->pg, "transfers",
                       arena_printf(clerk.arena,
                                    "select count(*) from member where id = '%s' and organization_id = '%s'",
                                    move->member_id, move->to_branch_id)),
        1);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from outbox where aggregate = 'letter'"),
                     2);
    assert_int_equal(test_pg_number(office->pg, "transfers", "select count(*) from audit where object = 'move'"), 2);
    clerk_close(&clerk);
}

static void
another_committee_takes_a_letter(void **state)
{
    static const struct {
        int member;
        enum place to;
        const char *slug;
    } wrong[] = {
        { 1, BRANCH_B1, "affiliation-needs-letter" }, { 1, BRANCH_A1, "bad-value" },
        { 1, COMMITTEE_A, "not-a-branch" },           { 1, PLACES, "not-found" },
        { INACTIVE, BRANCH_A2, "member-not-active" },
    };
    struct clerk clerk = clerk_open(*state, "branch_secretary", BRANCH_A1);
    const char *slug;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(ask(&clerk, wrong[i].member, wrong[i].to, &slug));
        assert_string_equal(slug, wrong[i].slug);
    }
    clerk_close(&clerk);
}

static void
a_member_has_one_way_to_go_at_a_time(void **state)
{
    struct clerk clerk = clerk_open(*state, "branch_secretary", BRANCH_A1);
    ReasonRequest *refusal = reason_request_new(clerk.arena);
    const char *slug;
    Move *move = ask(&clerk, 1, BRANCH_A2, NULL);
    MovePage *page;

    assert_null(ask(&clerk, 1, BRANCH_A2, &slug));
    assert_string_equal(slug, "letter-open");
    assert_null(clerk_draft(&clerk, 1, COMMITTEE_B, &slug));
    assert_string_equal(slug, "letter-open");
    clerk_draft(&clerk, 2, COMMITTEE_B, NULL);
    assert_null(ask(&clerk, 2, BRANCH_A2, &slug));
    assert_string_equal(slug, "letter-open");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    page = clerk_ask(&clerk, &transfers_list_moves, &list_moves_request_new(clerk.arena)->base, 0, NULL);
    assert_int_equal(page->n_items, 1);
    refusal->id = move->id;
    refusal->note = arena_text(clerk.arena, "because");
    move = clerk_ask(&clerk, &transfers_refuse_move, &refusal->base, move->version, NULL);
    assert_int_equal(move->state, LIANGXIN__TRANSFERS__V1__MOVE_STATE__MOVE_STATE_REFUSED);
    assert_non_null(clerk_draft(&clerk, 1, COMMITTEE_B, NULL));
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    page = clerk_ask(&clerk, &transfers_list_moves, &list_moves_request_new(clerk.arena)->base, 0, NULL);
    assert_int_equal(page->n_items, 0);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_committee_confirms_and_the_member_moves, office_clear),
        cmocka_unit_test_setup(another_committee_takes_a_letter, office_clear),
        cmocka_unit_test_setup(a_member_has_one_way_to_go_at_a_time, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
