/* SPDX-License-Identifier: Apache-2.0 */
/* What is expected of a letter next, and until when. */
#include "support/cmocka_all.h"
#include "transfers/clocks/expectation.h"

#define MONDAY 20773 /* 2026-11-16 */
#define DAY_US INT64_C(86400000000)

static const struct workday_exception new_year = { MONDAY - 319, false }; /* 2026-01-01: the year is known */
static const struct workday_calendar calendar = { &new_year, 1 };

static struct expectation
expect(enum letter_state state, int days_later)
{
    struct letter letter = {
        .state = state, .state_since = MONDAY * DAY_US, .received_at = MONDAY * DAY_US, .valid_to = MONDAY + 10
    };

    return letter_expectation(&letter, MONDAY + days_later, &calendar);
}

static void
every_open_state_expects_a_step_that_its_table_knows(void **state)
{
    (void)state;
    for (int s = LETTER_NONE + 1; s < LETTER_STATE_END; s++) {
        enum letter_event event = letter_expected_event(LETTER_WITHIN, (enum letter_state)s);

        assert_int_equal(event == LETTER_EVENT_END, letter_is_terminal((enum letter_state)s));
        if (event != LETTER_EVENT_END) {
            assert_non_null(letter_step_of(LETTER_WITHIN, (enum letter_state)s, event));
            assert_non_null(letter_event_permission(event));
        }
    }
}

static void
what_is_expected_depends_on_the_kind_of_letter(void **state)
{
    (void)state;
    assert_int_equal(letter_expected_event(LETTER_CORRECTION, LETTER_UP_REVIEW), EVENT_APPROVE);
    assert_int_equal(letter_expected_event(LETTER_CORRECTION, LETTER_ISSUED), LETTER_EVENT_END);
    assert_int_equal(letter_expected_event(LETTER_OUTWARD, LETTER_UP_REVIEW), EVENT_ISSUE);
    assert_int_equal(letter_expected_event(LETTER_OUTWARD, LETTER_ISSUED), EVENT_RECORD_RECEIPT);
    assert_int_equal(letter_expected_event(LETTER_OUTWARD, LETTER_RECEIVED), LETTER_EVENT_END);
    assert_int_equal(letter_expected_event(LETTER_OUTWARD, LETTER_EXPIRED), EVENT_REISSUE);
}

static void
the_first_clock_says_the_day(void **state)
{
    struct expectation submitted = expect(LETTER_SUBMITTED, 8);

    (void)state;
    assert_int_equal(submitted.event, EVENT_AGREE);
    assert_int_equal(submitted.due_on, MONDAY + 7);
    assert_int_equal(submitted.waiting_days, 8);
    assert_true(submitted.overdue);
    assert_false(submitted.provisional);
    assert_false(expect(LETTER_SUBMITTED, 7).overdue);
    assert_int_equal(expect(LETTER_ISSUED, 0).due_on, MONDAY + 10);
    assert_int_equal(expect(LETTER_RECEIVED, 0).due_on, DATE_NONE);
}

static void
what_cannot_be_corrected_in_time_is_issued_anew(void **state)
{
    (void)state;
    assert_int_equal(expect(LETTER_REFUSED_IN, 10).event, EVENT_CORRECT);
    assert_int_equal(expect(LETTER_REFUSED_IN, 11).event, EVENT_REISSUE);
}

static void
nothing_is_expected_of_what_has_ended(void **state)
{
    (void)state;
    assert_int_equal(expect(LETTER_CLOSED, 99).event, LETTER_EVENT_END);
    assert_int_equal(expect(LETTER_CLOSED, 99).due_on, DATE_NONE);
    assert_int_equal(expect(LETTER_CLOSED, 99).waiting_days, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_open_state_expects_a_step_that_its_table_knows),
        cmocka_unit_test(what_is_expected_depends_on_the_kind_of_letter),
        cmocka_unit_test(the_first_clock_says_the_day),
        cmocka_unit_test(what_cannot_be_corrected_in_time_is_issued_anew),
        cmocka_unit_test(nothing_is_expected_of_what_has_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
