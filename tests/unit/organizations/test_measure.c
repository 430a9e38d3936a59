/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of the two coverages: parts are parts of their bases, and what excludes each other adds up. */
#include "organizations/coverage/measure.h"
#include "support/cmocka_all.h"

#define ALL_UNIT_MARKS 2047

static void
counts_of(int marks, int64_t *counts)
{
    for (int i = 0; i <= UNIT_MEASURES; i++)
        counts[i] = 0;
    measure_count(unit_measures, UNIT_MEASURES, marks, 1, counts);
}

static void
a_rate_counts_a_part_of_its_base(void **state)
{
    int64_t counts[UNIT_MEASURES + 1];

    (void)state;
    for (int marks = 0; marks <= ALL_UNIT_MARKS; marks++) {
        counts_of(marks, counts);
        for (int i = 1; i <= UNIT_MEASURES; i++)
            if (unit_measures[i].base)
                assert_true(counts[i] <= counts[unit_measures[i].base]);
    }
}

static void
every_operating_unit_is_covered_in_one_way_or_blank(void **state)
{
    int64_t counts[UNIT_MEASURES + 1];

    (void)state;
    for (int marks = 0; marks <= ALL_UNIT_MARKS; marks++) {
        if ((marks & UNIT_IS_SINGLE) && (marks & UNIT_IS_JOINT))
            continue;
        if ((marks & (UNIT_IS_SINGLE | UNIT_IS_JOINT)) && !(marks & UNIT_IS_COVERED))
            continue;
        counts_of(marks, counts);
        assert_int_equal(counts[4] + counts[5] + counts[6], counts[3]);
        assert_int_equal(counts[3] + counts[7], counts[2]);
        assert_int_equal(counts[8] + counts[9], counts[3]);
        assert_int_equal(counts[10] + counts[13], counts[2]);
        assert_int_equal(counts[15] + counts[16], counts[14]);
    }
}

static void
rates_are_rounded_half_up_and_nothing_has_none(void **state)
{
    (void)state;
    assert_int_equal(measure_rate(784, 784), 10000);
    assert_int_equal(measure_rate(228, 784), 2908);
    assert_int_equal(measure_rate(594, 26), 228462);
    assert_int_equal(measure_rate(1, 3), 3333);
    assert_int_equal(measure_rate(2, 3), 6667);
    assert_int_equal(measure_rate(1, 20000), 1);
    assert_int_equal(measure_rate(0, 5), 0);
    assert_int_equal(measure_rate(0, 0), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_counts_a_part_of_its_base),
        cmocka_unit_test(every_operating_unit_is_covered_in_one_way_or_blank),
        cmocka_unit_test(rates_are_rounded_half_up_and_nothing_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
