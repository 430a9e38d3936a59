/* SPDX-License-Identifier: Apache-2.0 */
/* What a password must be, and how the wait after refusals grows. */
#include <stdio.h>

#include "organizations/sessions/lockout.h"
#include "organizations/sessions/password_rule.h"
#include "support/cmocka_all.h"

#define SECOND ((instant_t)1000000)

static void
a_password_is_long_and_no_first_guess(void **state)
{
    static const struct {
        const char *password;
        const char *fault; /* NULL: good */
    } rows[] = {
        { "青山绿水一座桥又一座桥", NULL },
        { "correct horse battery", NULL },
        { "x7-Kd.92mQ", NULL },
        { "x7-Kd.92m", "short" },
        { "青山绿水", "short" },
        { "aaaaaaaaaaaaaa", "repeats" },
        { "1212121212121212", "repeats" },
        { "12345678901234", "run" },
        { "zyxwvutsrqpo", "run" },
        { "Password2026", "common" },
        { "!!qwertyuiop", "common" },
        { "Town_Clerk12", "name" },
        { "P@ssw0rd!!!!", "common" },
        { "1q2w3e4r5t6y", "common" },
        { "Dangjian@1921", "common" },
        { "Nantong20260701", "common" },
        { "0okm9ijn8uhb", NULL },
        { "不忘初心牢记使命2026", "common" },
        { "qwer1234asdf", "common" },
        { "huoche-kai-wang-beijing", NULL },
        { "tuolaji 7 hao jing", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fault = password_fault(slice_of(rows[i].password), slice_of("town_clerk"));

        if (rows[i].fault ? !fault || strcmp(fault, rows[i].fault) != 0 : fault != NULL)
            fail_msg("%s: %s", rows[i].password, fault ? fault : "good");
    }
}

/* What a list of ten thousand would hold is made here: words, a year or a walk behind them, signs between. */
static void
what_is_tried_first_is_refused_by_rule(void **state)
{
    static const char *const words[] = { "admin",    "Password", "dangyuan", "shuji",    "Suzhou",  "woaini",
                                         "zhongguo", "qwerty",   "liangxin", "P@ssw0rd", "Zuzhibu", "jiangsu" };
    static const char *const joints[] = { "", "_", "@", "123", "#1" };
    static const char *const walks[] = { "1234567890", "qwertyuiop", "0987654321", "1qaz2wsx3edc", "zxcvbnm,./" };
    char text[64];

    (void)state;
    for (size_t word = 0; word < sizeof words / sizeof *words; word++)
        for (size_t joint = 0; joint < sizeof joints / sizeof *joints; joint++) {
            for (int year = 1950; year < 2050; year++) {
                snprintf(text, sizeof text, "%s%s%d", words[word], joints[joint], year);
                if (!password_fault(slice_of(text), slice_of("town_clerk")))
                    fail_msg("%s is taken for good", text);
            }
            for (size_t walk = 0; walk < sizeof walks / sizeof *walks; walk++) {
                snprintf(text, sizeof text, "%s%s%s", words[word], joints[joint], walks[walk]);
                if (!password_fault(slice_of(text), slice_of("town_clerk")))
                    fail_msg("%s is taken for good", text);
            }
        }
}

static void
the_wait_grows_to_a_quarter_of_an_hour(void **state)
{
    (void)state;
    assert_int_equal(lockout_wait(0), 0);
    assert_int_equal(lockout_wait(4), 0);
    assert_int_equal(lockout_wait(5), 30 * SECOND);
    assert_int_equal(lockout_wait(6), 60 * SECOND);
    assert_int_equal(lockout_wait(9), 480 * SECOND);
    assert_int_equal(lockout_wait(10), 900 * SECOND);
    assert_int_equal(lockout_wait(2147483647), 900 * SECOND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_password_is_long_and_no_first_guess),
        cmocka_unit_test(what_is_tried_first_is_refused_by_rule),
        cmocka_unit_test(the_wait_grows_to_a_quarter_of_an_hour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
