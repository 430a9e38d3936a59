/* SPDX-License-Identifier: Apache-2.0 */
/* Messages in an arena, and field rules: which fault, at which JSON pointer. */
#include "support/cmocka_all.h"

#include "rpc/codec.h"
#include "shapes.pb-c.h"

static const struct field_rule shape_rules[] = {
    { .field = "text", .required = true, .min_length = 2, .max_length = 4 },
    { .field = "data", .max_length = 4 },
    { .field = "i32", .bounded = true, .minimum = -3, .maximum = 10 },
    { .field = "s64", .required = true },
    { .field = "leaf", .required = true },
    { .field = "leaves", .max_items = 2 },
    { .field = "words", .required = true, .max_items = 2, .max_length = 3 },
    { .field = "numbers", .bounded = true, .minimum = 0, .maximum = 9 },
    { .field = "colour", .required = true },
    { .field = "note", .format = "date" },
};
static const struct field_rule leaf_rules[] = { { .field = "text", .format = "code", .max_length = 8 } };
static const struct message_rules rules[] = {
    { &shapes__shape__descriptor, shape_rules, sizeof shape_rules / sizeof *shape_rules },
    { &shapes__leaf__descriptor, leaf_rules, 1 },
    { 0 },
};
static const struct rpc_method method = { .name = "shapes.Shapes/Put", .rules = rules };

static struct arena *arena;

/* A message without a fault; the tests spoil it. */
static Shapes__Shape *
good_shape(void)
{
    static char word[] = "党员";
    static char *words[] = { word };
    Shapes__Shape *shape = (Shapes__Shape *)codec_new(arena, &shapes__shape__descriptor);

    shape->text = word;
    shape->s64 = 1;
    shape->leaf = (Shapes__Leaf *)codec_new(arena, &shapes__leaf__descriptor);
    shape->words = words;
    shape->n_words = 1;
    shape->colour = SHAPES__COLOUR__COLOUR_RED;
    return shape;
}

static status_t
check(const Shapes__Shape *shape)
{
    return codec_check(arena, &method, &shape->base);
}

/* The only fault is `name` at `pointer`. */
static void
expect(const Shapes__Shape *shape, enum problem_name name, const char *pointer)
{
    status_t st = check(shape);

    assert_non_null(st);
    assert_null(st->next);
    assert_string_equal(st->problem->slug, problem_of(name)->slug);
    assert_string_equal(st->pointer, pointer);
}

static void
test_a_good_message_passes(void **state)
{
    (void)state;
    assert_null(check(good_shape()));
}

static void
test_lengths_count_characters(void **state)
{
    Shapes__Shape *shape = good_shape();

    (void)state;
    shape->text = arena_text(arena, "中共党员");
    assert_null(check(shape));
    shape->text = arena_text(arena, "中共党员们");
    expect(shape, PROBLEM_TOO_LONG, "/text");
    shape->text = arena_text(arena, "中");
    expect(shape, PROBLEM_TOO_SHORT, "/text");
    shape->text = arena_text(arena, "");
    expect(shape, PROBLEM_REQUIRED, "/text");
}

static void
test_numbers_and_bytes_have_bounds(void **state)
{
    Shapes__Shape *shape = good_shape();

    (void)state;
    shape->i32 = -3;
    assert_null(check(shape));
    shape->i32 = -4;
    expect(shape, PROBLEM_OUT_OF_RANGE, "/i32");
    shape->i32 = 11;
    expect(shape, PROBLEM_OUT_OF_RANGE, "/i32");
    shape->i32 = 10;
    shape->data = (ProtobufCBinaryData){ 4, (uint8_t *)shape->text };
    assert_null(check(shape));
    shape->data.len = 5;
    expect(shape, PROBLEM_TOO_LARGE, "/data");
}

static void
test_what_is_required_must_be_there(void **state)
{
    Shapes__Shape *shape = good_shape();

    (void)state;
    shape->leaf = NULL;
    expect(shape, PROBLEM_REQUIRED, "/leaf");
    shape = good_shape();
    shape->n_words = 0;
    expect(shape, PROBLEM_REQUIRED, "/words");
    shape = good_shape();
    shape->colour = SHAPES__COLOUR__COLOUR_UNSPECIFIED;
    expect(shape, PROBLEM_REQUIRED, "/colour");
    shape = good_shape();
    shape->s64 = 0;
    expect(shape, PROBLEM_REQUIRED, "/s64");
}

static void
test_pointers_lead_into_nested_and_repeated_fields(void **state)
{
    Shapes__Shape *shape = good_shape();
    Shapes__Leaf good = SHAPES__LEAF__INIT;
    Shapes__Leaf bad = SHAPES__LEAF__INIT;
    Shapes__Leaf *leaves[] = { &good, &bad };
    int64_t numbers[] = { 0, 9, 10 };

    (void)state;
    bad.text = arena_text(arena, "a b");
    shape->leaves = leaves;
    shape->n_leaves = 2;
    expect(shape, PROBLEM_BAD_FORMAT, "/leaves/1/text");
    shape->n_leaves = 1;
    shape->leaf = &bad;
    expect(shape, PROBLEM_BAD_FORMAT, "/leaf/text");
    shape->leaf = &good;
    shape->numbers = numbers;
    shape->n_numbers = 3;
    expect(shape, PROBLEM_OUT_OF_RANGE, "/numbers/2");
}

static void
test_lists_have_a_most_and_rules_for_their_items(void **state)
{
    Shapes__Shape *shape = good_shape();
    char *words[] = { arena_text(arena, "a"), arena_text(arena, "bcde"), arena_text(arena, "f") };

    (void)state;
    shape->words = words;
    shape->n_words = 3;
    expect(shape, PROBLEM_TOO_MANY, "/words");
    shape->n_words = 2;
    expect(shape, PROBLEM_TOO_LONG, "/words/1");
}

static void
test_the_side_of_a_oneof_that_is_absent_is_not_looked_at(void **state)
{
    Shapes__Shape *shape = good_shape();

    (void)state;
    shape->choice_case = SHAPES__SHAPE__CHOICE_OTHER;
    shape->other = (Shapes__Leaf *)codec_new(arena, &shapes__leaf__descriptor);
    assert_null(check(shape));
    shape->choice_case = SHAPES__SHAPE__CHOICE_NOTE;
    shape->note = arena_text(arena, "2026-02-30");
    expect(shape, PROBLEM_BAD_FORMAT, "/note");
}

static void
test_all_faults_come_back_in_the_order_of_the_fields(void **state)
{
    static const char *const expected[] = { "/text", "/i32", "/s64", "/colour", "/leaf/text", "/words" };
    Shapes__Shape *shape = good_shape();
    status_t st;

    (void)state;
    shape->text = arena_text(arena, "");
    shape->i32 = 99;
    shape->s64 = 0;
    shape->colour = SHAPES__COLOUR__COLOUR_UNSPECIFIED;
    shape->leaf->text = arena_text(arena, "!");
    shape->n_words = 0;
    st = check(shape);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++, st = st->next) {
        assert_non_null(st);
        assert_string_equal(st->pointer, expected[i]);
    }
    assert_null(st);
}

static void
test_formats_fit_what_they_name(void **state)
{
    static const struct {
        const char *format;
        const char *text;
        bool fits;
    } rows[] = {
        { "uuid", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", true },
        { "uuid", "017f22e279b07cc398c4dc0c0c07398f", false },
        { "date", "2024-02-29", true },
        { "date", "2025-02-29", false },
        { "month", "2026-12", true },
        { "month", "2026-13", false },
        { "region", "320602", true },
        { "region", "320602001", true },
        { "region", "3206", false },
        { "region", "32060x", false },
        { "code", "A-1_z", true },
        { "code", "a.b", false },
        { "code", "党", false },
        { "token", "", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (codec_format_fits(rows[i].format, slice_of(rows[i].text)) != rows[i].fits)
            fail_msg("%s %s", rows[i].format, rows[i].text);
}

static void
test_packing_and_unpacking_agree(void **state)
{
    struct slice bytes = codec_pack(arena, &good_shape()->base);
    ProtobufCMessage *message;

    (void)state;
    assert_null(codec_unpack(arena, &shapes__shape__descriptor, bytes, &message));
    assert_true(slice_equal(codec_pack(arena, message), bytes));
    assert_int_equal(codec_pack(arena, codec_new(arena, &shapes__leaf__descriptor)).size, 0);
}

static void
test_what_needs_more_memory_than_the_arena_has_is_exhausted(void **state)
{
    struct arena *small = arena_new(16 * 1024);
    char bytes[4000];
    ProtobufCMessage *message;

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i += 2)
        memcpy(bytes + i, "\x5A\x00", 2); /* 2 bytes on the wire, 48 and a pointer in memory */
    assert_true(status_is(codec_unpack(small, &shapes__shape__descriptor, slice_make(bytes, sizeof bytes), &message),
                          PROBLEM_EXHAUSTED));
    arena_reset(small);
    assert_null(codec_unpack(small, &shapes__shape__descriptor, slice_make(bytes, 200), &message));
    arena_free(small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_good_message_passes),
        cmocka_unit_test(test_lengths_count_characters),
        cmocka_unit_test(test_numbers_and_bytes_have_bounds),
        cmocka_unit_test(test_what_is_required_must_be_there),
        cmocka_unit_test(test_pointers_lead_into_nested_and_repeated_fields),
        cmocka_unit_test(test_lists_have_a_most_and_rules_for_their_items),
        cmocka_unit_test(test_the_side_of_a_oneof_that_is_absent_is_not_looked_at),
        cmocka_unit_test(test_all_faults_come_back_in_the_order_of_the_fields),
        cmocka_unit_test(test_formats_fit_what_they_name),
        cmocka_unit_test(test_packing_and_unpacking_agree),
        cmocka_unit_test(test_what_needs_more_memory_than_the_arena_has_is_exhausted),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
