/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 by its definition, and what of it may be stored. */
#include "support/cmocka_all.h"

#include "base/text.h"

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }

enum { BROKEN, UTF8, CLEAN };

static const struct {
    struct slice bytes;
    int verdict;
    const char *why;
} samples[] = {
    { BYTES(""), CLEAN, "nothing" },
    { BYTES("abc\t\r\n"), CLEAN, "white space of a text" },
    { BYTES("两新党组织"), CLEAN, "three-byte characters" },
    { BYTES("𠮷"), CLEAN, "four-byte character (U+20BB7), found in names" },
    { BYTES("\xF4\x8F\xBF\xBD"), CLEAN, "U+10FFFD, the last character" },
    { BYTES("\xC2\x80"), UTF8, "U+0080, a control character" },
    { BYTES("\xC2\x9F"), UTF8, "U+009F, the last control character" },
    { BYTES("\xC2\xA0"), CLEAN, "U+00A0" },
    { BYTES("\x01"), UTF8, "control character" },
    { BYTES("\x1B[31m"), UTF8, "escape sequence" },
    { BYTES("\x7F"), UTF8, "DEL" },
    { BYTES("a\xE2\x80\xAE"
            "b"),
      UTF8, "U+202E right-to-left override" },
    { BYTES("\xE2\x80\xAA"), UTF8, "U+202A embedding" },
    { BYTES("\xE2\x81\xA6"), UTF8, "U+2066 isolate" },
    { BYTES("\xE2\x81\xA9"), UTF8, "U+2069 end of isolate" },
    { BYTES("\xEF\xBB\xBF"), UTF8, "byte order mark" },
    { BYTES("\xEF\xBF\xBF"), UTF8, "U+FFFF, no character" },
    { BYTES("\xF0\x9F\xBF\xBE"), UTF8, "U+1FFFE, no character" },
    { BYTES("a\0b"), BROKEN, "NUL" },
    { BYTES("\x80"), BROKEN, "a tail alone" },
    { BYTES("\xE4\xB8"), BROKEN, "cut off" },
    { BYTES("\xE4"
            "bc"),
      BROKEN, "head without its tails" },
    { BYTES("\xC0\x80"), BROKEN, "overlong NUL" },
    { BYTES("\xC0\xAF"), BROKEN, "overlong slash, two bytes" },
    { BYTES("\xC1\xBF"), BROKEN, "overlong, two bytes" },
    { BYTES("\xE0\x80\xAF"), BROKEN, "overlong slash, three bytes" },
    { BYTES("\xE0\x9F\xBF"), BROKEN, "overlong, three bytes" },
    { BYTES("\xF0\x8F\xBF\xBF"), BROKEN, "overlong, four bytes" },
    { BYTES("\xED\xA0\x80"), BROKEN, "high surrogate" },
    { BYTES("\xED\xBF\xBF"), BROKEN, "low surrogate" },
    { BYTES("\xF4\x90\x80\x80"), BROKEN, "above U+10FFFF" },
    { BYTES("\xF5\x80\x80\x80"), BROKEN, "head that does not exist" },
    { BYTES("\xF8\x88\x80\x80\x80"), BROKEN, "five bytes" },
    { BYTES("\xFF"), BROKEN, "FF" },
    { BYTES("\xCE\xD2"), BROKEN, "GB18030" },
};

static void
test_every_sample_is_judged_as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        bool utf8 = text_is_utf8(samples[i].bytes);
        bool clean = text_is_clean(samples[i].bytes);

        if (utf8 != (samples[i].verdict >= UTF8) || clean != (samples[i].verdict == CLEAN))
            fail_msg("%s: utf8 %d, clean %d", samples[i].why, utf8, clean);
    }
}

/* RFC 3629, written forward: the independent half of the round trip. */
static size_t
encode(uint32_t code, char ret_bytes[4])
{
    static const unsigned char heads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    for (size_t i = length - 1; i > 0; i--) {
        ret_bytes[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    ret_bytes[0] = (char)(heads[length] | code);
    return length;
}

static void
test_every_code_point_survives_the_round_trip(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x110000; code++) {
        bool exists = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        char bytes[4];
        size_t length = encode(code, bytes);
        uint32_t back = UINT32_MAX;
        size_t n = text_decode(slice_make(bytes, length), &back);

        if (exists ? n != length || back != code : n != 0)
            fail_msg("U+%04X: %zu bytes, U+%04X", code, n, back);
    }
}

static void
test_a_character_cut_anywhere_is_refused(void **state)
{
    uint32_t code;

    (void)state;
    for (size_t length = 0; length < 4; length++)
        assert_int_equal(text_decode(slice_make("\xF0\xA0\xAE\xB7", length), &code), 0);
}

static void
test_length_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_length(slice_of("")), 0);
    assert_int_equal(text_length(slice_of("abc")), 3);
    assert_int_equal(text_length(slice_of("中共𠮷a")), 4);
}

static void
test_a_text_is_shortened_between_two_characters(void **state)
{
    (void)state;
    assert_int_equal(text_within("党员", 6), 6);
    assert_int_equal(text_within("党员", 5), 3);
    assert_int_equal(text_within("党员", 3), 3);
    assert_int_equal(text_within("党员", 2), 0);
    assert_int_equal(text_within("abc", 2), 2);
    assert_int_equal(text_within("", 0), 0);
}

static void
test_trim_takes_white_space_of_both_kinds_from_the_ends_only(void **state)
{
    static const struct {
        const char *from;
        const char *to;
    } rows[] = {
        { "", "" },     { " \t\r\n", "" }, { "　张　三　", "张　三" }, { " \t　a b　\n ", "a b" },
        { "　　", "" }, { "、", "、" }, /* U+3001 begins with the bytes of U+3000 */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(slice_is(text_trim(slice_of(rows[i].from)), rows[i].to));
    assert_int_equal(text_trim(slice_make("\0a ", 3)).size, 2);
}

static void
test_digits_are_ascii_and_at_least_one(void **state)
{
    (void)state;
    assert_true(text_is_digits(slice_of("0123456789")));
    assert_false(text_is_digits(slice_of("")));
    assert_false(text_is_digits(slice_of("12a")));
    assert_false(text_is_digits(slice_of("-1")));
    assert_false(text_is_digits(slice_of("１２")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sample_is_judged_as_the_table_says),
        cmocka_unit_test(test_every_code_point_survives_the_round_trip),
        cmocka_unit_test(test_a_character_cut_anywhere_is_refused),
        cmocka_unit_test(test_length_counts_characters_not_bytes),
        cmocka_unit_test(test_a_text_is_shortened_between_two_characters),
        cmocka_unit_test(test_trim_takes_white_space_of_both_kinds_from_the_ends_only),
        cmocka_unit_test(test_digits_are_ascii_and_at_least_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
