/* SPDX-License-Identifier: Apache-2.0 */
/* Token buckets, client addresses, PROXY headers, links to the next page. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>

#include "gateway/journey/limiter.h"
#include "gateway/http/link.h"
#include "gateway/http/proxy_header.h"

#define SECOND INT64_C(1000000)

static const struct limit_policy ten_a_minute = { "test", 10, 60 };
static const struct limit_policy none = { "none", 0, 60 };
static const struct limit_policy another = { "another", 1, 60 };
static struct arena *arena;

static struct limiter *
limiter(size_t buckets)
{
    const struct seal_key seed = { { 7 } };

    return limiter_new(arena, buckets, &seed);
}

static void
test_a_bucket_empties_and_fills(void **state)
{
    struct limiter *all = limiter(64);
    struct limit_state told;
    int64_t now = 1000 * SECOND;

    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_true(limiter_take(all, &ten_a_minute, slice_of("a"), now, &told));
        assert_int_equal(told.remaining, 9 - i);
        assert_int_equal(told.reset_s, 6 * (i + 1));
        assert_int_equal(told.retry_s, 0);
    }
    assert_false(limiter_take(all, &ten_a_minute, slice_of("a"), now, &told));
    assert_int_equal(told.remaining, 0);
    assert_int_equal(told.retry_s, 6);
    assert_false(limiter_would(all, &ten_a_minute, slice_of("a"), now, &told));
    assert_true(limiter_take(all, &ten_a_minute, slice_of("b"), now, &told)); /* somebody else */
    assert_true(limiter_take(all, &another, slice_of("a"), now, &told));      /* another policy */
    assert_false(limiter_take(all, &ten_a_minute, slice_of("a"), now + 6 * SECOND - 1, &told));
    assert_true(limiter_take(all, &ten_a_minute, slice_of("a"), now + 6 * SECOND, &told)); /* refusals cost nothing */
    assert_false(limiter_take(all, &ten_a_minute, slice_of("a"), now + 6 * SECOND, &told));
    assert_true(limiter_take(all, &ten_a_minute, slice_of("a"), now + 500 * SECOND, &told));
    assert_int_equal(told.remaining, 9); /* full, and not more */
}

static void
test_no_limit_tells_nothing(void **state)
{
    struct limiter *all = limiter(64);
    struct limit_state told;

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_true(limiter_take(all, &none, slice_of("a"), SECOND, &told));
    assert_null(told.policy);
}

/* Strangers without end do not grow it, and the one who is refused is not the first to be forgotten. */
static void
test_a_full_table_forgets_the_fullest_bucket(void **state)
{
    struct limiter *all = limiter(8);
    struct limit_state told;
    char name[16];

    (void)state;
    while (limiter_take(all, &ten_a_minute, slice_of("greedy"), SECOND, &told))
        ;
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "stranger %d", i);
        assert_true(limiter_take(all, &ten_a_minute, slice_of(name), SECOND, &told));
    }
    assert_false(limiter_take(all, &ten_a_minute, slice_of("greedy"), SECOND, &told));
}

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define HEADER(text)                                                                                                   \
    {                                                                                                                  \
        text, sizeof(text) - 1                                                                                         \
    }

static const struct {
    struct slice bytes;
    enum proxy_verdict verdict;
    size_t size;
    uint8_t last; /* byte of the address */
} headers[] = {
    { HEADER(""), PROXY_MORE, 0, 0 },
    { HEADER("\r\n\r\n"), PROXY_MORE, 0, 0 },
    { HEADER("GET / HTTP/1.1\r\n"), PROXY_BAD, 0, 0 },
    { HEADER("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n"), PROXY_BAD, 0, 0 },
    { HEADER(SIGNATURE "\x21\x11\0\x0c"), PROXY_MORE, 0, 0 },
    { HEADER(SIGNATURE "\x21\x11\0\x0c\x0a\1\2\3\x7f\0\0\1\xff\xff\0\x50"
                       "GET"),
      PROXY_GOOD, 28, 3 },
    { HEADER(SIGNATURE "\x21\x11\0\x0f\x0a\1\2\3\x7f\0\0\1\xff\xff\0\x50\4\0\0"), PROXY_GOOD, 31, 3 },
    { HEADER(SIGNATURE "\x20\0\0\0"), PROXY_GOOD, 16, 9 },
    { HEADER(SIGNATURE "\x21\x11\0\x04\x0a\1\2\3"), PROXY_BAD, 20, 9 },
    { HEADER(SIGNATURE "\x21\x12\0\x0c\x0a\1\2\3\x7f\0\0\1\xff\xff\0\x50"), PROXY_BAD, 28, 9 }, /* UDP */
    { HEADER(SIGNATURE "\x11\x11\0\x0c\x0a\1\2\3\x7f\0\0\1\xff\xff\0\x50"), PROXY_BAD, 0, 0 },  /* version 1 */
    { HEADER(SIGNATURE "\x21\x11\xff\xff"), PROXY_BAD, 0, 0 },
};

static void
test_proxy_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct address address = { { [15] = 9 } };
        size_t size = 0;

        assert_int_equal(proxy_header_read(headers[i].bytes, &size, &address), headers[i].verdict);
        assert_int_equal(size, headers[i].size);
        if (headers[i].verdict == PROXY_GOOD)
            assert_int_equal(address.bytes[15], headers[i].last);
    }
}

static void
test_an_ipv6_client_is_its_network(void **state)
{
    const uint8_t one[16] = { 0x20, 1, 0xd, 0xb8, [8] = 1, [15] = 1 };
    const uint8_t other[16] = { 0x20, 1, 0xd, 0xb8, [8] = 2, [15] = 9 };
    const uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff, 10, 1, 2, 3 };
    struct address a = address_ip6(one);
    struct address b = address_ip6(other);
    struct address c = address_ip6(mapped);
    struct address d = address_ip4(mapped + 12);

    (void)state;
    assert_memory_equal(&a, &b, sizeof a);
    assert_memory_equal(&c, &d, sizeof c);
}

static void
test_links_to_the_next_page(void **state)
{
    static char longer[3000];

    (void)state;
    memset(longer, 'x', sizeof longer - 1);
    assert_string_equal(link_next(arena, slice_of("/a"), slice_of(""), "c1"), "</a?cursor=c1>; rel=\"next\"");
    assert_string_equal(link_next(arena, slice_of("/a"), slice_of("limit=2&cursor=c0&state=issued"), "c+/="),
                        "</a?limit=2&state=issued&cursor=c%2B%2F%3D>; rel=\"next\"");
    assert_null(link_next(arena, slice_of("/a"), slice_of(longer), "c"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_bucket_empties_and_fills),
        cmocka_unit_test(test_no_limit_tells_nothing),
        cmocka_unit_test(test_a_full_table_forgets_the_fullest_bucket),
        cmocka_unit_test(test_proxy_headers),
        cmocka_unit_test(test_an_ipv6_client_is_its_network),
        cmocka_unit_test(test_links_to_the_next_page),
    };
    int failed;

    seal_init();
    arena = arena_new((size_t)1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
