/* SPDX-License-Identifier: Apache-2.0 */
/* The region allocator: what it hands out, where it stops, what it forgets. */
#include "support/cmocka_all.h"

#include "base/arena.h"

#define LIMIT ((size_t)64 * 1024)

static void
test_memory_is_zeroed_aligned_and_apart(void **state)
{
    struct arena *arena = arena_new(LIMIT);
    char *last = NULL;

    (void)state;
    for (size_t size = 1; size < 200; size++) {
        char *memory = arena_alloc(arena, size);

        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0x5A, size);
        assert_true(!last || last[0] == 0x5A);
        last = memory;
    }
    assert_false(arena_exhausted(arena));
    arena_free(arena);
}

static void
test_a_reset_gives_clean_memory_again(void **state)
{
    struct arena *arena = arena_new(LIMIT);
    char *memory;

    (void)state;
    memset(arena_alloc(arena, 1000), 0xFF, 1000);
    arena_alloc(arena, 40000); /* a block of its own */
    assert_true(arena_used(arena) >= 41000);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    memory = arena_alloc(arena, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(memory[i], 0);
    arena_free(arena);
}

static void
test_try_refuses_past_the_limit_and_the_refusal_sticks(void **state)
{
    struct arena *arena = arena_new(LIMIT);

    (void)state;
    assert_non_null(arena_try(arena, LIMIT));
    assert_false(arena_exhausted(arena));
    assert_null(arena_try(arena, 1));
    assert_true(arena_exhausted(arena));
    arena_reset(arena);
    assert_false(arena_exhausted(arena));
    assert_non_null(arena_try(arena, 1));
    arena_free(arena);
}

static void
test_try_refuses_sizes_that_would_overflow(void **state)
{
    static const size_t sizes[] = { LIMIT + 1, SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX };
    struct arena *arena = arena_new(LIMIT);

    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_null(arena_try(arena, sizes[i]));
    assert_int_equal(arena_used(arena), 0);
    arena_free(arena);
}

static void
test_alloc_goes_on_from_the_overdraft_and_tells(void **state)
{
    struct arena *arena = arena_new(LIMIT);

    (void)state;
    arena_alloc(arena, LIMIT);
    assert_false(arena_exhausted(arena));
    assert_non_null(arena_alloc(arena, LIMIT / 2));
    assert_true(arena_exhausted(arena));
    assert_non_null(arena_alloc(arena, 16));
    assert_true(arena_exhausted(arena));
    arena_free(arena);
}

struct diary {
    int order[4];
    int count;
};

struct note {
    struct diary *diary;
    int name;
};

static void
write_down(void *object)
{
    const struct note *note = object;

    note->diary->order[note->diary->count++] = note->name;
}

static void
test_hooks_run_once_latest_first(void **state)
{
    struct arena *arena = arena_new(LIMIT);
    struct diary diary = { .count = 0 };
    struct note notes[] = { { &diary, 1 }, { &diary, 2 }, { &diary, 3 } };

    (void)state;
    arena_dispose(arena, write_down, &notes[0]);
    arena_dispose(arena, write_down, &notes[1]);
    arena_reset(arena);
    assert_int_equal(diary.count, 2);
    assert_int_equal(diary.order[0], 2);
    assert_int_equal(diary.order[1], 1);
    arena_dispose(arena, write_down, &notes[2]);
    arena_free(arena);
    assert_int_equal(diary.count, 3);
    assert_int_equal(diary.order[2], 3);
}

static void
test_texts_are_copied_and_ended(void **state)
{
    struct arena *arena = arena_new(LIMIT);
    char text[] = "党支部";

    (void)state;
    assert_string_equal(arena_text_slice(arena, slice_make(text, 3)), "党");
    assert_string_equal(arena_text(arena, NULL), "");
    assert_string_equal(arena_printf(arena, "%s-%05d", text, 42), "党支部-00042");
    assert_memory_equal(arena_copy(arena, "a\0b", 3), "a\0b", 3);
    assert_non_null(arena_copy(arena, NULL, 0));
    assert_non_null(arena_array(arena, 0, 8));
    arena_free(arena);
}

static void
test_free_accepts_nothing(void **state)
{
    (void)state;
    arena_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(test_a_reset_gives_clean_memory_again),
        cmocka_unit_test(test_try_refuses_past_the_limit_and_the_refusal_sticks),
        cmocka_unit_test(test_try_refuses_sizes_that_would_overflow),
        cmocka_unit_test(test_alloc_goes_on_from_the_overdraft_and_tells),
        cmocka_unit_test(test_hooks_run_once_latest_first),
        cmocka_unit_test(test_texts_are_copied_and_ended),
        cmocka_unit_test(test_free_accepts_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
