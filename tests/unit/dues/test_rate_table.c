/* SPDX-License-Identifier: Apache-2.0 */
/* Every worked amount of the dues rules, and what the tables must never do. The numbers of the rules stand here a
 * second time, so that a slip of the pen in either place shows. */
#include "dues/rate_table.h"

#include "support/cmocka_all.h"

#define COUNT(array)    (sizeof(array) / sizeof *(array))
#define YUAN(yuan, fen) ((fen_t)(yuan)*100 + (fen))

/* 中组发〔2008〕3号 articles 1 to 4; ceiling of 组电明字〔2017〕5号 */
static const struct rate_table wage = {
    .n_bands = 4,
    .band = { { 0, 50 }, { YUAN(3000, 1), 100 }, { YUAN(5000, 1), 150 }, { YUAN(10000, 1), 200 } },
    .unit = 1,
    .ceiling = YUAN(1000, 0),
};
/* article 5 */
static const struct rate_table retired = {
    .n_bands = 2,
    .band = { { 0, 50 }, { YUAN(5000, 1), 100 } },
    .unit = 1,
    .ceiling = YUAN(1000, 0),
};
/* article 6 */
static const struct rate_table fixed = { .unit = 1, .least = 20, .most = 20 };
static const struct rate_table farmer = { .unit = 1, .least = 20, .most = 100 };

/* One month at this base. */
static fen_t
due(const struct rate_table *table, fen_t base)
{
    struct rate_answer answer;

    assert_int_equal(rate_monthly(table, base, &answer), RATE_ASSESSED);
    return answer.due;
}

struct vector {
    const char *id;
    const struct rate_table *table;
    fen_t base;
    fen_t computed;
    fen_t due;
};

static const struct vector bands[] = {
    { "V02", &wage, YUAN(1, 0), YUAN(0, 1), YUAN(0, 1) },
    { "V03", &wage, YUAN(1000, 0), YUAN(5, 0), YUAN(5, 0) },
    { "V04", &wage, YUAN(1001, 0), YUAN(5, 1), YUAN(5, 1) },
    { "V05", &wage, YUAN(2999, 99), YUAN(15, 0), YUAN(15, 0) },
    { "V06", &wage, YUAN(3000, 0), YUAN(15, 0), YUAN(15, 0) },
    { "V07", &wage, YUAN(3000, 1), YUAN(30, 0), YUAN(30, 0) },
    { "V08", &wage, YUAN(3001, 0), YUAN(30, 1), YUAN(30, 1) },
    { "V09", &wage, YUAN(4250, 50), YUAN(42, 51), YUAN(42, 51) },
    { "V10", &wage, YUAN(4999, 99), YUAN(50, 0), YUAN(50, 0) },
    { "V11", &wage, YUAN(5000, 0), YUAN(50, 0), YUAN(50, 0) },
    { "V12", &wage, YUAN(5000, 1), YUAN(75, 0), YUAN(75, 0) },
    { "V13", &wage, YUAN(5001, 0), YUAN(75, 2), YUAN(75, 2) },
    { "V14", &wage, YUAN(5003, 0), YUAN(75, 5), YUAN(75, 5) },
    { "V15", &wage, YUAN(6789, 0), YUAN(101, 84), YUAN(101, 84) },
    { "V16", &wage, YUAN(8000, 0), YUAN(120, 0), YUAN(120, 0) },
    { "V17", &wage, YUAN(9999, 99), YUAN(150, 0), YUAN(150, 0) },
    { "V18", &wage, YUAN(10000, 0), YUAN(150, 0), YUAN(150, 0) },
    { "V19", &wage, YUAN(10000, 1), YUAN(200, 0), YUAN(200, 0) },
    { "V20", &wage, YUAN(12345, 67), YUAN(246, 91), YUAN(246, 91) },
    { "V21", &wage, YUAN(20000, 0), YUAN(400, 0), YUAN(400, 0) },
    { "V22", &wage, YUAN(49999, 99), YUAN(1000, 0), YUAN(1000, 0) },
    { "V23", &wage, YUAN(50000, 0), YUAN(1000, 0), YUAN(1000, 0) },
    { "V24", &wage, YUAN(50000, 1), YUAN(1000, 0), YUAN(1000, 0) },
    { "V25", &wage, YUAN(50001, 0), YUAN(1000, 2), YUAN(1000, 0) },
    { "V26", &wage, YUAN(80000, 0), YUAN(1600, 0), YUAN(1000, 0) },
    { "V27", &retired, YUAN(1800, 0), YUAN(9, 0), YUAN(9, 0) },
    { "V28", &retired, YUAN(3000, 0), YUAN(15, 0), YUAN(15, 0) },
    { "V29", &retired, YUAN(3000, 1), YUAN(15, 0), YUAN(15, 0) },
    { "V30", &retired, YUAN(4999, 99), YUAN(25, 0), YUAN(25, 0) },
    { "V31", &retired, YUAN(5000, 0), YUAN(25, 0), YUAN(25, 0) },
    { "V32", &retired, YUAN(5000, 1), YUAN(50, 0), YUAN(50, 0) },
    { "V33", &retired, YUAN(5001, 0), YUAN(50, 1), YUAN(50, 1) },
    { "V34", &retired, YUAN(10000, 0), YUAN(100, 0), YUAN(100, 0) },
    { "V35", &retired, YUAN(10000, 1), YUAN(100, 0), YUAN(100, 0) },
    { "V36", &retired, YUAN(12000, 50), YUAN(120, 1), YUAN(120, 1) },
    { "F01", &fixed, 0, 20, 20 },            /* student */
    { "F02", &fixed, 0, 20, 20 },            /* laid off */
    { "F03", &fixed, 0, 20, 20 },            /* relief */
    { "F04", &fixed, 0, 20, 20 },            /* 低保 */
    { "B10", &fixed, YUAN(900, 0), 20, 20 }, /* a stipend does not count */
};

static void
test_bands_charge_the_whole_base_and_round_half_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bands); i++) {
        struct rate_answer answer;

        if (rate_monthly(bands[i].table, bands[i].base, &answer) != RATE_ASSESSED ||
            answer.computed != bands[i].computed || answer.due != bands[i].due)
            fail_msg("%s: %lld, %lld", bands[i].id, (long long)answer.computed, (long long)answer.due);
    }
}

/* Months of one amount after another: a base, how many months, which share of the dues (hardship), what it comes to. */
struct period {
    const struct rate_table *table;
    fen_t base;
    int months;
    int32_t share; /* basis points; 10000: in full */
};

static const struct {
    const char *id;
    struct period period[3];
    fen_t sum;
} timing[] = {
    { "B01", { { &wage, YUAN(6900, 0) - YUAN(1245, 0) - YUAN(21, 15), 1, 10000 } }, YUAN(84, 51) },
    { "B03", { { &wage, YUAN(5600, 0) + YUAN(2000, 0) - YUAN(1600, 0), 1, 10000 } }, YUAN(90, 0) },
    { "B04 A", { { &wage, YUAN(30000, 0), 1, 10000 } }, YUAN(600, 0) },
    { "B04 B", { { &wage, YUAN(8000, 0), 1, 10000 } }, YUAN(120, 0) },
    { "B05", { { &wage, YUAN(13800, 0) / 3, 1, 10000 } }, YUAN(46, 0) },
    { "B06", { { &wage, YUAN(9000, 0) / 3, 1, 10000 } }, YUAN(15, 0) },
    { "B07", { { &wage, YUAN(9000, 3) / 3, 1, 10000 } }, YUAN(30, 0) },
    { "B09", { { &retired, YUAN(4800, 0), 1, 10000 } }, YUAN(24, 0) },
    { "B09a", { { &retired, YUAN(4600, 0), 1, 10000 } }, YUAN(23, 0) },
    { "B09a as of 2008", { { &retired, YUAN(4600, 0) + YUAN(1500, 0), 1, 10000 } }, YUAN(61, 0) },
    { "B11", { { &wage, YUAN(5200, 0), 3, 10000 } }, YUAN(234, 0) },
    { "B12", { { &wage, YUAN(5200, 0), 1, 10000 } }, YUAN(78, 0) },
    { "B13, B16", { { &wage, YUAN(5200, 0), 1, 10000 } }, YUAN(78, 0) },
    { "B14", { { &wage, YUAN(5200, 0), 2, 10000 } }, YUAN(156, 0) },
    { "B15", { { &wage, YUAN(5200, 0), 0, 10000 } }, 0 },
    { "B17", { { &wage, YUAN(4800, 0), 12, 10000 } }, YUAN(576, 0) },
    { "B18", { { &wage, YUAN(4800, 0), 4, 10000 }, { &wage, YUAN(5200, 0), 8, 10000 } }, YUAN(816, 0) },
    { "B19", { { &wage, YUAN(2400, 0), 1, 10000 }, { &wage, YUAN(2400, 0), 11, 5000 } }, YUAN(78, 0) },
    { "B20", { { &wage, YUAN(2400, 0), 5, 10000 }, { &wage, YUAN(2400, 0), 7, 0 } }, YUAN(60, 0) },
    { "B21", { { &wage, YUAN(3600, 0), 3, 10000 } }, YUAN(108, 0) },
    { "B22", { { &wage, YUAN(4000, 0), 5, 10000 } }, YUAN(200, 0) },
    { "B23", { { &wage, YUAN(4000, 0), 6, 10000 } }, YUAN(240, 0) },
    { "B25 without the extra", { { &wage, YUAN(8000, 0), 1, 10000 } }, YUAN(620, 0) - YUAN(500, 0) },
    { "B27 without the extra", { { &wage, YUAN(8000, 0), 1, 10000 } }, YUAN(120, 0) },
    { "B29 without the extra", { { &wage, YUAN(80000, 0), 1, 10000 } }, YUAN(1600, 0) - YUAN(600, 0) },
    { "F05 to F07 a year", { { &fixed, 0, 12, 10000 } }, YUAN(2, 40) },
};

static fen_t
sum_of(const struct period *period)
{
    fen_t monthly = due(period->table, period->base);
    fen_t part;

    assert_true(money_basis_points(monthly, period->share, &part));
    return part * period->months;
}

static void
test_months_come_to_the_worked_sums(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(timing); i++) {
        fen_t sum = 0;

        for (size_t k = 0; k < COUNT(timing[i].period) && timing[i].period[k].table; k++)
            sum += sum_of(&timing[i].period[k]);
        if (sum != timing[i].sum)
            fail_msg("%s: %lld", timing[i].id, (long long)sum);
    }
}

static void
test_shares_of_collected_dues_round_half_up(void **state)
{
    static const int32_t chain[] = { 4000, 3000, 2500, 500 }; /* B31 */
    fen_t share;
    fen_t sum = 0;

    (void)state;
    assert_true(money_basis_points(YUAN(12345678, 90), 500, &share)); /* B30 */
    assert_int_equal(share, YUAN(617283, 95));
    for (size_t i = 0; i < COUNT(chain); i++) {
        assert_true(money_basis_points(YUAN(10000, 0), chain[i], &share));
        sum += share;
    }
    assert_int_equal(sum, YUAN(10000, 0));
}

static void
test_no_earnings_is_a_decision_and_never_zero(void **state)
{
    static const fen_t none[] = { 0, -1, -YUAN(500, 0), INT64_MIN }; /* V01, B08 */
    struct rate_answer answer;

    (void)state;
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_int_equal(rate_monthly(&wage, none[i], &answer), RATE_NEEDS_DECISION);
        assert_int_equal(rate_monthly(&retired, none[i], &answer), RATE_NEEDS_DECISION);
        assert_int_equal(answer.due, 0);
    }
}

static void
test_a_farmer_declares_between_two_bounds(void **state)
{
    struct rate_answer answer;

    (void)state;
    assert_int_equal(rate_monthly(&farmer, YUAN(2000, 0), &answer), RATE_NEEDS_DECLARATION);
    assert_true(rate_may_declare(&farmer, 20));   /* F05 */
    assert_true(rate_may_declare(&farmer, 50));   /* F06 */
    assert_true(rate_may_declare(&farmer, 100));  /* F07 */
    assert_false(rate_may_declare(&farmer, 10));  /* F08 */
    assert_false(rate_may_declare(&farmer, 101)); /* F09 */
    assert_false(rate_may_declare(&wage, 20));
}

static void
test_dues_never_fall_as_the_base_grows(void **state)
{
    fen_t before = 0;

    (void)state;
    for (fen_t base = 1; base < YUAN(12000, 0); base += 7) {
        assert_true(due(&wage, base) >= before);
        before = due(&wage, base);
    }
}

static void
test_rounding_to_a_larger_unit_happens_once(void **state)
{
    struct rate_table jiao = wage;
    struct rate_table yuan = wage;

    (void)state;
    jiao.unit = 10;
    yuan.unit = 100;
    assert_int_equal(due(&jiao, YUAN(4244, 99)),
                     YUAN(42, 40)); /* 42.4499: by fen first it would be 42.45, then 42.50 */
    assert_int_equal(due(&jiao, YUAN(4245, 0)), YUAN(42, 50));
    assert_int_equal(due(&yuan, YUAN(4249, 0)), YUAN(42, 0));
    assert_int_equal(due(&yuan, YUAN(4250, 0)), YUAN(43, 0));
}

static void
test_a_base_beyond_integers_is_not_covered(void **state)
{
    struct rate_answer answer;

    (void)state;
    assert_int_equal(rate_monthly(&wage, INT64_MAX, &answer), RATE_UNCOVERED);
    assert_int_equal(rate_monthly(&wage, INT64_MAX / 200, &answer), RATE_UNCOVERED);
}

static void
test_unsound_tables_are_not_used(void **state)
{
    static const struct rate_table bad[] = {
        { 0 },                                                             /* nothing known */
        { .n_bands = 1, .band = { { 1, 50 } }, .unit = 1 },                /* does not begin at 0 */
        { .n_bands = 2, .band = { { 0, 50 }, { 0, 100 } }, .unit = 1 },    /* does not ascend */
        { .n_bands = 1, .band = { { 0, -1 } }, .unit = 1 },                /* a rate below nothing */
        { .n_bands = 1, .band = { { 0, 10001 } }, .unit = 1 },             /* more than all */
        { .n_bands = RATE_BANDS + 1, .band = { { 0, 50 } }, .unit = 1 },   /* more bands than there is room */
        { .n_bands = 1, .band = { { 0, 50 } }, .unit = 3 },                /* no unit of money */
        { .n_bands = 1, .band = { { 0, 50 } }, .unit = 1, .ceiling = -1 }, /* a ceiling below the floor */
        { .unit = 1, .least = 100, .most = 20 },                           /* the wrong way round */
    };
    struct rate_answer answer;

    (void)state;
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_false(rate_table_is_sound(&bad[i]));
        assert_int_equal(rate_monthly(&bad[i], YUAN(5000, 0), &answer), RATE_UNCOVERED);
        assert_false(rate_may_declare(&bad[i], 20));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bands_charge_the_whole_base_and_round_half_up),
        cmocka_unit_test(test_months_come_to_the_worked_sums),
        cmocka_unit_test(test_shares_of_collected_dues_round_half_up),
        cmocka_unit_test(test_no_earnings_is_a_decision_and_never_zero),
        cmocka_unit_test(test_a_farmer_declares_between_two_bounds),
        cmocka_unit_test(test_dues_never_fall_as_the_base_grows),
        cmocka_unit_test(test_rounding_to_a_larger_unit_happens_once),
        cmocka_unit_test(test_a_base_beyond_integers_is_not_covered),
        cmocka_unit_test(test_unsound_tables_are_not_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
