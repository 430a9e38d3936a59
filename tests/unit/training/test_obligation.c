/* SPDX-License-Identifier: Apache-2.0 */
/* Class hours of a year against what is required. */
#include "training/obligation.h"

#include "support/cmocka_all.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct obligation member = { .required = 320, .day_most = 80, .article = "第二十条" };

struct year {
    const char *what;
    struct hour_record record[4];
    size_t count;
    struct progress progress;
};

static const struct year years[] = {
    { "nothing yet", { { 0 } }, 0, { 0, 320 } },
    { "one event", { { 1, 40, 40 } }, 1, { 40, 280 } },
    { "tenths count", { { 1, 5, 10 }, { 2, 12, 12 } }, 2, { 17, 303 } },
    { "no more than planned", { { 1, 60, 40 } }, 1, { 40, 280 } },
    { "no less than recorded", { { 1, 20, 40 } }, 1, { 20, 300 } },
    { "a long day", { { 1, 100, 100 } }, 1, { 80, 240 } },
    { "two events of one long day", { { 1, 50, 50 }, { 1, 50, 50 } }, 2, { 80, 240 } },
    { "the same hours on two days", { { 1, 50, 50 }, { 2, 50, 50 } }, 2, { 100, 220 } },
    { "each event before the day", { { 1, 90, 40 }, { 1, 40, 90 } }, 2, { 80, 240 } },
    { "all done", { { 1, 80, 80 }, { 2, 80, 80 }, { 3, 80, 80 }, { 4, 80, 80 } }, 4, { 320, 0 } },
    { "below nothing is nothing", { { 1, -50, 40 } }, 1, { 0, 320 } },
};

static void
test_years_come_to_what_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(years); i++) {
        struct progress got = obligation_progress(&member, years[i].record, years[i].count);

        if (got.done != years[i].progress.done || got.left != years[i].progress.left)
            fail_msg("%s: %lld done, %lld left", years[i].what, (long long)got.done, (long long)got.left);
    }
}

static void
test_more_than_required_leaves_nothing(void **state)
{
    const struct obligation day = { .required = 50, .day_most = 80, .article = "" };
    struct progress got = obligation_progress(&day, &(struct hour_record){ 1, 70, 70 }, 1);

    (void)state;
    assert_int_equal(got.done, 70);
    assert_int_equal(got.left, 0);
}

static void
test_without_a_rule_nothing_is_required_and_all_counts(void **state)
{
    const struct obligation none = { .article = "" };
    struct progress got = obligation_progress(&none, &(struct hour_record){ 1, 100, 100 }, 1);

    (void)state;
    assert_int_equal(got.done, 100);
    assert_int_equal(got.left, 0);
}

static void
test_years_have_a_first_and_a_last_day(void **state)
{
    char text[DATE_SIZE];
    date_t first;
    date_t last;

    (void)state;
    assert_true(training_year(2028, &first, &last));
    date_format(first, text);
    assert_string_equal(text, "2028-01-01");
    date_format(last, text);
    assert_string_equal(text, "2028-12-31");
    assert_false(training_year(0, &first, &last));
    assert_false(training_year(10000, &first, &last));
    assert_false(training_year(INT64_MAX, &first, &last));
}

static void
test_kinds_have_codes(void **state)
{
    (void)state;
    assert_string_equal(trainee_kind_code(TRAINEE_MEMBER), "member");
    assert_string_equal(trainee_kind_code(TRAINEE_COMMITTEE_MEMBER), "committee_member");
    assert_string_equal(trainee_kind_code(TRAINEE_SECRETARY), "secretary");
}

static void
test_a_duty_counts_by_its_days(void **state)
{
    const struct duty_share half = { 184, 560 };
    const struct duty_share two[] = { { 100, 560 }, { 265, 320 } };

    (void)state;
    assert_int_equal(obligation_blend(&half, 1, 320, 365), 441); /* 181 days of 320, 184 of 560: 440.98 */
    assert_int_equal(obligation_blend(NULL, 0, 320, 366), 320);
    assert_int_equal(obligation_blend(&(struct duty_share){ 366, 560 }, 1, 320, 366), 560);
    assert_int_equal(obligation_blend(two, 2, 0, 365), 386);
    assert_int_equal(trainee_kind_parse("secretary"), TRAINEE_SECRETARY);
    assert_int_equal(trainee_kind_parse(NULL), TRAINEE_MEMBER);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_duty_counts_by_its_days),
        cmocka_unit_test(test_years_come_to_what_counts),
        cmocka_unit_test(test_more_than_required_leaves_nothing),
        cmocka_unit_test(test_without_a_rule_nothing_is_required_and_all_counts),
        cmocka_unit_test(test_years_have_a_first_and_a_last_day),
        cmocka_unit_test(test_kinds_have_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
