/* SPDX-License-Identifier: Apache-2.0 */
/* 转出市外: letters to addressees that are names only, and the receipt that ends them. */
#include "office.h"

#define STATE(name) LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_##name

/* Events that say that the member leaves: field 16, a day of ten characters. */
#define LEFT "select count(*) from outbox where encode(payload, 'hex') like '%82010a323032%'"

static Letter *
draft(struct clerk *clerk, int member, const char **ret_slug)
{
    OutwardRequest *request = outward_request_new(clerk->arena);

    request->member_id = id_text(clerk->arena, member_id(member));
    request->to_name = arena_text(clerk->arena, "中共外省某市某区委组织部");
    request->reason = LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_RESIDENCE_CHANGED;
    clerk_post(clerk, "branch_secretary", BRANCH_A1);
    return clerk_ask(clerk, &transfers_draft_outward, &request->base, 0, ret_slug);
}

static Letter *
issued(struct clerk *clerk, int member)
{
    Letter *letter = draft(clerk, member, NULL);

    letter = clerk_step(clerk, "submit", letter, NULL);
    letter = clerk_step(clerk, "agree", letter, NULL);
    clerk_post(clerk, "committee_clerk", COMMITTEE_A);
    return clerk_step(clerk, "issue", letter, NULL);
}

static void
refused_step(struct clerk *clerk, const char *event, const Letter *letter, const char *wanted)
{
    const char *slug;

    assert_null(clerk_step(clerk, event, letter, &slug));
    assert_string_equal(slug, wanted);
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

static const char *
text(struct clerk *clerk, const char *sql)
{
    char *got = test_pg_text(clerk->office->pg, "transfers", sql);
    const char *kept = arena_text(clerk->arena, got);

    free(got);
    return kept;
}

static void
the_receipt_ends_the_letter_and_the_member_is_gone(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    struct test_pg *pg = clerk.office->pg;
    Letter *letter = issued(&clerk, 1);
    const char *slug;

    assert_int_equal(letter->kind, LIANGXIN__TRANSFERS__V1__LETTER_KIND__LETTER_KIND_OUTWARD);
    assert_string_equal(letter->to_committee_id, "");
    assert_string_equal(letter->to_committee_name, "中共外省某市某区委组织部");
    assert_string_equal(text(&clerk, "select to_committee_name from letter_content_history"),
                        "中共外省某市某区委组织部");
    assert_int_equal(test_pg_number(pg, "transfers", "select valid_to - issued_on from letter"), 30);
    assert_int_equal(test_pg_number(pg, "transfers", "select count(*) from letter_party"), 2);
    assert_int_equal(test_pg_number(pg, "transfers", LEFT), 0);

    letter = clerk_step(&clerk, "record_receipt", letter, NULL);
    assert_int_equal(letter->state, STATE(CLOSED));
    assert_string_equal(letter->receipt_number, "外〔2026〕7号");
    assert_string_equal(letter->receipt_on, letter->issued_on);
    assert_int_equal(letter->n_allowed_actions, 0);
    assert_int_equal(test_pg_number(pg, "transfers", LEFT), 1);
    assert_null(draft(&clerk, 1, &slug)); /* before organizations has told it */
    assert_string_equal(slug, "member-not-active");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    refused_step(&clerk, "undo", letter, "state-forbids");
    clerk_close(&clerk);
}

static void
a_receipt_that_comes_late_ends_it_as_well(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = issued(&clerk, 2);

    test_pg_run(clerk.office->pg, "transfers", "update letter set state = 'expired'");
    assert_int_equal(clerk_step(&clerk, "record_receipt", letter, NULL)->state, STATE(CLOSED));
    clerk_close(&clerk);
}

static void
a_receipt_is_of_a_day_between_issue_and_now(void **state)
{
    static const char *const wrong[] = { "issued_on - 1", "issued_on + 1" };
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = issued(&clerk, 3);

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ReceiptRequest *request = receipt_request_new(clerk.arena);
        const char *slug;

        request->id = letter->id;
        request->number = arena_text(clerk.arena, "7");
        request->received_on =
            arena_text(clerk.arena, text(&clerk, arena_printf(clerk.arena, "select %s from letter", wrong[i])));
        assert_null(clerk_ask(&clerk, &transfers_record_receipt, &request->base, letter->version, &slug));
        assert_string_equal(slug, "out-of-range");
    }
    assert_int_equal(test_pg_number(clerk.office->pg, "transfers", LEFT), 0);
    clerk_close(&clerk);
}

/* Only such a letter takes a receipt, and nobody of the city receives it. */
static void
neither_kind_knows_the_others_steps(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);
    Letter *within = clerk_letter_after(&clerk, 4, "issue");
    Letter *outward = issued(&clerk, 5);

    clerk_post(&clerk, "city_clerk", ROOT);
    refused_step(&clerk, "record_receipt", within, "state-forbids");
    refused_step(&clerk, "receive", outward, "state-forbids");
    refused_step(&clerk, "forward", outward, "state-forbids");
    refused_step(&clerk, "refuse", outward, "state-forbids");
    clerk_post(&clerk, "branch_secretary", BRANCH_A1);
    refused_step(&clerk, "record_receipt", outward, "not-your-step");
    clerk_post(&clerk, "committee_clerk", COMMITTEE_B);
    refused_step(&clerk, "record_receipt", outward, "not-found");
    clerk_close(&clerk);
}

static void
a_letter_that_came_back_is_void_or_issued_anew(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = issued(&clerk, 6);

    assert_int_equal(clerk_step(&clerk, "recall", letter, NULL)->state, STATE(VOIDED));
    letter = clerk_step(&clerk, "report_lost", issued(&clerk, 6), NULL);
    letter = clerk_step(&clerk, "reissue", letter, NULL);
    assert_int_equal(letter->state, STATE(AGREED));
    assert_int_equal(letter->kind, LIANGXIN__TRANSFERS__V1__LETTER_KIND__LETTER_KIND_OUTWARD);
    assert_string_equal(letter->to_committee_name, "中共外省某市某区委组织部");
    assert_non_null(clerk_step(&clerk, "issue", letter, NULL));
    clerk_close(&clerk);
}

static void
it_waits_with_its_sender_and_counts_as_who_has_left(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    Letter *letter = issued(&clerk, 7);
    StatisticsRequest *request = statistics_request_new(clerk.arena);
    Letter *seen = clerk_see(&clerk, letter->id);
    Statistics *month;

    assert_string_equal(seen->expected->next_event, "record_receipt");
    assert_string_equal(seen->expected->next_organization_id, letter->from_committee_id);
    assert_int_equal(waiting(&clerk, "committee_clerk", COMMITTEE_A), 1);
    assert_int_equal(waiting(&clerk, "district_clerk", DISTRICT_A), 0);
    clerk_post(&clerk, "committee_clerk", COMMITTEE_A);
    clerk_step(&clerk, "record_receipt", letter, NULL);
    assert_int_equal(waiting(&clerk, "committee_clerk", COMMITTEE_A), 0);
    request->organization_id = id_text(clerk.arena, place_id(ROOT));
    request->month = arena_text(clerk.arena, text(&clerk, "select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM')"
                                                          " from letter_history where event = 'record_receipt'"));
    clerk_post(&clerk, "city_clerk", ROOT);
    month = clerk_ask(&clerk, &transfers_get_statistics, &request->base, 0, NULL);
    assert_int_equal(month->members_out, 1);
    assert_int_equal(month->members_in, 0);
    assert_int_equal(month->letters_ended, 1);
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_receipt_ends_the_letter_and_the_member_is_gone, office_clear),
        cmocka_unit_test_setup(a_receipt_that_comes_late_ends_it_as_well, office_clear),
        cmocka_unit_test_setup(a_receipt_is_of_a_day_between_issue_and_now, office_clear),
        cmocka_unit_test_setup(neither_kind_knows_the_others_steps, office_clear),
        cmocka_unit_test_setup(a_letter_that_came_back_is_void_or_issued_anew, office_clear),
        cmocka_unit_test_setup(it_waits_with_its_sender_and_counts_as_who_has_left, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
