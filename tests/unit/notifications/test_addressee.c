/* SPDX-License-Identifier: Apache-2.0 */
/* Who is told of a step. */
#include "notifications/addressee.h"
#include "support/cmocka_all.h"

static void
test_the_receiving_side_knows_nothing_before_the_issue(void **state)
{
    (void)state;
    assert_int_equal(addressee_viewers(MESSAGE_LETTER, false), PARTY_FROM_BRANCH | PARTY_FROM_COMMITTEE);
    assert_true(addressee_viewers(MESSAGE_LETTER, true) & PARTY_TO_COMMITTEE);
    assert_int_equal(addressee_informed("void", "voided", false), PARTY_FROM_BRANCH);
    assert_int_equal(addressee_informed("void", "voided", true), PARTY_FROM_BRANCH | PARTY_TO_COMMITTEE);
}

static void
test_both_branches_hear_how_a_move_ended(void **state)
{
    (void)state;
    assert_int_equal(addressee_kind("moved"), MESSAGE_MOVE);
    assert_int_equal(addressee_informed("confirm_move", "moved", false), PARTY_FROM_BRANCH | PARTY_TO_BRANCH);
    assert_int_equal(addressee_informed("refuse_move", "refused", false), PARTY_FROM_BRANCH);
    assert_int_equal(addressee_informed("ask_move", "asked", false), 0);
}

static void
test_ordinary_steps_tell_nobody_more(void **state)
{
    static const char *const states[] = { "submitted", "agreed", "issued", "received", "reported", "closed" };

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        assert_int_equal(addressee_informed("", states[i], true), 0);
        assert_int_equal(addressee_kind(states[i]), MESSAGE_LETTER);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_receiving_side_knows_nothing_before_the_issue),
        cmocka_unit_test(test_both_branches_hear_how_a_move_ended),
        cmocka_unit_test(test_ordinary_steps_tell_nobody_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
