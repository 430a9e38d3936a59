/* SPDX-License-Identifier: Apache-2.0 */
/* Check codes, and what a stranger is told. */
#include "support/cmocka_all.h"
#include "transfers/verification/check_code.h"
#include "transfers/verification/verification.h"

static const uint8_t bytes[CHECK_CODE_RANDOM] = { 0x9f, 0x11, 0x80, 0x07, 0x5a, 0xc3, 0x44, 0xe1 };

static void
a_code_is_read_as_people_type_it(void **state)
{
    char code[CHECK_CODE_SIZE];
    char shown[CHECK_CODE_SHOWN];
    char read[CHECK_CODE_SIZE];

    (void)state;
    check_code_make(bytes, code);
    assert_int_equal(strlen(code), CHECK_CODE_SIZE - 1);
    check_code_format(code, shown);
    assert_int_equal(strlen(shown), CHECK_CODE_SHOWN - 1);
    assert_true(shown[4] == '-' && shown[9] == '-' && shown[14] == '-');
    assert_true(check_code_read(shown, read));
    assert_string_equal(read, code);
    for (char *c = shown; *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c == '0' ? 'o' : *c == '1' ? 'l' : *c;
    assert_true(check_code_read(shown, read));
    assert_string_equal(read, code);
}

static void
every_slip_in_one_character_is_seen(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char code[CHECK_CODE_SIZE];
    char read[CHECK_CODE_SIZE];

    (void)state;
    check_code_make(bytes, code);
    for (size_t i = 0; i + 1 < sizeof code; i++) {
        char right = code[i];

        for (const char *wrong = alphabet; *wrong; wrong++) {
            code[i] = *wrong;
            assert_int_equal(check_code_read(code, read), *wrong == right);
        }
        code[i] = right;
    }
}

static void
what_is_no_code_is_refused_with_a_text_of_the_same_size(void **state)
{
    static const char *const no_codes[] = {
        "", "-", "0000-0000-0000", "0000-0000-0000-00", "U000-0000-0000-0", "校验码", "0000-0000-0000-1"
    };
    char read[CHECK_CODE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof no_codes / sizeof *no_codes; i++) {
        assert_false(check_code_read(no_codes[i], read));
        assert_int_equal(strlen(read), CHECK_CODE_SIZE - 1);
    }
}

static void
a_stranger_is_told_the_truth_of_today(void **state)
{
    (void)state;
    assert_int_equal(verification_of(LETTER_ISSUED, 100, 100), VERIFICATION_VALID);
    assert_int_equal(verification_of(LETTER_ISSUED, 100, 101), VERIFICATION_EXPIRED); /* the job need not have run */
    assert_int_equal(verification_of(LETTER_CLOSED, 100, 101), VERIFICATION_RECEIVED);
    assert_int_equal(verification_of(LETTER_LOST, 100, 50), VERIFICATION_VOID);
    assert_int_equal(verification_of(LETTER_VOIDED, 100, 50), VERIFICATION_VOID);
    assert_int_equal(verification_of(LETTER_REFUSED_IN, 100, 50), VERIFICATION_REFUSED);
    for (int s = LETTER_ISSUED; s < LETTER_CANCELLED; s++)
        assert_int_not_equal(verification_of((enum letter_state)s, 100, 50), VERIFICATION_UNKNOWN);
}

static void
of_a_name_the_first_character_is_told(void **state)
{
    char masked[NAME_MASKED_SIZE];

    (void)state;
    name_mask("陈远", masked);
    assert_string_equal(masked, "陈*");
    name_mask("欧阳春花", masked);
    assert_string_equal(masked, "欧***");
    name_mask("", masked);
    assert_string_equal(masked, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_read_as_people_type_it),
        cmocka_unit_test(every_slip_in_one_character_is_seen),
        cmocka_unit_test(what_is_no_code_is_refused_with_a_text_of_the_same_size),
        cmocka_unit_test(a_stranger_is_told_the_truth_of_today),
        cmocka_unit_test(of_a_name_the_first_character_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
