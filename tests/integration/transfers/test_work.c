/* SPDX-License-Identifier: Apache-2.0 */
/* Open work: each letter waits for one, is under way for the other parties, and is done for all of them in the end. */
#include "office.h"

typedef Liangxin__Work__V1__WorkBox Box;

#define WAITING   LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_WAITING
#define UNDER_WAY LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_UNDER_WAY
#define DUE_SOON  LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DUE_SOON
#define DONE      LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE

static WorkPage *
list(struct clerk *clerk, const char *role, enum place place, Box box, const char *cursor, unsigned limit)
{
    ListWorkRequest *request = list_work_request_new(clerk->arena);

    clerk_post(clerk, role, place);
    request->box = box;
    request->days = 3;
    request->limit = limit;
    request->cursor = arena_text(clerk->arena, cursor);
    return clerk_ask(clerk, &transfers_list_work, &request->base, 0, NULL);
}

static void
expect(struct clerk *clerk, const char *role, enum place place, unsigned waiting, unsigned under_way, unsigned due_soon,
       unsigned done)
{
    CountWorkRequest *request = count_work_request_new(clerk->arena);
    WorkCounts *counts;

    request->days = 3;
    clerk_post(clerk, role, place);
    counts = clerk_ask(clerk, &transfers_count_work, &request->base, 0, NULL);
    if (counts->waiting != waiting || counts->under_way != under_way || counts->due_soon != due_soon ||
        counts->done != done)
        fail_msg("place %d: %u waiting, %u under way, %u due soon, %u done", (int)place, counts->waiting,
                 counts->under_way, counts->due_soon, counts->done);
    assert_int_equal(list(clerk, role, place, WAITING, "", 200)->n_items, waiting);
    assert_int_equal(list(clerk, role, place, UNDER_WAY, "", 200)->n_items, under_way);
    assert_int_equal(list(clerk, role, place, DUE_SOON, "", 200)->n_items, due_soon);
    assert_int_equal(list(clerk, role, place, DONE, "", 200)->n_items, done);
}

static void
a_letter_waits_for_one_and_is_under_way_for_the_others(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);

    clerk_letter_after(&clerk, 1, "submit");
    clerk_letter_after(&clerk, 2, "agree");
    clerk_letter_after(&clerk, 3, "issue");
    clerk_letter_after(&clerk, 4, "assign");
    clerk_letter_after(&clerk, 5, "match_stub");
    expect(&clerk, "branch_secretary", BRANCH_A1, 1, 3, 0, 1);
    expect(&clerk, "committee_clerk", COMMITTEE_A, 1, 3, 0, 1);
    expect(&clerk, "committee_clerk", COMMITTEE_B, 1, 3, 0, 1);
    expect(&clerk, "branch_secretary", BRANCH_B1, 1, 0, 0, 1);
    expect(&clerk, "committee_clerk", COMMITTEE_C, 0, 0, 0, 0);
    expect(&clerk, "district_clerk", DISTRICT_A, 0, 0, 0, 0);
    clerk_close(&clerk);
}

static void
a_review_from_above_waits_above(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);

    clerk_step(&clerk, "send_up", clerk_letter_after(&clerk, 1, "agree"), NULL);
    expect(&clerk, "district_clerk", DISTRICT_A, 1, 0, 0, 0);
    expect(&clerk, "district_clerk", DISTRICT_B, 0, 0, 0, 0);
    expect(&clerk, "committee_clerk", COMMITTEE_A, 0, 1, 0, 0);
    clerk_close(&clerk);
}

static void
what_is_late_or_nearly_is_due_soon(void **state)
{
    struct office *office = *state;
    struct clerk clerk = clerk_open(office, "committee_clerk", COMMITTEE_B);

    clerk_letter_after(&clerk, 1, "issue");
    clerk_letter_after(&clerk, 2, "submit");
    expect(&clerk, "committee_clerk", COMMITTEE_B, 1, 1, 0, 0);
    expect(&clerk, "branch_secretary", BRANCH_A1, 1, 1, 0, 0);
    test_pg_run(office->pg, "transfers", "update letter set valid_to = valid_to - 7 where state = 'issued'");
    test_pg_run(office->pg, "transfers",
                "update letter set state_since = state_since - interval '20 days' where state = 'submitted'");
    expect(&clerk, "committee_clerk", COMMITTEE_B, 1, 1, 1, 0);
    expect(&clerk, "branch_secretary", BRANCH_A1, 1, 1, 1, 0);
    assert_true(list(&clerk, "branch_secretary", BRANCH_A1, DUE_SOON, "", 10)->items[0]->overdue);
    clerk_close(&clerk);
}

static void
an_item_says_what_is_to_be_done(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_B);
    Letter *letter = clerk_letter_after(&clerk, 1, "issue");
    WorkItem *item = list(&clerk, "committee_clerk", COMMITTEE_B, WAITING, "", 10)->items[0];

    assert_string_equal(item->kind, "letter");
    assert_string_equal(item->id, letter->id);
    assert_string_equal(item->number, letter->number);
    assert_string_equal(item->subject, "member 1");
    assert_string_equal(item->state, "issued");
    assert_string_equal(item->next_event, "receive");
    assert_string_equal(item->due_on, letter->valid_to);
    clerk_close(&clerk);
}

static void
pages_follow_each_other_without_a_gap(void **state)
{
    struct clerk clerk = clerk_open(*state, "branch_secretary", BRANCH_A1);
    const char *cursor = "";
    const char *last = "ffffffff";
    int seen = 0;

    for (int member = 1; member <= 7; member++)
        clerk_letter_after(&clerk, member, "draft");
    do {
        WorkPage *page = list(&clerk, "branch_secretary", BRANCH_A1, WAITING, cursor, 3);

        for (size_t i = 0; i < page->n_items; i++, seen++) {
            assert_true(strcmp(page->items[i]->id, last) < 0);
            last = page->items[i]->id;
        }
        cursor = page->next_cursor;
    } while (cursor[0]);
    assert_int_equal(seen, 7);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_letter_waits_for_one_and_is_under_way_for_the_others, office_clear),
        cmocka_unit_test_setup(a_review_from_above_waits_above, office_clear),
        cmocka_unit_test_setup(what_is_late_or_nearly_is_due_soon, office_clear),
        cmocka_unit_test_setup(an_item_says_what_is_to_be_done, office_clear),
        cmocka_unit_test_setup(pages_follow_each_other_without_a_gap, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
