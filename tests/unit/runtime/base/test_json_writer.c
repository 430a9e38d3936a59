/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as it is written, read back by a parser that is not ours. */
#include "support/cmocka_all.h"

#include <jansson.h>

#include "base/json_writer.h"

static struct strbuf buf;
static struct json_writer json;

static int
start(void **state)
{
    (void)state;
    strbuf_init(&buf, 1 << 20);
    json_init(&json, &buf);
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    strbuf_done(&buf);
    return 0;
}

static json_t *
parsed(void)
{
    json_error_t error;
    json_t *value;

    assert_false(buf.failed);
    value = json_loadb(buf.data, buf.size, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
    if (!value)
        fail_msg("%s: %s", error.text, buf.data);
    return value;
}

static void
test_commas_stand_between_items_only(void **state)
{
    (void)state;
    json_object_begin(&json, NULL);
    json_object_begin(&json, "empty");
    json_object_end(&json);
    json_array_begin(&json, "list");
    json_int(&json, NULL, 1);
    json_array_begin(&json, NULL);
    json_array_end(&json);
    json_bool(&json, NULL, true);
    json_nil(&json, NULL);
    json_array_end(&json);
    json_cstring(&json, "after", "x");
    json_bool(&json, "no", false);
    json_object_end(&json);
    assert_string_equal(buf.data, "{\"empty\":{},\"list\":[1,[],true,null],\"after\":\"x\",\"no\":false}");
}

static void
test_every_byte_below_128_comes_back(void **state)
{
    char text[128];
    json_t *array;

    (void)state;
    for (int i = 0; i < 128; i++)
        text[i] = (char)i;
    json_array_begin(&json, NULL);
    json_text(&json, NULL, slice_make(text, sizeof text));
    json_array_end(&json);
    array = parsed();
    assert_int_equal(json_string_length(json_array_get(array, 0)), sizeof text);
    assert_memory_equal(json_string_value(json_array_get(array, 0)), text, sizeof text);
    json_decref(array);
}

static void
test_hostile_texts_stay_text_in_keys_and_values(void **state)
{
    static const char *const texts[] = { "\"", "\\", "\\\"", "\"}],\"x\":[{\"", "a\nb\tc\r", "党员 𠮷 </script>", "" };
    json_t *object;

    (void)state;
    json_object_begin(&json, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_cstring(&json, texts[i], texts[i]);
    json_object_end(&json);
    object = parsed();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(json_string_value(json_object_get(object, texts[i])), texts[i]);
    json_decref(object);
}

static void
test_integers_keep_all_their_digits(void **state)
{
    static const int64_t numbers[] = { 0, -1, INT64_MAX, INT64_MIN, INT64_C(9007199254740991) };
    json_t *array;

    (void)state;
    json_array_begin(&json, NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_int(&json, NULL, numbers[i]);
    json_array_end(&json);
    array = parsed();
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_int_equal(json_integer_value(json_array_get(array, i)), numbers[i]);
    json_decref(array);
}

static void
test_the_deepest_nesting_is_right_and_can_be_done_twice(void **state)
{
    json_t *value;

    (void)state;
    json_array_begin(&json, NULL);
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 1; i < 31; i++)
            json_array_begin(&json, NULL);
        json_int(&json, NULL, turn);
        json_int(&json, NULL, turn);
        for (int i = 1; i < 31; i++)
            json_array_end(&json);
    }
    json_array_end(&json);
    value = parsed();
    assert_int_equal(json_array_size(value), 2);
    json_decref(value);
}

static void
test_a_full_buffer_is_told_by_the_buffer(void **state)
{
    struct strbuf small;

    (void)state;
    strbuf_init(&small, 8);
    json_init(&json, &small);
    json_object_begin(&json, NULL);
    json_cstring(&json, "key", "a long value");
    json_object_end(&json);
    assert_true(small.failed);
    strbuf_done(&small);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_commas_stand_between_items_only, start, finish),
        cmocka_unit_test_setup_teardown(test_every_byte_below_128_comes_back, start, finish),
        cmocka_unit_test_setup_teardown(test_hostile_texts_stay_text_in_keys_and_values, start, finish),
        cmocka_unit_test_setup_teardown(test_integers_keep_all_their_digits, start, finish),
        cmocka_unit_test_setup_teardown(test_the_deepest_nesting_is_right_and_can_be_done_twice, start, finish),
        cmocka_unit_test_setup_teardown(test_a_full_buffer_is_told_by_the_buffer, start, finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
