/* SPDX-License-Identifier: Apache-2.0 */
/* Identity numbers (GB 11643), unit codes (GB 32100), telephone numbers, and what may be seen of them. */
#include "organizations/members/identity_number.h"
#include "organizations/units/unit_code.h"
#include "support/cmocka_all.h"

static struct arena *arena;

static int
open_arena(void **state)
{
    (void)state;
    arena = arena_new(65536);
    return 0;
}

static int
close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
numbers_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *text;
        enum identity_verdict verdict;
        const char *number;
    } cases[] = {
        { "320699198211191130", IDENTITY_GOOD, "320699198211191130" },
        { "32069919571006591X", IDENTITY_GOOD, "32069919571006591X" },
        { "32069919571006591x", IDENTITY_GOOD, "32069919571006591X" },
        { " 320699 19821119 1130 ", IDENTITY_GOOD, "320699198211191130" },
        { "'320699198211191130", IDENTITY_GOOD, "320699198211191130" },
        { "３２０６９９１９８２１１１９１１３０", IDENTITY_GOOD, "320699198211191130" },
        { "32069919571006591Ｘ", IDENTITY_GOOD, "32069919571006591X" },
        { "320699198211191131", IDENTITY_CHECK_DIGIT, NULL },
        { "320699198211191310", IDENTITY_CHECK_DIGIT, NULL },
        { "3.20699E+17", IDENTITY_SCIENTIFIC, NULL },
        { "3.20699198211191E+17", IDENTITY_SCIENTIFIC, NULL },
        { "3e17", IDENTITY_SCIENTIFIC, NULL },
        { "", IDENTITY_FORMAT, NULL },
        { "32069919821119113", IDENTITY_FORMAT, NULL },
        { "3206991982111911300", IDENTITY_FORMAT, NULL },
        { "320699198211191'30", IDENTITY_FORMAT, NULL },
        { "X20699198211191130", IDENTITY_FORMAT, NULL },
        { "32069919821119113人", IDENTITY_FORMAT, NULL },
        { "320699198213191134", IDENTITY_FORMAT, NULL },
        { "\xff\xfe", IDENTITY_FORMAT, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char number[IDENTITY_SIZE];

        assert_int_equal(identity_read(slice_of(cases[i].text), number), cases[i].verdict);
        if (cases[i].number)
            assert_string_equal(number, cases[i].number);
    }
}

/* Any one digit changed is noticed: what the check digit is for. */
static void
every_single_slip_is_noticed(void **state)
{
    static const char good[] = "320699198211191130";

    (void)state;
    for (size_t i = 0; i < IDENTITY_DIGITS; i++)
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[IDENTITY_SIZE];
            char number[IDENTITY_SIZE];

            memcpy(text, good, sizeof text);
            text[i] = digit;
            if (digit != good[i])
                assert_int_not_equal(identity_read(slice_of(text), number), IDENTITY_GOOD);
        }
}

static void
the_birth_date_is_in_the_number(void **state)
{
    date_t expected;

    (void)state;
    assert_true(date_from_civil((struct civil){ 1982, 11, 19 }, &expected));
    assert_int_equal(identity_birth("320699198211191130"), expected);
    assert_int_equal(identity_birth("320699198202301130"), DATE_NONE);
}

static void
masks_show_the_ends_only(void **state)
{
    (void)state;
    assert_string_equal(identity_mask(arena, slice_of("320699198211191130")), "320699********1130");
    assert_string_equal(identity_mask(arena, slice_of("3206991130")), "**********");
    assert_string_equal(telephone_mask(arena, slice_of("13921877313")), "139****7313");
    assert_string_equal(telephone_mask(arena, slice_of("0513-8888")), "*****8888");
    assert_string_equal(telephone_mask(arena, slice_of("1234")), "****");
}

static void
telephones_are_digits_with_single_hyphens(void **state)
{
    static const char *const good[] = { "13921877313", "0513-85216666", "+86-13921877313", "12345" };
    static const char *const bad[] = { "",       "1234",        "0513--85216666", "-12345",
                                       "12345-", "1392187731a", "1+2345",         "123456789012345678901" };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(telephone_is_good(slice_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(telephone_is_good(slice_of(bad[i])));
}

static void
unit_codes_carry_a_check_character(void **state)
{
    (void)state;
    assert_true(unit_code_is_good(slice_of("52320699MAR05UMW1C")));
    assert_true(unit_code_is_good(slice_of("91320698MANQ51XWQ1")));
    assert_true(unit_code_fits(slice_of("52320699MAR05UMW1D")));
    assert_false(unit_code_is_good(slice_of("52320699MAR05UMW1D")));
    assert_false(unit_code_fits(slice_of("52320699MAR05UMW1")));
    assert_false(unit_code_fits(slice_of("52320699MAR05UMWIC")));
    assert_false(unit_code_fits(slice_make("52320699MAR05UMW\0C", 18)));
}

static void
a_mask_is_known_as_one(void **state)
{
    (void)state;
    assert_true(identity_is_masked(slice_of("320699********1130")));
    assert_true(identity_is_masked(slice_of("320699********113X")));
    assert_false(identity_is_masked(slice_of("320699198211191130")));
    assert_false(identity_is_masked(slice_of("320699*******11130")));
    assert_false(identity_is_masked(slice_of("320699********113Z")));
    assert_true(telephone_is_masked(slice_of("139****7313")));
    assert_true(telephone_is_masked(slice_of("****")));
    assert_false(telephone_is_masked(slice_of("13921877313")));
    assert_false(telephone_is_masked(slice_of("*丁*")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(every_single_slip_is_noticed),
        cmocka_unit_test(the_birth_date_is_in_the_number),
        cmocka_unit_test(masks_show_the_ends_only),
        cmocka_unit_test(telephones_are_digits_with_single_hyphens),
        cmocka_unit_test(unit_codes_carry_a_check_character),
        cmocka_unit_test(a_mask_is_known_as_one),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
