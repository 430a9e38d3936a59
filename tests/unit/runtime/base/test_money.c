/* SPDX-License-Identifier: Apache-2.0 */
/* Money in fen: reading, writing, adding, taking a part. */
#include "support/cmocka_all.h"

#include "base/money.h"

static void
test_ledger_amounts_are_read_to_the_fen(void **state)
{
    static const struct {
        const char *text;
        fen_t fen;
    } rows[] = {
        { "0", 0 },         { "0.00", 0 },         { "0.01", 1 },
        { "0.1", 10 },      { "5048.68", 504868 }, { "5048.7", 504870 },
        { "5048", 504800 }, { "007", 700 },        { "9999999999999.99", 999999999999999 },
    };
    fen_t fen;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(money_parse_yuan(slice_of(rows[i].text), &fen));
        assert_int_equal(fen, rows[i].fen);
    }
}

static void
test_anything_else_is_refused(void **state)
{
    static const char *const texts[] = { "",      ".",    ".5", "5.",    "5.123", "-5",  "+5", "5e3",
                                         "1,000", "5 ",   " 5", "1.2.3", "..5",   "0x1", "５", "10000000000000",
                                         "5.1a",  "5.-1", "￥5" };
    fen_t fen;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (money_parse_yuan(slice_of(texts[i]), &fen))
            fail_msg("%s was taken", texts[i]);
    assert_false(money_parse_yuan(slice_make("5\0", 2), &fen));
}

static void
test_amounts_are_written_with_two_decimals(void **state)
{
    static const struct {
        fen_t fen;
        const char *text;
    } rows[] = {
        { 0, "0.00" },
        { 5, "0.05" },
        { 504868, "5048.68" },
        { -1, "-0.01" },
        { -504800, "-5048.00" },
        { INT64_MAX, "92233720368547758.07" },
        { INT64_MIN, "-92233720368547758.08" },
    };
    char text[MONEY_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        money_format(rows[i].fen, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void
test_a_sum_that_does_not_fit_is_refused(void **state)
{
    fen_t sum;

    (void)state;
    assert_true(money_add(INT64_MAX - 1, 1, &sum));
    assert_int_equal(sum, INT64_MAX);
    assert_false(money_add(INT64_MAX, 1, &sum));
    assert_false(money_add(INT64_MIN, -1, &sum));
    assert_true(money_add(-5, 3, &sum));
    assert_int_equal(sum, -2);
}

static void
test_parts_are_rounded_half_up_away_from_zero(void **state)
{
    static const struct {
        fen_t amount;
        int32_t points;
        fen_t part;
    } rows[] = {
        { 300000, 50, 1500 },            /* 0.5 % of 3000 yuan */
        { 500001, 100, 5000 },           /* 5000.01 */
        { 99, 50, 0 },                   /* 0.495 */
        { 100, 50, 1 },                  /* 0.5: up */
        { 300, 50, 2 },                  /* 1.5: up, not to even */
        { 500, 50, 3 },                  /* 2.5: up, not to even */
        { -100, 50, -1 },                /* -0.5: away from zero */
        { -99, 50, 0 },                  /* -0.495 */
        { 7, 10000, 7 },                 /* all of it */
        { 0, 200, 0 },                   /* nothing of nothing */
        { INT64_MAX, 10000, INT64_MAX }, /* no overflow on the way */
        { INT64_MIN, 10000, INT64_MIN },
    };
    fen_t part;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(money_basis_points(rows[i].amount, rows[i].points, &part));
        assert_int_equal(part, rows[i].part);
    }
    assert_false(money_basis_points(INT64_MAX, 10001, &part));
    assert_false(money_basis_points(INT64_MIN, 20000, &part));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ledger_amounts_are_read_to_the_fen),
        cmocka_unit_test(test_anything_else_is_refused),
        cmocka_unit_test(test_amounts_are_written_with_two_decimals),
        cmocka_unit_test(test_a_sum_that_does_not_fit_is_refused),
        cmocka_unit_test(test_parts_are_rounded_half_up_away_from_zero),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
