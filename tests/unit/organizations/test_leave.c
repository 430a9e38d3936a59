/* SPDX-License-Identifier: Apache-2.0 */
/* Who may be recorded as having left. */
#include "organizations/members/leave.h"
#include "organizations/words.h"
#include "support/cmocka_all.h"

#define TODAY  20000
#define JOINED 10000

static void
verdicts(void **state)
{
    static const struct {
        struct leave_facts facts;
        enum member_status becomes;
        date_t on;
        enum leave_verdict verdict;
    } rows[] = {
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_REMOVED, TODAY, LEAVE_MAY },
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_REMOVED, JOINED, LEAVE_MAY },
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_REMOVED, TODAY + 1, LEAVE_BAD_DAY },
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_REMOVED, JOINED - 1, LEAVE_BAD_DAY },
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_ACTIVE, TODAY, LEAVE_NO_WAY },
        { { MEMBER_ACTIVE, JOINED, false }, MEMBER_MOVED_OUT, TODAY, LEAVE_NO_WAY },
        { { MEMBER_DECEASED, JOINED, false }, MEMBER_REMOVED, TODAY, LEAVE_GONE },
        { { MEMBER_ACTIVE, JOINED, true }, MEMBER_SUSPENDED, TODAY, LEAVE_LETTER_OPEN },
        { { MEMBER_ACTIVE, JOINED, true }, MEMBER_DECEASED, TODAY, LEAVE_MAY },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (leave_judge(&rows[i].facts, rows[i].becomes, rows[i].on, TODAY) != rows[i].verdict)
            fail_msg("row %zu", i);
}

static void
the_words_have_the_order_of_the_enum(void **state)
{
    (void)state;
    assert_int_equal(word_of_code(member_statuses, "active"), MEMBER_ACTIVE);
    assert_int_equal(word_of_code(member_statuses, "suspended"), MEMBER_SUSPENDED);
    assert_int_equal(word_of_code(member_statuses, "moved_out"), MEMBER_MOVED_OUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(the_words_have_the_order_of_the_enum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
