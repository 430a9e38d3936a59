/* SPDX-License-Identifier: Apache-2.0 */
/* What a password must be, and how the wait after refusals grows. */
#include "organizations/accounts/lockout.h"
#include "organizations/accounts/password_rule.h"
#include "support/cmocka_all.h"

#define SECOND ((instant_t)1000000)

static void
a_password_is_long_and_no_first_guess(void **state)
{
    static const struct {
        const char *password;
        const char *fault; /* NULL: good */
    } rows[] = {
        { "青山绿水一座桥又一座桥", NULL }, { "correct horse battery", NULL }, { "x7-Kd.92mQ", NULL },
        { "x7-Kd.92m", "short" },           { "青山绿水", "short" },           { "aaaaaaaaaaaaaa", "repeats" },
        { "1212121212121212", "repeats" },  { "12345678901234", "run" },       { "zyxwvutsrqpo", "run" },
        { "Password2026", "common" },       { "!!qwertyuiop", "common" },      { "Town_Clerk12", "name" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *fault = password_fault(slice_of(rows[i].password), slice_of("town_clerk"));

        if (rows[i].fault ? !fault || strcmp(fault, rows[i].fault) != 0 : fault != NULL)
            fail_msg("%s: %s", rows[i].password, fault ? fault : "good");
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
        cmocka_unit_test(the_wait_grows_to_a_quarter_of_an_hour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
