/* SPDX-License-Identifier: Apache-2.0 */
/* Working days around the holidays of 2026, and the clocks that count them. */
#include "support/cmocka_all.h"
#include "transfers/clocks/letter_clock.h"

static struct workday_exception exceptions[64];
static struct workday_calendar calendar = { exceptions, 0 };

static date_t
day(const char *text)
{
    date_t date;

    assert_true(date_parse(slice_of(text), &date));
    return date;
}

static void
except(const char *first, int count, bool works)
{
    for (int i = 0; i < count; i++)
        exceptions[calendar.count++] = (struct workday_exception){ day(first) + i, works };
}

/* 春节 and 国庆节 of 2026 with the weekend days worked for them; 2027 is unknown. */
static int
set_up(void **state)
{
    (void)state;
    calendar.count = 0;
    except("2026-02-14", 1, true);
    except("2026-02-15", 9, false);
    except("2026-02-28", 1, true);
    except("2026-09-20", 1, true);
    except("2026-10-01", 7, false);
    except("2026-10-10", 1, true);
    return 0;
}

static void
check_after(const char *from, int count, const char *to, bool provisional)
{
    bool guessed = false;
    char text[DATE_SIZE];

    date_format(workday_after(&calendar, day(from), count, &guessed), text);
    assert_string_equal(text, to);
    assert_int_equal(guessed, provisional);
}

static void
weekends_rest_and_holidays_too(void **state)
{
    (void)state;
    assert_true(workday_is(&calendar, day("2026-11-20")));  /* Friday */
    assert_false(workday_is(&calendar, day("2026-11-21"))); /* Saturday */
    assert_false(workday_is(&calendar, day("2026-10-01"))); /* Thursday, 国庆节 */
    assert_true(workday_is(&calendar, day("2026-10-10")));  /* Saturday worked */
    assert_true(workday_is(&calendar, day("2026-02-28")));
    assert_true(workday_is(&calendar, day("1969-12-31"))); /* Wednesday */
}

static void
five_working_days_pass_over_what_rests(void **state)
{
    (void)state;
    check_after("2026-11-16", 5, "2026-11-23", false);
    check_after("2026-09-29", 5, "2026-10-12", false);
}

static void
a_year_without_a_table_is_provisional(void **state)
{
    (void)state;
    check_after("2026-12-28", 3, "2026-12-31", false);
    check_after("2026-12-28", 5, "2027-01-04", true);
    check_after("2024-12-02", 1, "2024-12-03", true);
}

static const struct letter_clock *
clock_named(const char *name)
{
    for (size_t i = 0; i < letter_clocks_count; i++)
        if (strcmp(letter_clocks[i].name, name) == 0)
            return &letter_clocks[i];
    fail_msg("no clock %s", name);
    return NULL;
}

static void
a_month_ends_on_the_same_day_or_its_last(void **state)
{
    bool provisional = false;

    (void)state;
    assert_int_equal(letter_clock_due(clock_named("reported_receipt"), day("2026-01-31"), &calendar, &provisional),
                     day("2026-02-28"));
    assert_int_equal(letter_clock_due(clock_named("reported_receipt"), day("2026-11-21"), &calendar, &provisional),
                     day("2026-12-21"));
    assert_false(provisional);
}

/* For every clock and every day of a year: who began by then is over, who began a day later is not. */
static void
what_is_over_is_what_was_due_before_today(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_clocks_count; i++)
        for (date_t today = day("2026-01-01"); today < day("2027-01-01"); today++) {
            date_t by = letter_clock_begun_by(&letter_clocks[i], today, &calendar);
            bool provisional;

            assert_true(letter_clock_due(&letter_clocks[i], by, &calendar, &provisional) < today);
            assert_true(letter_clock_due(&letter_clocks[i], by + 1, &calendar, &provisional) >= today);
        }
}

static void
every_clock_has_its_row_in_the_letters_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < letter_clocks_count; i++) {
        const struct letter_step *step = letter_step_of(LETTER_WITHIN, letter_clocks[i].state, letter_clocks[i].event);

        assert_non_null(step);
        assert_int_equal(step->actors, ACTOR_SYSTEM);
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(letter_clocks[i].name, letter_clocks[other].name);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekends_rest_and_holidays_too),
        cmocka_unit_test(five_working_days_pass_over_what_rests),
        cmocka_unit_test(a_year_without_a_table_is_provisional),
        cmocka_unit_test(a_month_ends_on_the_same_day_or_its_last),
        cmocka_unit_test(what_is_over_is_what_was_due_before_today),
        cmocka_unit_test(every_clock_has_its_row_in_the_letters_table),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
