/* SPDX-License-Identifier: Apache-2.0 */
/* The civil calendar, held against a second one that counts days one by one. */
#include "support/cmocka_all.h"

#include "base/date.h"

static date_t
day(const char *text)
{
    date_t date = DATE_NONE;

    if (!date_parse(slice_of(text), &date))
        fail_msg("%s is no date", text);
    return date;
}

static int
days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static struct civil
day_after(struct civil civil)
{
    if (++civil.day > days_in(civil.year, civil.month)) {
        civil.day = 1;
        civil.month++;
    }
    if (civil.month > 12) {
        civil.month = 1;
        civil.year++;
    }
    return civil;
}

static void
test_every_day_from_1900_to_2100_goes_there_and_back(void **state)
{
    struct civil civil = { 1900, 1, 1 };
    date_t first = day("1900-01-01");

    (void)state;
    for (date_t date = first; civil.year <= 2100; date++, civil = day_after(civil)) {
        struct civil back = date_to_civil(date);
        char text[DATE_SIZE];
        date_t made = DATE_NONE;

        date_format(date, text);
        if (back.year != civil.year || back.month != civil.month || back.day != civil.day ||
            !date_from_civil(civil, &made) || made != date || day(text) != date)
            fail_msg("day %d is %s", date, text);
    }
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2000-03-01") - day("2000-02-28"), 2);
    assert_int_equal(day("9999-12-31") - day("0001-01-01"), 3652058);
}

static void
test_what_is_no_day_is_refused(void **state)
{
    static const char *const texts[] = {
        "",           "2026-1-1",   "2026-02-29", "1900-02-29",  "2026-13-01",  "2026-00-10",
        "2026-04-31", "2026-01-00", "2026/01/01", "20260101",    "2026-01-01 ", " 2026-01-01",
        "0000-01-01", "+026-01-01", "2026-01-0x", "２026-01-01", "2026-01-32",  "-001-01-01",
    };
    date_t date;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (date_parse(slice_of(texts[i]), &date))
            fail_msg("%s was taken", texts[i]);
    assert_false(date_from_civil((struct civil){ 10000, 1, 1 }, &date));
    assert_false(date_from_civil((struct civil){ 2026, -1, 1 }, &date));
    assert_true(date_from_civil((struct civil){ 2000, 2, 29 }, &date));
}

static void
test_age_is_full_years(void **state)
{
    static const struct {
        const char *birth;
        const char *today;
        int age;
    } rows[] = {
        { "2000-05-10", "2018-05-09", 17 }, { "2000-05-10", "2018-05-10", 18 }, { "2000-05-10", "2018-05-11", 18 },
        { "2000-02-29", "2018-02-28", 17 }, { "2000-02-29", "2018-03-01", 18 }, { "2000-02-29", "2020-02-29", 20 },
        { "1999-12-31", "2000-01-01", 0 },  { "1949-10-01", "2026-10-01", 77 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(date_age(day(rows[i].birth), day(rows[i].today)), rows[i].age);
}

static void
test_every_month_from_1900_to_2100_goes_there_and_back(void **state)
{
    month_t last = 0;

    (void)state;
    for (int year = 1900; year <= 2100; year++)
        for (int month = 1; month <= 12; month++) {
            date_t first = DATE_NONE;
            month_t of_text = 0;
            char text[MONTH_SIZE];

            assert_true(date_from_civil((struct civil){ year, month, 1 }, &first));
            month_format(month_of(first), text);
            assert_true(month_parse(slice_of(text), &of_text));
            assert_int_equal(of_text, month_of(first));
            assert_int_equal(month_of(first + days_in(year, month) - 1), of_text);
            assert_int_equal(month_first_day(of_text), first);
            assert_true((year == 1900 && month == 1) || of_text == last + 1);
            last = of_text;
        }
}

static void
test_what_is_no_month_is_refused(void **state)
{
    static const char *const texts[] = {
        "", "2026-00", "2026-13", "2026-1", "0000-01", "2026-011", "202601", "2026/01"
    };
    month_t month;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(month_parse(slice_of(texts[i]), &month));
}

static void
test_the_day_turns_at_midnight_in_shanghai(void **state)
{
    static const instant_t hour = 3600000000;
    instant_t midnight = (instant_t)day("2026-11-21") * 24 * hour - 8 * hour;
    char text[INSTANT_SIZE];

    (void)state;
    assert_int_equal(instant_date(midnight - 1), day("2026-11-20"));
    assert_int_equal(instant_date(midnight), day("2026-11-21"));
    instant_format(midnight - 1, text);
    assert_string_equal(text, "2026-11-20T23:59:59.999999+08:00");
    instant_format(midnight, text);
    assert_string_equal(text, "2026-11-21T00:00:00.000000+08:00");
    assert_int_equal(instant_date(-8 * hour), 0);
    assert_int_equal(instant_date(-8 * hour - 1), -1);
    instant_format(-8 * hour - 1, text); /* before the epoch the clock still runs forward */
    assert_string_equal(text, "1969-12-31T23:59:59.999999+08:00");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_from_1900_to_2100_goes_there_and_back),
        cmocka_unit_test(test_what_is_no_day_is_refused),
        cmocka_unit_test(test_age_is_full_years),
        cmocka_unit_test(test_every_month_from_1900_to_2100_goes_there_and_back),
        cmocka_unit_test(test_what_is_no_month_is_refused),
        cmocka_unit_test(test_the_day_turns_at_midnight_in_shanghai),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
