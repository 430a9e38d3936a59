/* SPDX-License-Identifier: Apache-2.0 */
/* Page cursors: they lead on from where they were made, and nowhere else. */
#include "support/cmocka_all.h"

#include "rpc/cursor.h"

static struct arena *arena;
static const char *const keys[] = { "张三", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" };

static void
refused(const char *cursor, const char *filter, size_t count)
{
    const char *back[4];
    status_t st = cursor_read(arena, cursor, filter, back, count);

    assert_true(status_is(st, PROBLEM_CURSOR_MISMATCH));
    assert_string_equal(st->pointer, "/cursor");
}

static void
test_keys_come_back_as_they_were(void **state)
{
    const char *cursor = cursor_write(arena, "status=active", keys, 2);
    const char *back[2];

    (void)state;
    assert_null(cursor_read(arena, cursor, "status=active", back, 2));
    assert_string_equal(back[0], keys[0]);
    assert_string_equal(back[1], keys[1]);
    cursor = cursor_write(arena, "", (const char *[]){ "", "" }, 2);
    assert_null(cursor_read(arena, cursor, "", back, 2));
    assert_string_equal(back[0], "");
    assert_string_equal(back[1], "");
}

static void
test_another_filter_refuses_it(void **state)
{
    const char *cursor = cursor_write(arena, "status=active", keys, 2);

    (void)state;
    refused(cursor, "status=lost", 2);
    refused(cursor, "", 2);
}

static void
test_another_number_of_keys_refuses_it(void **state)
{
    const char *cursor = cursor_write(arena, "f", keys, 2);

    (void)state;
    refused(cursor, "f", 1);
    refused(cursor, "f", 3);
}

static void
test_no_digit_may_be_changed_added_or_missing(void **state)
{
    const char *cursor = cursor_write(arena, "f", keys, 2);
    size_t size = strlen(cursor);

    (void)state;
    for (size_t i = 0; i < size; i++) {
        char *copy = arena_text(arena, cursor);

        copy[i] = copy[i] == '0' ? '1' : '0';
        refused(copy, "f", 2);
        refused(arena_text_slice(arena, slice_make(cursor, i)), "f", 2);
    }
    refused(arena_printf(arena, "%s00", cursor), "f", 2);
    refused(arena_printf(arena, "%s0041", cursor), "f", 2);
    refused(arena_printf(arena, "%s0", cursor), "f", 2);
}

static void
test_noise_is_refused(void **state)
{
    static const char *const texts[] = { "", "zz", "0", "00112233445566778899aabbccddeeff", "../../etc/passwd", "党" };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refused(texts[i], "f", 1);
    refused(arena_printf(arena, "%0*d", 4000, 0), "f", 1);
}

static void
test_another_key_refuses_it(void **state)
{
    struct seal_key key = { { 1 } };
    const char *cursor = cursor_write(arena, "f", keys, 2);

    (void)state;
    cursor_open(&key);
    refused(cursor, "f", 2);
}

static int
start(void **state)
{
    struct seal_key key = { { 42 } };

    (void)state;
    cursor_open(&key);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_keys_come_back_as_they_were, start),
        cmocka_unit_test_setup(test_another_filter_refuses_it, start),
        cmocka_unit_test_setup(test_another_number_of_keys_refuses_it, start),
        cmocka_unit_test_setup(test_no_digit_may_be_changed_added_or_missing, start),
        cmocka_unit_test_setup(test_noise_is_refused, start),
        cmocka_unit_test_setup(test_another_key_refuses_it, start),
    };
    int failed;

    seal_init();
    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
