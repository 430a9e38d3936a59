/* SPDX-License-Identifier: Apache-2.0 */
/* Bases compared, and occupations read as categories. */
#include "dues/assessment.h"

#include "support/cmocka_all.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *occupation;
    enum dues_category category;
} occupations[] = {
    { "在职", DUES_WAGE },        { "离退休", DUES_RETIRED },      { "个体经营", DUES_SELF_EMPLOYED },
    { "农民", DUES_FARMER },      { "下岗失业", DUES_UNEMPLOYED }, { "学生", DUES_STUDENT },
    { "低保", DUES_SUBSISTENCE }, { "retired", DUES_RETIRED },     { "", DUES_UNKNOWN },
    { "在职 ", DUES_UNKNOWN },    { "其他", DUES_UNKNOWN },
};

static void
test_words_of_ledgers_become_categories(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(occupations); i++)
        assert_int_equal(dues_category_of_occupation(slice_of(occupations[i].occupation)), occupations[i].category);
}

static void
test_every_category_comes_back_from_its_code(void **state)
{
    (void)state;
    for (int category = DUES_WAGE; category <= DUES_SUBSISTENCE; category++)
        assert_int_equal(dues_category_of_code(dues_category_code((enum dues_category)category)), category);
    assert_null(dues_category_code(DUES_UNKNOWN));
    assert_int_equal(dues_category_of_code(NULL), DUES_UNKNOWN);
    assert_int_equal(dues_category_of_code("boss"), DUES_UNKNOWN);
}

static const struct assessment one = { .member = { { 1 } }, .from = 682, .base = 504868, .category = DUES_WAGE };

static void
test_any_difference_makes_two_assessments(void **state)
{
    struct assessment other[] = { one, one, one, one };

    (void)state;
    other[0].member.bytes[15] = 1;
    other[1].from++;
    other[2].base++;
    other[3].category = DUES_UNKNOWN;
    assert_true(assessment_equal(&one, &one));
    for (size_t i = 0; i < COUNT(other); i++)
        assert_false(assessment_equal(&one, &other[i]));
}

static void
test_equal_records_count_once(void **state)
{
    struct assessment items[] = { one, one, one, one };
    size_t contradiction;

    (void)state;
    items[2].member.bytes[0] = 2;
    assert_int_equal(assessment_distinct(items, 4, &contradiction), 2);
    assert_int_equal(contradiction, 4);
    assert_int_equal(items[1].member.bytes[0], 2);
    assert_int_equal(assessment_distinct(items, 0, &contradiction), 0);
    assert_int_equal(contradiction, 0);
}

static void
test_a_record_that_contradicts_is_named(void **state)
{
    struct assessment items[] = { one, one, one, one };
    size_t contradiction;

    (void)state;
    items[1].member.bytes[0] = 2;
    items[2].base++;
    items[3].from++;
    assessment_distinct(items, 4, &contradiction);
    assert_int_equal(contradiction, 2);
}

static void
test_its_text_is_stable(void **state)
{
    char text[ASSESSMENT_SIZE];

    (void)state;
    assessment_format(&one, text);
    assert_string_equal(text, "2026-11 504868 1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_of_ledgers_become_categories),
        cmocka_unit_test(test_every_category_comes_back_from_its_code),
        cmocka_unit_test(test_any_difference_makes_two_assessments),
        cmocka_unit_test(test_equal_records_count_once),
        cmocka_unit_test(test_a_record_that_contradicts_is_named),
        cmocka_unit_test(test_its_text_is_stable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
