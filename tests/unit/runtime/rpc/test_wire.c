/* SPDX-License-Identifier: Apache-2.0 */
/* The pre-scan: what it refuses and why, and that protobuf-c takes whatever it lets through. */
#include "support/cmocka_all.h"

#include "rpc/wire.h"
#include "shapes.pb-c.h"

#define BYTES(literal)                                                                                                 \
    {                                                                                                                  \
        (literal), sizeof(literal) - 1                                                                                 \
    }
#define GOOD (-1)

static struct arena *arena;

static const struct {
    struct slice bytes;
    int problem; /* or GOOD */
    const char *why;
} samples[] = {
    { BYTES(""), GOOD, "nothing is every message" },
    { BYTES("\x0A\x03\xE5\x85\x9A"), GOOD, "a text" },
    { BYTES("\x12\x03\x00\xFF\x01"), GOOD, "bytes may be anything" },
    { BYTES("\x18\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), GOOD, "int32 -1 takes ten bytes" },
    { BYTES("\x30\x01\x38\x02"), GOOD, "bool and enum" },
    { BYTES("\x45\x01\x02\x03\x04\x49\x01\x02\x03\x04\x05\x06\x07\x08"), GOOD, "fixed sizes" },
    { BYTES("\x52\x04\x0A\x00\x10\x01"), GOOD, "a message within" },
    { BYTES("\x5A\x00\x5A\x02\x10\x02\x5A\x00"), GOOD, "items of a list" },
    { BYTES("\x6A\x03\x01\xAC\x02\x68\x05"), GOOD, "numbers packed and not" },
    { BYTES("\x72\x02\x01\x02"), GOOD, "enums packed" },
    { BYTES("\x7A\x01n\x82\x01\x00"), GOOD, "both sides of a oneof: the last one counts" },

    { BYTES("\x0A"), PROBLEM_MALFORMED, "a key without its value" },
    { BYTES("\x0A\x05"
            "abc"),
      PROBLEM_MALFORMED, "less than was promised" },
    { BYTES("\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), PROBLEM_MALFORMED, "a length beyond all memory" },
    { BYTES("\x18\xFF"), PROBLEM_MALFORMED, "a number that does not end" },
    { BYTES("\x18\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"), PROBLEM_MALFORMED, "more than 64 bits" },
    { BYTES("\x18\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00"), PROBLEM_MALFORMED, "eleven bytes of number" },
    { BYTES("\x45\x01\x02"), PROBLEM_MALFORMED, "fixed32 cut off" },
    { BYTES("\x49\x01\x02\x03\x04\x05\x06\x07"), PROBLEM_MALFORMED, "fixed64 cut off" },
    { BYTES("\x02\x00"), PROBLEM_MALFORMED, "field number 0" },
    { BYTES("\x82\x80\x80\x80\x10\x00"), PROBLEM_MALFORMED, "field number above 2^29-1" },
    { BYTES("\x8A\x80\x80\x80\x80\x00\x00"), PROBLEM_MALFORMED, "a key of six bytes, which protobuf-c does not read" },
    { BYTES("\x0A\x80\x80\x80\x80\x80\x00"), PROBLEM_MALFORMED,
      "a length of six bytes, which protobuf-c does not read" },
    { BYTES("\x0B\x0C"), PROBLEM_MALFORMED, "a group" },
    { BYTES("\x0E"), PROBLEM_MALFORMED, "wire type 6" },
    { BYTES("\x0F"), PROBLEM_MALFORMED, "wire type 7" },
    { BYTES("\x08\x01"), PROBLEM_MALFORMED, "a number for a text" },
    { BYTES("\x1A\x01\x01"), PROBLEM_MALFORMED, "a length for a single number" },
    { BYTES("\x1D\x01\x02\x03\x04"), PROBLEM_MALFORMED, "fixed32 for a varint" },
    { BYTES("\x50\x01"), PROBLEM_MALFORMED, "a number for a message" },
    { BYTES("\x18\x01\x18\x01"), PROBLEM_MALFORMED, "a single field twice" },
    { BYTES("\x52\x00\x52\x00"), PROBLEM_MALFORMED, "a single message twice, which protobuf-c would merge" },
    { BYTES("\x6A\x02\x01\x80"), PROBLEM_MALFORMED, "packed numbers cut off" },
    { BYTES("\x92\x01\x03\x01\x02\x03"), PROBLEM_MALFORMED, "packed fixed32 cut off" },
    { BYTES("\x52\x03\x0A\x02"
            "a"),
      PROBLEM_MALFORMED, "an inner text that leaves its message" },

    { BYTES("\x0A\x03"
            "a\0b"),
      PROBLEM_BAD_TEXT, "NUL in a text" },
    { BYTES("\x0A\x02\xC0\x80"), PROBLEM_BAD_TEXT, "overlong NUL in a text" },
    { BYTES("\x0A\x03\xED\xA0\x80"), PROBLEM_BAD_TEXT, "surrogate in a text" },
    { BYTES("\x0A\x02\xE4\xB8"), PROBLEM_BAD_TEXT, "character cut off" },
    { BYTES("\x0A\x03\xE2\x80\xAE"), PROBLEM_BAD_TEXT, "right-to-left override" },
    { BYTES("\x52\x03\x0A\x01\x01"), PROBLEM_BAD_TEXT, "control character within" },
    { BYTES("\x62\x01\xFF"), PROBLEM_BAD_TEXT, "in a list of texts" },

    { BYTES("\x38\x03"), PROBLEM_BAD_VALUE, "enum value that does not exist" },
    { BYTES("\x38\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), PROBLEM_BAD_VALUE, "enum -1" },
    { BYTES("\x38\x81\x80\x80\x80\x10"), PROBLEM_BAD_VALUE, "enum that is known in its low 32 bits" },
    { BYTES("\x52\x02\x10\x09"), PROBLEM_BAD_VALUE, "enum within" },
    { BYTES("\x72\x02\x01\x03"), PROBLEM_BAD_VALUE, "enum among packed ones" },
    { BYTES("\x30\x02"), PROBLEM_BAD_VALUE, "bool 2" },

    { BYTES("\x98\x06\x01"), PROBLEM_UNKNOWN_FIELD, "field 99" },
    { BYTES("\x52\x02\x18\x01"), PROBLEM_UNKNOWN_FIELD, "unknown within" },
};

static status_t
scan(struct slice bytes)
{
    return wire_scan(arena, &shapes__shape__descriptor, bytes, &wire_limits_default);
}

/* Exact bytes on the heap, so that a sanitizer sees a step past the end. */
static Shapes__Shape *
unpack(struct slice bytes)
{
    uint8_t *copy = malloc(bytes.size + 1);
    Shapes__Shape *shape;

    assert_non_null(copy);
    memcpy(copy, bytes.data, bytes.size);
    shape = shapes__shape__unpack(NULL, bytes.size, copy);
    free(copy);
    return shape;
}

static void
test_every_sample_is_judged_as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        status_t st = scan(samples[i].bytes);
        bool right = samples[i].problem == GOOD ? !st : st && status_is(st, (enum problem_name)samples[i].problem);

        if (!right)
            fail_msg("%s: %s", samples[i].why, st ? st->problem->slug : "let through");
    }
}

static void
test_what_is_let_through_protobuf_c_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        Shapes__Shape *shape;

        if (samples[i].problem != GOOD)
            continue;
        shape = unpack(samples[i].bytes);
        if (!shape)
            fail_msg("%s", samples[i].why);
        shapes__shape__free_unpacked(shape, NULL);
    }
}

static struct slice
whole_shape(void)
{
    static uint8_t bytes[512];
    Shapes__Leaf leaf = SHAPES__LEAF__INIT;
    Shapes__Leaf *leaves[] = { &leaf, &leaf };
    Shapes__Nest inner = SHAPES__NEST__INIT;
    Shapes__Nest nest = SHAPES__NEST__INIT;
    Shapes__Shape shape = SHAPES__SHAPE__INIT;
    char text[] = "两新党员";
    char *words[] = { text, text };
    int64_t numbers[] = { 1, -1, 300, INT64_MAX };
    Shapes__Colour colours[] = { SHAPES__COLOUR__COLOUR_RED, SHAPES__COLOUR__COLOUR_BLUE };
    uint32_t marks[] = { 1, UINT32_MAX };

    leaf.text = text;
    leaf.colour = SHAPES__COLOUR__COLOUR_BLUE;
    inner.text = text;
    nest.inner = &inner;
    shape.text = text;
    shape.data = (ProtobufCBinaryData){ 4, (uint8_t *)text };
    shape.i32 = -5;
    shape.s64 = -6;
    shape.u64 = UINT64_MAX;
    shape.flag = 1;
    shape.colour = SHAPES__COLOUR__COLOUR_RED;
    shape.f32 = 7;
    shape.f64 = 0.5;
    shape.leaf = &leaf;
    shape.leaves = leaves;
    shape.n_leaves = 2;
    shape.words = words;
    shape.n_words = 2;
    shape.numbers = numbers;
    shape.n_numbers = 4;
    shape.colours = colours;
    shape.n_colours = 2;
    shape.choice_case = SHAPES__SHAPE__CHOICE_OTHER;
    shape.other = &leaf;
    shape.nest = &nest;
    shape.marks = marks;
    shape.n_marks = 2;
    return slice_make(bytes, shapes__shape__pack(&shape, bytes));
}

static void
test_every_prefix_is_judged_and_what_passes_unpacks(void **state)
{
    struct slice whole = whole_shape();
    size_t refused = 0;

    (void)state;
    assert_null(scan(whole));
    for (size_t size = 0; size < whole.size; size++) {
        struct slice prefix = slice_make(whole.data, size);
        Shapes__Shape *shape;

        if (scan(prefix)) {
            refused++;
            continue;
        }
        shape = unpack(prefix);
        assert_non_null(shape);
        shapes__shape__free_unpacked(shape, NULL);
    }
    assert_true(refused > whole.size / 2);
}

static void
test_mutated_messages_that_pass_unpack(void **state)
{
    struct slice whole = whole_shape();
    uint64_t chance = 20261121;
    int passed = 0;

    (void)state;
    for (int turn = 0; turn < 200000; turn++) {
        char bytes[512];
        Shapes__Shape *shape;

        memcpy(bytes, whole.data, whole.size);
        for (int i = 0; i <= turn % 3; i++) {
            chance = chance * UINT64_C(6364136223846793005) + 1442695040888963407;
            bytes[(chance >> 33) % whole.size] = (char)(chance >> 56);
        }
        if (turn % 512 == 0)
            arena_reset(arena);
        if (scan(slice_make(bytes, whole.size)))
            continue;
        passed++;
        shape = unpack(slice_make(bytes, whole.size));
        if (!shape)
            fail_msg("turn %d passes the scan and does not unpack", turn);
        shapes__shape__free_unpacked(shape, NULL);
    }
    assert_true(passed > 1000);
}

/* `depth` messages, each within the one before. */
static struct slice
nested(int depth)
{
    char *bytes = arena_alloc(arena, 256);
    size_t size = 0;

    for (int i = 1; i < depth; i++) {
        memmove(bytes + 2, bytes, size);
        bytes[0] = 0x0A;
        bytes[1] = (char)size;
        size += 2;
    }
    return slice_make(bytes, size);
}

static void
test_depth_is_limited(void **state)
{
    const ProtobufCMessageDescriptor *nest = &shapes__nest__descriptor;

    (void)state;
    assert_null(wire_scan(arena, nest, nested(8), &wire_limits_default));
    assert_true(status_is(wire_scan(arena, nest, nested(9), &wire_limits_default), PROBLEM_MALFORMED));
    assert_true(status_is(wire_scan(arena, nest, nested(60), &wire_limits_default), PROBLEM_MALFORMED));
}

static void
test_counts_are_limited(void **state)
{
    static const struct wire_limits few = { .depth = 4, .fields = 6, .repeated = 3 };
    static const struct {
        struct slice bytes;
        bool good;
    } rows[] = {
        { BYTES("\x5A\x00\x5A\x00\x5A\x00"), true },
        { BYTES("\x5A\x00\x5A\x00\x5A\x00\x5A\x00"), false }, /* items */
        { BYTES("\x6A\x03\x01\x02\x03"), true },
        { BYTES("\x6A\x04\x01\x02\x03\x04"), false }, /* packed items */
        { BYTES("\x5A\x02\x10\x01\x5A\x02\x10\x01\x5A\x02\x10\x01"), true },
        { BYTES("\x5A\x02\x10\x01\x5A\x02\x10\x01\x5A\x02\x10\x01\x18\x01"), false }, /* fields of all levels */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        status_t st = wire_scan(arena, &shapes__shape__descriptor, rows[i].bytes, &few);

        assert_true(rows[i].good ? !st : status_is(st, PROBLEM_TOO_MANY));
    }
}

static void
test_unknown_fields_pass_where_they_are_tolerated(void **state)
{
    static const struct wire_limits tolerant = { .depth = 4, .fields = 100, .repeated = 10, .unknown = true };
    const ProtobufCMessageDescriptor *shape = &shapes__shape__descriptor;
    struct slice unknown = BYTES("\x98\x06\x01\x9A\x06\x03\xFF\x00\xFF\x52\x02\x18\x01");
    struct slice group = BYTES("\x9B\x06\x9C\x06");

    (void)state;
    assert_null(wire_scan(arena, shape, unknown, &tolerant));
    shapes__shape__free_unpacked(unpack(unknown), NULL);
    assert_true(status_is(wire_scan(arena, shape, group, &tolerant), PROBLEM_MALFORMED));
}

static void
test_a_refusal_names_the_field(void **state)
{
    struct slice bad = BYTES("\x52\x02\x10\x09");

    (void)state;
    assert_string_equal(scan(bad)->pointer, "colour");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sample_is_judged_as_the_table_says),
        cmocka_unit_test(test_what_is_let_through_protobuf_c_takes),
        cmocka_unit_test(test_every_prefix_is_judged_and_what_passes_unpacks),
        cmocka_unit_test(test_mutated_messages_that_pass_unpack),
        cmocka_unit_test(test_depth_is_limited),
        cmocka_unit_test(test_counts_are_limited),
        cmocka_unit_test(test_unknown_fields_pass_where_they_are_tolerated),
        cmocka_unit_test(test_a_refusal_names_the_field),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
