/* SPDX-License-Identifier: Apache-2.0 */
/* Growable text: growth, the limit that sticks, consuming from the front. */
#include "support/cmocka_all.h"

#include "base/strbuf.h"

static void
test_text_grows_and_stays_ended(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 1 << 20);
    for (int i = 0; i < 10000; i++) {
        strbuf_printf(&buf, "%04d", i);
        strbuf_char(&buf, ';');
    }
    assert_false(buf.failed);
    assert_int_equal(buf.size, 50000);
    assert_int_equal(strlen(buf.data), 50000);
    assert_memory_equal(buf.data + 49995, "9999;", 6);
    strbuf_done(&buf);
}

static void
test_the_limit_is_exact_and_the_failure_sticks(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 8);
    strbuf_text(&buf, "12345678");
    assert_false(buf.failed);
    strbuf_char(&buf, '9');
    assert_true(buf.failed);
    strbuf_text(&buf, "");
    assert_true(buf.failed);
    assert_true(slice_is(strbuf_slice(&buf), "12345678"));
    strbuf_done(&buf);
}

static void
test_what_does_not_fit_is_left_out_whole(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 8);
    strbuf_text(&buf, "abc");
    strbuf_printf(&buf, "%s", "123456");
    assert_true(buf.failed);
    strbuf_text(&buf, "d");
    assert_true(slice_is(strbuf_slice(&buf), "abc"));
    strbuf_done(&buf);
}

static void
test_reset_forgets_the_failure(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 4);
    strbuf_text(&buf, "12345");
    assert_true(buf.failed);
    strbuf_reset(&buf);
    strbuf_text(&buf, "1234");
    assert_false(buf.failed);
    assert_string_equal(buf.data, "1234");
    strbuf_done(&buf);
}

static void
test_consume_takes_from_the_front(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 16);
    strbuf_consume(&buf, 0);
    strbuf_text(&buf, "head body");
    strbuf_consume(&buf, 5);
    assert_string_equal(buf.data, "body");
    strbuf_consume(&buf, 4);
    assert_int_equal(buf.size, 0);
    strbuf_text(&buf, "0123456789abcdef"); /* all the room is there again */
    assert_false(buf.failed);
    strbuf_done(&buf);
}

static void
test_bytes_may_hold_nul(void **state)
{
    struct strbuf buf;

    (void)state;
    strbuf_init(&buf, 16);
    assert_int_equal(strbuf_slice(&buf).size, 0);
    assert_non_null(strbuf_slice(&buf).data);
    strbuf_add(&buf, "a\0b", 3);
    strbuf_add(&buf, NULL, 0);
    assert_int_equal(buf.size, 3);
    assert_memory_equal(buf.data, "a\0b", 4);
    strbuf_done(&buf);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_grows_and_stays_ended),
        cmocka_unit_test(test_the_limit_is_exact_and_the_failure_sticks),
        cmocka_unit_test(test_what_does_not_fit_is_left_out_whole),
        cmocka_unit_test(test_reset_forgets_the_failure),
        cmocka_unit_test(test_consume_takes_from_the_front),
        cmocka_unit_test(test_bytes_may_hold_nul),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
