/* SPDX-License-Identifier: Apache-2.0 */
/* Statistics of months: the tables close, and are what history says when it is counted again. */
#include "office.h"

/* Spread over three months of the past: each letter's steps ten hours apart, the letters nine days. */
static const char spread[] =
    "with ranked as (select id, row_number() over (order by id) as n from letter)"
    " update letter l set created_at = timestamptz '2026-07-05 09:00+08' + r.n * interval '9 days'"
    "   from ranked r where r.id = l.id;"
    " update letter_history h set at = l.created_at + (h.version - 1) * interval '10 hours'"
    "   from letter l where l.id = h.letter_id";

static const char *const months[] = { "2026-06", "2026-07", "2026-08", "2026-09", "2026-10" };

#define MONTHS (sizeof months / sizeof *months)

static Statistics *
month_of_place(struct clerk *clerk, enum place place, const char *month, const char **ret_slug)
{
    StatisticsRequest *request = statistics_request_new(clerk->arena);

    request->organization_id = id_text(clerk->arena, place_id(place));
    request->month = arena_text(clerk->arena, month);
    return clerk_ask(clerk, &transfers_get_statistics, &request->base, 0, ret_slug);
}

static void
letters_of_all_kinds(struct clerk *clerk)
{
    static const char *const ends[] = { "draft", "submit", "issue", "assign", "match_stub", "match_stub", "assign" };

    for (int i = 0; i < (int)(sizeof ends / sizeof *ends); i++)
        clerk_letter_after(clerk, i + 1, ends[i]);
    clerk_post(clerk, "branch_secretary", BRANCH_A1);
    clerk_step(clerk, "cancel", clerk_letter_after(clerk, 20, "draft"), NULL);
    clerk_post(clerk, "city_clerk", ROOT);
    test_pg_run(clerk->office->pg, "transfers", spread);
}

static int64_t
assigned_in(struct clerk *clerk, const char *month)
{
    return test_pg_number(clerk->office->pg, "transfers",
                          arena_printf(clerk->arena,
                                       "select count(*) from letter_history where event = 'assign'"
                                       " and to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') = '%s'",
                                       month));
}

static void
the_tables_close_from_month_to_month(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);
    unsigned before = 0;
    unsigned begun = 0;

    letters_of_all_kinds(&clerk);
    for (size_t i = 0; i < MONTHS; i++) {
        Statistics *sender = month_of_place(&clerk, COMMITTEE_A, months[i], NULL);
        Statistics *receiver = month_of_place(&clerk, DISTRICT_B, months[i], NULL);
        Statistics *city = month_of_place(&clerk, ROOT, months[i], NULL);

        assert_int_equal(sender->letters_start, before);
        assert_int_equal(sender->letters_start + sender->letters_begun - sender->letters_ended, sender->letters_end);
        before = sender->letters_end;
        begun += sender->letters_begun;
        assert_int_equal(sender->members_out, assigned_in(&clerk, months[i]));
        assert_int_equal(receiver->members_in, sender->members_out);
        assert_int_equal(sender->net + receiver->net, 0);
        assert_int_equal(city->members_in + city->members_out, 0); /* within the city nobody leaves it */
        assert_int_equal(city->letters_end, sender->letters_end);
    }
    assert_int_equal(begun, 8);
    assert_int_equal(before, 5); /* two are closed, one is cancelled */
    clerk_close(&clerk);
}

static void
steps_say_how_long_they_were_waited_for(void **state)
{
    struct clerk clerk = clerk_open(*state, "city_clerk", ROOT);
    unsigned issues = 0;

    letters_of_all_kinds(&clerk);
    for (size_t i = 0; i < MONTHS; i++) {
        Statistics *month = month_of_place(&clerk, COMMITTEE_A, months[i], NULL);

        for (size_t n = 0; n < month->n_steps; n++) {
            assert_int_equal(month->steps[n]->median_hours, 10);
            assert_int_equal(month->steps[n]->ninth_decile_hours, 10);
            if (strcmp(month->steps[n]->event, "issue") == 0)
                issues += month->steps[n]->count;
        }
    }
    assert_int_equal(issues, 5);
    clerk_close(&clerk);
}

static void
statistics_of_others_do_not_exist(void **state)
{
    struct clerk clerk = clerk_open(*state, "committee_clerk", COMMITTEE_A);
    const char *slug;

    assert_null(month_of_place(&clerk, COMMITTEE_B, "2026-10", &slug));
    assert_string_equal(slug, "not-found");
    clerk_close(&clerk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_tables_close_from_month_to_month, office_clear),
        cmocka_unit_test_setup(steps_say_how_long_they_were_waited_for, office_clear),
        cmocka_unit_test_setup(statistics_of_others_do_not_exist, office_clear),
    };

    return cmocka_run_group_tests(tests, office_open, office_close);
}
