/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing: what opens where, with which key; blind indexes; signatures. */
#include "support/cmocka_all.h"

#include "io/seal.h"

#define KEY_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

static struct arena *arena;

static struct seal_ring
ring_of(const char *text)
{
    struct seal_ring ring;

    assert_true(seal_ring_parse(text, &ring));
    return ring;
}

static bool
opens(const struct seal_ring *ring, struct slice sealed, const char *aad, const char *expected)
{
    struct slice plain;

    return seal_open(arena, ring, sealed, slice_of(aad), &plain) && slice_is(plain, expected);
}

static void
test_what_was_closed_opens_in_its_place_only(void **state)
{
    struct seal_ring ring = ring_of(KEY_A);
    struct slice sealed = seal_close(arena, &ring, slice_of("320699199001011125"), slice_of("person|id_number|1"));
    struct slice plain;

    (void)state;
    assert_true(opens(&ring, sealed, "person|id_number|1", "320699199001011125"));
    assert_false(seal_open(arena, &ring, sealed, slice_of("person|id_number|2"), &plain));
    assert_false(seal_open(arena, &ring, sealed, slice_of(""), &plain));
    sealed = seal_close(arena, &ring, slice_of(""), slice_of("x"));
    assert_true(opens(&ring, sealed, "x", ""));
}

static void
test_no_byte_may_be_changed_or_missing(void **state)
{
    struct seal_ring ring = ring_of(KEY_A);
    struct slice sealed = seal_close(arena, &ring, slice_of("secret"), slice_of("a"));
    struct slice plain;

    (void)state;
    for (size_t i = 0; i < sealed.size; i++) {
        char *copy = arena_copy(arena, sealed.data, sealed.size);

        copy[i] = (char)(copy[i] ^ 1);
        assert_false(seal_open(arena, &ring, slice_make(copy, sealed.size), slice_of("a"), &plain));
        assert_false(seal_open(arena, &ring, slice_make(sealed.data, i), slice_of("a"), &plain));
    }
}

static void
test_the_same_text_is_sealed_differently_each_time(void **state)
{
    struct seal_ring ring = ring_of(KEY_A);
    struct slice one = seal_close(arena, &ring, slice_of("x"), slice_of("a"));
    struct slice two = seal_close(arena, &ring, slice_of("x"), slice_of("a"));

    (void)state;
    assert_false(slice_equal(one, two));
    assert_int_equal(one.size, two.size);
}

static void
test_a_key_added_on_top_seals_and_the_old_one_still_opens(void **state)
{
    struct seal_ring before = ring_of(KEY_A "\n");
    struct seal_ring after = ring_of(KEY_B "\n" KEY_A "\n");
    struct seal_ring other = ring_of(KEY_B);
    struct slice old = seal_close(arena, &before, slice_of("old"), slice_of("a"));
    struct slice new = seal_close(arena, &after, slice_of("new"), slice_of("a"));
    struct slice plain;

    (void)state;
    assert_int_equal(old.data[0], 1);
    assert_int_equal(new.data[0], 2);
    assert_true(opens(&after, old, "a", "old"));
    assert_true(opens(&after, new, "a", "new"));
    assert_false(seal_open(arena, &before, new, slice_of("a"), &plain)); /* a version it does not know */
    assert_false(seal_open(arena, &other, old, slice_of("a"), &plain));  /* the wrong key of that version */
}

static void
test_key_files_are_read_strictly(void **state)
{
    static const char *const bad[] = { "", "\n\n", "00", KEY_A "0", KEY_A "\nxyz\n", KEY_A " " KEY_B };
    struct seal_ring ring;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(seal_ring_parse(bad[i], &ring));
    assert_true(seal_ring_parse("\n " KEY_A " \r\n\n" KEY_B, &ring));
    assert_int_equal(ring.count, 2);
}

static void
test_a_ring_holds_sixteen_keys_and_no_more(void **state)
{
    char text[17 * 65 + 1];
    struct seal_ring ring;

    (void)state;
    for (int i = 0; i < 17; i++)
        memcpy(text + 65 * i, KEY_A "\n", 66);
    assert_false(seal_ring_parse(text, &ring));
    text[16 * 65] = '\0';
    assert_true(seal_ring_parse(text, &ring));
    assert_int_equal(ring.count, SEAL_RING);
}

static void
test_a_blind_index_depends_on_key_label_and_text(void **state)
{
    struct seal_ring keys = ring_of(KEY_B "\n" KEY_A);
    uint8_t index[SEAL_INDEX];
    uint8_t other[SEAL_INDEX];

    (void)state;
    seal_index(&keys.key[0], "identity", slice_of("320699199001011125"), index);
    seal_index(&keys.key[0], "identity", slice_of("320699199001011125"), other);
    assert_memory_equal(index, other, SEAL_INDEX);
    seal_index(&keys.key[1], "identity", slice_of("320699199001011125"), other);
    assert_memory_not_equal(index, other, SEAL_INDEX);
    seal_index(&keys.key[0], "phone", slice_of("320699199001011125"), other);
    assert_memory_not_equal(index, other, SEAL_INDEX);
    seal_index(&keys.key[0], "identity", slice_of("32069919900101112X"), other);
    assert_memory_not_equal(index, other, SEAL_INDEX);
    seal_index(&keys.key[0], "identity3", slice_of("20699199001011125"), other); /* the border counts */
    assert_memory_not_equal(index, other, SEAL_INDEX);
}

static void
test_a_signature_fits_its_message_and_its_key_only(void **state)
{
    struct seal_ring seeds = ring_of(KEY_B "\n" KEY_A);
    uint8_t signature[SEAL_SIGNATURE];
    struct seal_key good;
    struct seal_key other;

    (void)state;
    seal_public_of(&seeds.key[0], &good);
    seal_public_of(&seeds.key[1], &other);
    seal_sign(&seeds.key[0], slice_of("message"), signature);
    assert_true(seal_verify(&good, slice_of("message"), signature));
    assert_false(seal_verify(&good, slice_of("massage"), signature));
    assert_false(seal_verify(&other, slice_of("message"), signature));
    signature[10] ^= 4;
    assert_false(seal_verify(&good, slice_of("message"), signature));
}

static void
test_the_hash_is_blake2b_256(void **state)
{
    uint8_t hash[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];

    (void)state;
    seal_hash(slice_of("abc"), hash);
    seal_hex_format(hash, sizeof hash, hex);
    assert_string_equal(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

static void
test_hex_is_read_at_its_exact_length(void **state)
{
    uint8_t bytes[2];

    (void)state;
    assert_true(seal_hex_parse(slice_of("00fF"), bytes, 2));
    assert_int_equal(bytes[1], 0xFF);
    assert_false(seal_hex_parse(slice_of("00f"), bytes, 2));
    assert_false(seal_hex_parse(slice_of("00ff0"), bytes, 2));
    assert_false(seal_hex_parse(slice_of("00fg"), bytes, 2));
    assert_false(seal_hex_parse(slice_of("00:f"), bytes, 2));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_closed_opens_in_its_place_only),
        cmocka_unit_test(test_no_byte_may_be_changed_or_missing),
        cmocka_unit_test(test_the_same_text_is_sealed_differently_each_time),
        cmocka_unit_test(test_a_key_added_on_top_seals_and_the_old_one_still_opens),
        cmocka_unit_test(test_key_files_are_read_strictly),
        cmocka_unit_test(test_a_ring_holds_sixteen_keys_and_no_more),
        cmocka_unit_test(test_a_blind_index_depends_on_key_label_and_text),
        cmocka_unit_test(test_a_signature_fits_its_message_and_its_key_only),
        cmocka_unit_test(test_the_hash_is_blake2b_256),
        cmocka_unit_test(test_hex_is_read_at_its_exact_length),
    };
    int failed;

    seal_init();
    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
