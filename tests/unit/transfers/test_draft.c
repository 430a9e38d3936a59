/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts on a new letter. */
#include "support/cmocka_all.h"
#include "transfers/letters/draft.h"

static const struct draft_facts good = {
    .active = true,
    .branch = { { 1 } },
    .sender = { { 2 } },
    .receiver = { { 3 } },
    .receiver_may_issue = true,
};

static enum draft_verdict
judge(struct draft_facts facts)
{
    return draft_may(&facts);
}

static void
an_active_member_may_leave_for_another_committee(void **state)
{
    (void)state;
    assert_int_equal(draft_may(&good), DRAFT_MAY);
}

static void
each_fact_in_the_way_is_named(void **state)
{
    struct draft_facts f;

    (void)state;
    f = good;
    f.active = false;
    assert_int_equal(judge(f), DRAFT_MEMBER_NOT_ACTIVE);
    f = good;
    f.has_open_letter = true;
    assert_int_equal(judge(f), DRAFT_LETTER_OPEN);
    f = good;
    f.sender = (struct id){ { 0 } };
    assert_int_equal(judge(f), DRAFT_SENDER_WITHOUT_POWER);
    f = good;
    f.receiver = (struct id){ { 0 } };
    assert_int_equal(judge(f), DRAFT_NO_RECEIVER);
    f = good;
    f.receiver_may_issue = false;
    assert_int_equal(judge(f), DRAFT_RECEIVER_WITHOUT_POWER);
    f = good;
    f.receiver = f.sender;
    assert_int_equal(judge(f), DRAFT_SAME_COMMITTEE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_active_member_may_leave_for_another_committee),
        cmocka_unit_test(each_fact_in_the_way_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
