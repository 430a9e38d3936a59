/* SPDX-License-Identifier: Apache-2.0 */
/* What stands on a sheet: capital numerals, fields filled in, boxes that stay within the page. */
#include "support/cmocka_all.h"
#include "transfers/paper/capital.h"
#include "transfers/paper/sheet.h"

static void
months_and_days_are_written_in_capital_numerals(void **state)
{
    static const struct {
        const char *month;
        const char *capital;
    } months[] = {
        { "2026-11", "贰零贰陆年拾壹月" }, { "2026-10", "贰零贰陆年拾月" }, { "2025-01", "贰零贰伍年壹月" },
        { "2030-12", "贰零叁零年拾贰月" }, { "2009-09", "贰零零玖年玖月" },
    };
    static const struct {
        uint32_t days;
        const char *capital;
    } days[] = {
        { 0, "零" }, { 1, "壹" }, { 9, "玖" }, { 10, "壹拾" }, { 15, "壹拾伍" }, { 30, "叁拾" }, { 90, "玖拾" }
    };
    char text[CAPITAL_MONTH_SIZE];
    char number[CAPITAL_NUMBER_SIZE];
    month_t month;

    (void)state;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        assert_true(month_parse(slice_of(months[i].month), &month));
        capital_month(month, text);
        assert_string_equal(text, months[i].capital);
    }
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        capital_number(days[i].days, number);
        assert_string_equal(number, days[i].capital);
    }
}

static void
fields_are_filled_in_and_marked(void **state)
{
    struct sheet_values values = { .text = { [SHEET_NAME] = "莫小满", [SHEET_SEX] = "女" } };
    struct sheet_text text;

    sheet_expand(*state, "{name}（{sex}）{age} 岁", &values, &text);
    assert_string_equal(text.text, "莫小满（男  /  女）　　　　　　 岁");
    assert_int_equal(text.n_spans, 4);
    assert_int_equal(text.spans[0].style, SHEET_VALUE);
    assert_memory_equal(text.text + text.spans[0].begin, "莫小满", 9);
    assert_int_equal(text.spans[1].style, SHEET_UNCHOSEN);
    assert_int_equal(text.spans[2].style, SHEET_CHOSEN);
    assert_memory_equal(text.text + text.spans[2].begin, "女", 3);
}

static void
a_choice_that_is_not_known_is_left_to_the_pen(void **state)
{
    struct sheet_values values = { 0 };
    struct sheet_text text;

    sheet_expand(*state, "{standing}", &values, &text);
    assert_string_equal(text.text, "预备  /  正式");
    assert_int_equal(text.n_spans, 0);
}

static void
boxes_lie_on_the_page_and_name_fields(void **state)
{
    const struct sheet_box *const forms[] = { sheet_letter, sheet_receipt, sheet_certificate };
    struct sheet_values values = { 0 };
    struct sheet_text text;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        for (const struct sheet_box *box = forms[i]; box->text; box++) {
            assert_true(box->x >= 15 && box->x + box->width <= 195);
            assert_true(box->y >= 10 && box->y + box->height <= 287);
            assert_true(box->mark != SHEET_QR || (box->width >= 40 && box->width == box->height));
            sheet_expand(*state, box->text, &values, &text);
        }
    }
}

static int
setup(void **state)
{
    *state = arena_new((size_t)1024 * 1024);
    return 0;
}

static int
teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_and_days_are_written_in_capital_numerals),
        cmocka_unit_test(fields_are_filled_in_and_marked),
        cmocka_unit_test(a_choice_that_is_not_known_is_left_to_the_pen),
        cmocka_unit_test(boxes_lie_on_the_page_and_name_fields),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
