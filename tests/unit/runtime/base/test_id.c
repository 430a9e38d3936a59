/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDv7: layout, order in time, text there and back. */
#include "support/cmocka_all.h"

#include "base/id.h"

static const uint8_t ones[ID_BYTES] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
static const uint8_t zeros[ID_BYTES];

static void
test_version_and_variant_are_those_of_rfc_9562(void **state)
{
    /* the example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z */
    static const uint8_t random[ID_BYTES] = { 0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F };
    struct id id = id_make((instant_t)1645557742000 * 1000, random);
    char text[ID_SIZE];

    (void)state;
    id_format(&id, text);
    assert_string_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    id = id_make(0, ones);
    assert_int_equal(id.bytes[6] >> 4, 7);
    assert_int_equal(id.bytes[8] >> 6, 2);
    id = id_make(0, zeros);
    assert_int_equal(id.bytes[6], 0x70);
    assert_int_equal(id.bytes[8], 0x80);
}

static void
test_a_later_id_sorts_behind_an_earlier_one(void **state)
{
    instant_t at = 1700000000000000;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct id before = id_make(at, ones);
        struct id after = id_make(at + 1000, zeros);

        assert_true(memcmp(before.bytes, after.bytes, ID_BYTES) < 0);
        at += 12345678;
    }
}

static void
test_text_goes_there_and_back(void **state)
{
    struct id id = { { 0 } };
    struct id back;
    char text[ID_SIZE];

    (void)state;
    for (int i = 0; i < 256; i++) {
        for (int k = 0; k < ID_BYTES; k++)
            id.bytes[k] = (uint8_t)(i + 17 * k);
        id_format(&id, text);
        assert_int_equal(strlen(text), ID_SIZE - 1);
        assert_true(id_parse(slice_of(text), &back));
        assert_true(id_equal(&id, &back));
    }
    assert_true(id_parse(slice_of("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), &id));
    id_format(&id, text);
    assert_string_equal(text, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

static void
test_anything_else_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
        "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
        "017f22g2-79b0-7cc3-98c4-dc0c0c07398f",
        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
    };
    struct id id = id_make(0, ones);
    struct id same = id;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_false(id_parse(slice_of(texts[i]), &id));
    assert_false(id_from_bytes(ones, 15, &id));
    assert_false(id_from_bytes(ones, 17, &id));
    assert_true(id_equal(&id, &same));
}

static void
test_nil_is_all_zero_bytes(void **state)
{
    struct id id;

    (void)state;
    assert_true(id_from_bytes(zeros, ID_BYTES, &id));
    assert_true(id_is_nil(&id));
    id.bytes[15] = 1;
    assert_false(id_is_nil(&id));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version_and_variant_are_those_of_rfc_9562),
        cmocka_unit_test(test_a_later_id_sorts_behind_an_earlier_one),
        cmocka_unit_test(test_text_goes_there_and_back),
        cmocka_unit_test(test_anything_else_is_refused),
        cmocka_unit_test(test_nil_is_all_zero_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
