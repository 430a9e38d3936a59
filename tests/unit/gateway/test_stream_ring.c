/* SPDX-License-Identifier: Apache-2.0 */
/* What a ring of changes holds, and what it does not know any more. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway/streams/stream_ring.h"

#define SIZE 4

static const struct id epoch = { { 1 } };

static struct stream_ring
filled(int64_t first, int64_t last)
{
    struct stream_ring ring;
    struct stream_place begin = { epoch, first - 1 };

    stream_ring_init(&ring, SIZE);
    stream_ring_restart(&ring, &begin);
    for (int64_t pos = first; pos <= last; pos++)
        stream_ring_put(&ring, &(struct stream_item){ .pos = pos });
    return ring;
}

static bool
holds(const struct stream_ring *ring, int64_t pos)
{
    return stream_ring_holds(ring, &(struct stream_place){ epoch, pos });
}

static void
test_a_full_ring_forgets_the_oldest(void **state)
{
    struct stream_ring ring = filled(5, 10);

    (void)state;
    assert_false(holds(&ring, 5));
    assert_true(holds(&ring, 6));
    assert_true(holds(&ring, 10));
    assert_false(holds(&ring, 11));
    assert_int_equal(stream_ring_next(&ring, 6)->pos, 7);
    assert_int_equal(stream_ring_next(&ring, 9)->pos, 10);
    assert_null(stream_ring_next(&ring, 10));
    stream_ring_advance(&ring, 20);
    assert_true(holds(&ring, 15)); /* nothing of ours lay between */
    stream_ring_done(&ring);
}

static void
test_another_life_and_a_closed_ring_hold_nothing(void **state)
{
    struct stream_ring ring = filled(1, 2);
    struct stream_place other = { { { 2 } }, 1 };

    (void)state;
    assert_false(stream_ring_holds(&ring, &other));
    stream_ring_close(&ring);
    assert_false(holds(&ring, 1));
    stream_ring_done(&ring);
}

static void
test_a_place_is_read_as_it_was_written(void **state)
{
    static const char *const bad[] = { "",
                                       ":",
                                       "01000000-0000-0000-0000-000000000000",
                                       "01000000-0000-0000-0000-000000000000:",
                                       "01000000-0000-0000-0000-000000000000:-1",
                                       "01000000-0000-0000-0000-000000000000:1x",
                                       "01000000-0000-0000-0000-000000000000:9999999999999999999",
                                       "zz000000-0000-0000-0000-000000000000:1" };
    struct stream_place place = { epoch, INT64_C(123456789012345678) };
    struct stream_place read;
    char text[STREAM_EVENT_ID_SIZE];

    (void)state;
    stream_place_format(&place, text);
    assert_true(stream_place_parse(slice_of(text), &read));
    assert_memory_equal(&read.epoch, &place.epoch, sizeof place.epoch);
    assert_int_equal(read.pos, place.pos);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(stream_place_parse(slice_of(bad[i]), &read));
}

static void
test_who_may_see_an_item(void **state)
{
    struct id one = { { 1 } };
    struct id two = { { 2 } };
    struct id nobody = { { 0 } };
    struct stream_item to_organization = { .organization = { one }, .n_organizations = 1 };
    struct stream_item to_account = { .account = two };

    (void)state;
    assert_true(stream_item_is_for(&to_organization, &two, &one));
    assert_false(stream_item_is_for(&to_organization, &one, &two));
    assert_true(stream_item_is_for(&to_account, &two, &one));
    assert_false(stream_item_is_for(&to_account, &one, &two));
    assert_false(stream_item_is_for(&to_organization, &nobody, &two));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_full_ring_forgets_the_oldest),
        cmocka_unit_test(test_another_life_and_a_closed_ring_hold_nothing),
        cmocka_unit_test(test_a_place_is_read_as_it_was_written),
        cmocka_unit_test(test_who_may_see_an_item),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
