/* SPDX-License-Identifier: Apache-2.0 */
/* Files without a socket: chunks, pieces, and what a head says of a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "gateway/http/file_head.h"
#include "gateway/connections/upload.h"

static const struct {
    const char *sent;
    const char *data; /* NULL: refused */
} bodies[] = {
    { "5\r\nhello\r\n0\r\n\r\n", "hello" },
    { "1\r\na\r\n00000002\r\nbc\r\n0\r\n\r\n", "abc" },
    { "A\r\n0123456789\r\n0\r\n\r\nGET / HTTP/1.1\r\n", "0123456789" },
    { "0\r\n\r\n", "" },
    { "000000001\r\na\r\n0\r\n\r\n", NULL },
    { "1;name=value\r\na\r\n0\r\n\r\n", NULL },
    { "1 \r\na\r\n0\r\n\r\n", NULL },
    { "1\na\r\n0\r\n\r\n", NULL },
    { "1\r\nab\r\n0\r\n\r\n", NULL },
    { "1\r\na\n0\r\n\r\n", NULL },
    { "\r\n", NULL },
    { "-1\r\n", NULL },
    { "0x1\r\n", NULL },
    { "0\r\nTrailer: a\r\n\r\n", NULL },
};

/* The body in portions of `step` bytes. */
static void
decode(const char *sent, size_t step, struct chunked *chunked, char *ret_data)
{
    size_t kept = 0;

    for (size_t i = 0; i < strlen(sent); i += step) {
        size_t size = strlen(sent + i) < step ? strlen(sent + i) : step;

        memcpy(ret_data + kept, sent + i, size);
        kept += chunked_decode(chunked, ret_data + kept, size);
    }
    ret_data[kept] = '\0';
}

static void
test_chunks_come_off_however_they_are_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        for (size_t step = 1; step < 30; step++) {
            struct chunked chunked = { 0 };
            char data[100];

            decode(bodies[i].sent, step, &chunked, data);
            assert_int_equal(chunked.state, bodies[i].data ? CHUNKED_DONE : CHUNKED_BAD);
            if (bodies[i].data)
                assert_string_equal(data, bodies[i].data);
        }
}

/* Feeds `size` bytes and lets the pieces go; their number, with the size of the last one. */
static size_t
feed(struct upload *upload, size_t size, size_t *ret_last)
{
    char *bytes = calloc(1, size + 1);
    size_t fed = 0;
    size_t pieces = 0;
    bool last = false;

    while (!last) {
        while (upload_look(upload) == UPLOAD_MORE) {
            fed += upload_take(upload, slice_make(bytes + fed, size - fed));
            assert_true(upload->filled <= sizeof upload->room);
        }
        assert_int_equal(upload_look(upload), UPLOAD_READY);
        *ret_last = upload_piece(upload, &last).size;
        assert_true(last || *ret_last == UPLOAD_PIECE);
        upload_gone(upload);
        pieces++;
    }
    assert_int_equal(fed, size);
    free(bytes);
    return pieces;
}

static void
test_a_body_becomes_pieces(void **state)
{
    static const struct {
        size_t size, pieces, last;
    } cases[] = { { 0, 1, 0 },
                  { 1, 1, 1 },
                  { UPLOAD_PIECE - 1, 1, UPLOAD_PIECE - 1 },
                  { UPLOAD_PIECE, 1, UPLOAD_PIECE },
                  { UPLOAD_PIECE + 1, 2, 1 },
                  { 2 * UPLOAD_PIECE, 2, UPLOAD_PIECE },
                  { 3 * UPLOAD_PIECE + 17, 4, 17 } };
    struct upload *upload = malloc(sizeof *upload);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t last = 1;

        upload_begin(upload, false, cases[i].size);
        assert_int_equal(feed(upload, cases[i].size, &last), cases[i].pieces);
        assert_int_equal(last, cases[i].last);
    }
    free(upload);
}

static void
test_what_follows_a_body_is_left(void **state)
{
    struct upload *upload = malloc(sizeof *upload);
    bool last;

    (void)state;
    upload_begin(upload, false, 3);
    assert_int_equal(upload_take(upload, slice_of("abcGET /")), 3);
    assert_int_equal(upload_look(upload), UPLOAD_READY);
    assert_true(slice_is(upload_piece(upload, &last), "abc"));
    assert_true(last);
    free(upload);
}

static void
test_chunks_have_a_limit(void **state)
{
    struct upload *upload = malloc(sizeof *upload);

    (void)state;
    upload_begin(upload, true, 3);
    upload_take(upload, slice_of("3\r\nabc\r\n"));
    assert_int_equal(upload_look(upload), UPLOAD_MORE);
    upload_take(upload, slice_of("1\r\nd"));
    assert_int_equal(upload_look(upload), UPLOAD_TOO_LONG);
    upload_begin(upload, true, 3);
    upload_take(upload, slice_of("3\rabc"));
    assert_int_equal(upload_look(upload), UPLOAD_MALFORMED);
    free(upload);
}

static void
test_the_head_names_the_file(void **state)
{
    struct arena *arena = arena_new((size_t)1 << 16);
    char name[300];

    (void)state;
    assert_string_equal(file_disposition(arena, "a b.csv"),
                        "attachment; filename=\"a b.csv\"; filename*=UTF-8''a%20b.csv");
    assert_string_equal(file_disposition(arena, "党\".pdf"),
                        "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E5%85%9A%22.pdf");
    assert_string_equal(file_disposition(arena, "a\r\nX: 1"),
                        "attachment; filename=\"a__X_ 1\"; filename*=UTF-8''a%0D%0AX%3A%201");
    assert_string_equal(file_disposition(arena, ""), "attachment");
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_string_equal(file_disposition(arena, name), "attachment");
    arena_free(arena);
}

static void
test_a_browser_is_given_nothing_to_run(void **state)
{
    (void)state;
    assert_string_equal(file_media_type("image/png"), "image/png");
    assert_string_equal(file_media_type("text/html"), "application/octet-stream");
    assert_string_equal(file_media_type("image/svg+xml"), "application/octet-stream");
    assert_string_equal(file_media_type(""), "application/octet-stream");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chunks_come_off_however_they_are_cut),
        cmocka_unit_test(test_a_body_becomes_pieces),
        cmocka_unit_test(test_what_follows_a_body_is_left),
        cmocka_unit_test(test_chunks_have_a_limit),
        cmocka_unit_test(test_the_head_names_the_file),
        cmocka_unit_test(test_a_browser_is_given_nothing_to_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
