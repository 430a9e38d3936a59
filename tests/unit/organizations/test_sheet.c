/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: which encoding, which columns, which rows repeat, in which order they are worked on. */
#include "organizations/ledgers/sheet.h"
#include "organizations/organizations/organization_row.h"
#include "organizations/regions/region_row.h"
#include "support/cmocka_all.h"

#define HEAD                                                                                                                                                \
    "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话," \
    "预备党员审批权\n"

static struct arena *arena;

static int
open_arena(void **state)
{
    (void)state;
    arena = arena_new((size_t)64 * 1024 * 1024);
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct sheet *
read_text(const struct ledger_form *form, const char *text)
{
    struct sheet_source source = { .bytes = slice_of(text) };
    struct sheet *sheet = NULL;

    assert_null(sheet_read(arena, form, &source, 20000, &sheet));
    return sheet;
}

static const struct organization_row *
organization(const struct sheet *sheet, size_t i)
{
    return sheet->rows[i]->data;
}

static void
a_byte_order_mark_is_passed_over(void **state)
{
    struct sheet *sheet = read_text(&region_form, "\xEF\xBB\xBF"
                                                  "code,name\n320699,示范区\n");

    (void)state;
    assert_int_equal(sheet->count, 1);
    assert_string_equal(((const struct region_row *)sheet->rows[0]->data)->name, "示范区");
}

/* 示范区 in GB18030; the header says nothing, the first row does. */
static void
rows_tell_the_encoding_when_the_header_does_not(void **state)
{
    struct sheet *sheet = read_text(&region_form, "code,name\n320699,\xCA\xBE\xB7\xB6\xC7\xF8\n320698,\xff\xff\n");

    (void)state;
    assert_string_equal(((const struct region_row *)sheet->rows[0]->data)->name, "示范区");
    assert_int_equal(sheet->rows[1]->outcome, ROW_INVALID);
    assert_int_equal(sheet->rows[1]->problems->problem, PROBLEM_BAD_ENCODING);
    assert_string_equal(sheet->rows[1]->problems->column, "name");
}

static void
one_damaged_row_does_not_change_the_encoding_of_the_others(void **state)
{
    struct sheet *sheet = read_text(&region_form, "code,name\n320699,示范区\n320698,江\xB1滨\n320697,港闸区\n");

    (void)state;
    assert_int_equal(sheet->rows[0]->outcome, ROW_PENDING);
    assert_int_equal(sheet->rows[1]->outcome, ROW_INVALID);
    assert_string_equal(((const struct region_row *)sheet->rows[2]->data)->name, "港闸区");
}

static void
rows_come_after_those_they_hang_on(void **state)
{
    struct sheet *sheet = read_text(&organization_form, HEAD "C,丙,党支部,B,单独组建,320699,,,,,,\n"
                                                             "A,甲,党委,,区域建,320699,,,,,,\n"
                                                             "D,丁,党支部,X,单独组建,320699,,,,,,\n"
                                                             "B,乙,党总支,A,统建,320699,,,,,,\n");

    (void)state;
    assert_string_equal(organization(sheet, 0)->code, "A");
    assert_string_equal(organization(sheet, 1)->code, "D");
    assert_string_equal(organization(sheet, 2)->code, "B");
    assert_string_equal(organization(sheet, 3)->code, "C");
    assert_int_equal(sheet->rows[3]->row, 2);
}

static void
loops_are_refused_with_all_that_hangs_on_them(void **state)
{
    struct sheet *sheet = read_text(&organization_form, HEAD "A,甲,党委,B,区域建,320699,,,,,,\n"
                                                             "B,乙,党委,A,区域建,320699,,,,,,\n"
                                                             "C,丙,党支部,B,单独组建,320699,,,,,,\n"
                                                             "D,丁,党支部,,单独组建,320699,,,,,,\n");

    (void)state;
    for (size_t i = 0; i < sheet->count; i++) {
        bool loops = organization(sheet, i)->code[0] != 'D';

        assert_int_equal(sheet->rows[i]->outcome, loops ? ROW_INVALID : ROW_PENDING);
        if (loops)
            assert_int_equal(sheet->rows[i]->problems->problem, PROBLEM_ORGANIZATION_LOOP);
    }
}

static void
the_same_key_again_is_a_duplicate_or_a_contradiction(void **state)
{
    struct sheet *sheet = read_text(&region_form, "code,name\n1234,甲\n1234,甲\n1234,乙\n");

    (void)state;
    assert_int_equal(sheet->rows[0]->outcome, ROW_PENDING);
    assert_int_equal(sheet->rows[1]->outcome, ROW_DUPLICATE);
    assert_int_equal(sheet->rows[2]->outcome, ROW_INVALID);
    assert_int_equal(sheet->rows[2]->problems->problem, PROBLEM_DUPLICATE_ROW);
    assert_ptr_equal(sheet_find(sheet, "1234"), sheet->rows[0]);
    assert_null(sheet_find(sheet, "123"));
}

static void
a_file_without_its_columns_is_refused(void **state)
{
    static const struct {
        const char *text;
        enum problem_name problem;
    } cases[] = {
        { "", PROBLEM_BAD_HEADER },
        { "code\n", PROBLEM_BAD_HEADER },
        { "code,name,more\n", PROBLEM_BAD_HEADER },
        { "code,code,name\n", PROBLEM_AMBIGUOUS_HEADER },
        { "code,\"name\n", PROBLEM_BAD_HEADER },
        { "code,\xff\n", PROBLEM_BAD_ENCODING },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sheet_source source = { .bytes = slice_of(cases[i].text) };
        struct sheet *sheet;

        assert_true(status_is(sheet_read(arena, &region_form, &source, 20000, &sheet), cases[i].problem));
    }
}

static void
a_file_has_a_limit_of_rows(void **state)
{
    static const char head[] = "code,name\n";
    char *text = arena_alloc(arena, sizeof head + (SHEET_ROWS + 1) * 2);
    struct sheet_source source = { .bytes = slice_make(text, sizeof head - 1 + (SHEET_ROWS + 1) * 2) };
    struct sheet *sheet;

    (void)state;
    memcpy(text, head, sizeof head);
    for (size_t i = 0; i <= SHEET_ROWS; i++)
        memcpy(text + sizeof head - 1 + i * 2, "x\n", 2);
    assert_true(status_is(sheet_read(arena, &region_form, &source, 20000, &sheet), PROBLEM_TOO_MANY));
}

static void
texts_must_be_clean_and_of_a_length(void **state)
{
    struct sheet *sheet = read_text(&organization_form, HEAD "A,甲\x01,党委,,区域建,320699,,,,,,\n"
                                                             "B,\xE2\x80\xAE乙,党委,,区域建,320699,,,,,,\n"
                                                             "C,   ,党委,,区域建,320699,,,,,,\n"
                                                             "D 1,丁,党委,,区域建,320699,,,,,,\n");
    static const enum problem_name expected[] = { PROBLEM_BAD_TEXT, PROBLEM_BAD_TEXT, PROBLEM_REQUIRED,
                                                  PROBLEM_BAD_FORMAT };

    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(sheet->rows[i]->problems->problem, expected[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(rows_tell_the_encoding_when_the_header_does_not),
        cmocka_unit_test(one_damaged_row_does_not_change_the_encoding_of_the_others),
        cmocka_unit_test(rows_come_after_those_they_hang_on),
        cmocka_unit_test(loops_are_refused_with_all_that_hangs_on_them),
        cmocka_unit_test(the_same_key_again_is_a_duplicate_or_a_contradiction),
        cmocka_unit_test(a_file_without_its_columns_is_refused),
        cmocka_unit_test(a_file_has_a_limit_of_rows),
        cmocka_unit_test(texts_must_be_clean_and_of_a_length),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
