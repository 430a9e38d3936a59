/* SPDX-License-Identifier: Apache-2.0 */
/* Files through the gateway, in pieces: whole or not at all, never faster than they are taken. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "harness.h"

#define PIECE    (256 * 1024)
#define KNOWN    "Authorization: Bearer good\r\n"
#define GET_FILE "GET /api/v1/things/%s/file HTTP/1.1\r\nHost: a\r\n" KNOWN "\r\n"

static struct answer answer;

__attribute__((format(printf, 2, 3))) static void
say(int fd, const char *format, ...)
{
    char text[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    client_send(fd, text);
}

static char *
file_of(size_t size)
{
    char *file = malloc(size + 1);

    CHECK(file != NULL);
    for (size_t i = 0; i < size; i++)
        file[i] = file_byte(i);
    file[size] = '\0';
    return file;
}

static void
say_head(int fd, const char *id, size_t size, const char *fields)
{
    say(fd, "PUT /api/v1/things/%s/file?title=t HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n%s\r\n", id, size,
        fields);
}

static void
put(int fd, const char *id, size_t size)
{
    char *file = file_of(size);

    say_head(fd, id, size, KNOWN);
    client_send(fd, file);
    free(file);
}

/* The file in chunks of growing size. */
static void
put_chunked(int fd, const char *id, size_t size)
{
    char *file = file_of(size);
    size_t chunk;

    say(fd, "PUT /api/v1/things/%s/file HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" KNOWN "\r\n", id);
    for (size_t at = 0; at < size; at += chunk) {
        char kept;

        chunk = at + 1 < size - at ? at + 1 : size - at;
        kept = file[at + chunk];
        file[at + chunk] = '\0';
        say(fd, "%zx\r\n", chunk);
        client_send(fd, file + at);
        client_send(fd, "\r\n");
        file[at + chunk] = kept;
    }
    client_send(fd, "0\r\n\r\n");
    free(file);
}

static void
expect_taken(struct harness *harness, int fd, size_t size, int files)
{
    char told[64];

    snprintf(told, sizeof told, "\"big\":%zu,", size);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 200);
    assert_non_null(strstr(answer.body, told));
    assert_int_equal(atomic_load(&harness->service.file_faults), 0);
    assert_int_equal(atomic_load(&harness->service.file_size), size);
    assert_int_equal(atomic_load(&harness->service.file_last), files);
}

static void
expect_problem(int fd, int http, const char *code)
{
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, http);
    assert_non_null(strstr(answer.body, code));
    assert_true(client_is_closed(fd));
    close(fd);
}

static void
test_a_file_of_any_length_arrives_whole(void **state)
{
    static const size_t sizes[] = { 0, 1, 16000, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5000000 };
    struct harness *harness = *state;
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        put(fd, "any", sizes[i]);
        expect_taken(harness, fd, sizes[i], (int)i + 1);
    }
    assert_int_equal(atomic_load(&harness->service.pieces), 1 + 1 + 1 + 1 + 1 + 2 + 2 + 20);
    close(fd);
}

static void
test_a_file_arrives_in_chunks(void **state)
{
    static const size_t sizes[] = { 0, 1, PIECE, PIECE + 1, 3000000 };
    struct harness *harness = *state;

    harness_start(harness);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        int fd = client_open(harness);

        put_chunked(fd, "any", sizes[i]);
        expect_taken(harness, fd, sizes[i], (int)i + 1);
        assert_true(client_is_closed(fd));
        close(fd);
    }
}

static void
test_the_first_refusal_ends_it(void **state)
{
    struct harness *harness = *state;
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    put(fd, "full", 3 * PIECE);
    expect_problem(fd, 413, "too-large");
    assert_int_equal(atomic_load(&harness->service.pieces), 2);
    fd = client_open(harness);
    say_head(fd, "any", 3 * PIECE, "");
    expect_problem(fd, 401, "unauthentic");
    fd = client_open(harness);
    say_head(fd, "any", 100, KNOWN "Content-Type: multipart/form-data; boundary=x\r\n");
    put(fd, "any", 100);
    expect_problem(fd, 415, "media-type");
    fd = client_open(harness);
    say(fd, "PUT /api/v1/things/a/file?offset=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n" KNOWN "\r\nx");
    expect_problem(fd, 400, "unknown-parameter");
    assert_int_equal(atomic_load(&harness->service.pieces), 2);
}

static void
test_files_have_a_limit(void **state)
{
    struct harness *harness = *state;
    int fd;

    harness->configuration.file_limit = 2 * PIECE;
    harness_start(harness);
    fd = client_open(harness);
    say_head(fd, "any", 2 * PIECE + 1, KNOWN);
    expect_problem(fd, 413, "too-large");
    fd = client_open(harness);
    put_chunked(fd, "any", 2 * PIECE + 1);
    expect_problem(fd, 413, "too-large");
    fd = client_open(harness);
    say(fd, "PUT /api/v1/things/a/file HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" KNOWN "\r\n1;x\r\n");
    expect_problem(fd, 400, "malformed");
    fd = client_open(harness);
    say(fd, "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" KNOWN "\r\n0\r\n\r\n");
    expect_problem(fd, 501, "malformed");
    assert_int_equal(atomic_load(&harness->service.file_last), 0);
}

static void
test_a_body_held_back_is_asked_for(void **state)
{
    struct harness *harness = *state;
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    say_head(fd, "any", 5, KNOWN "Expect: 100-continue\r\n");
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 100);
    client_send(fd, "aaaaa");
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 200);
    say_head(fd, "any", 5, "Expect: 100-continue\r\n");
    expect_problem(fd, 401, "unauthentic");
}

/* Sends until the other side takes no more. */
static size_t
press(int fd, size_t most)
{
    static char zeros[65536];
    struct pollfd writable = { .fd = fd, .events = POLLOUT };
    size_t sent = 0;

    while (sent < most && poll(&writable, 1, 300) == 1) {
        ssize_t n = send(fd, zeros, sizeof zeros, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (n <= 0)
            break;
        sent += (size_t)n;
    }
    return sent;
}

static void
test_nobody_reads_while_a_piece_is_under_way(void **state)
{
    struct harness *harness = *state;
    size_t size = (size_t)32 << 20;
    int64_t broken = metric_value(&meter_files_ended, "broken");
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    say_head(fd, "held", size, KNOWN);
    assert_true(press(fd, size) < size - ((size_t)8 << 20)); /* what the two sockets hold */
    harness_wait(&harness->service.held, 1);
    assert_int_equal(atomic_load(&harness->service.pieces), 1);
    assert_int_equal(metric_value(&meter_files, NULL), 1);
    close(fd);
    service_release(harness);
    harness_wait_metric(&meter_files_ended, "broken", broken + 1, broken + 1);
    harness_wait_metric(&meter_files, NULL, 0, 0);
    assert_int_equal(atomic_load(&harness->service.file_last), 0);
}

static void
test_there_is_room_for_so_many_files(void **state)
{
    struct harness *harness = *state;
    int held;
    int fd;

    harness->configuration.files_limit = 1;
    harness_start(harness);
    held = client_open(harness);
    put(held, "held", 10);
    harness_wait(&harness->service.held, 1);
    fd = client_open(harness);
    put(fd, "any", 10);
    expect_problem(fd, 503, "unavailable");
    assert_non_null(strstr(answer.head, "Retry-After: 1\r\n"));
    service_release(harness);
    assert_true(client_receive(held, &answer));
    assert_int_equal(answer.http, 200);
    close(held);
    fd = client_open(harness);
    put(fd, "any", 10);
    expect_taken(harness, fd, 10, 2);
    close(fd);
}

static void
test_a_file_that_never_ends_is_cut_off(void **state)
{
    struct harness *harness = *state;
    struct pollfd answered;

    harness->configuration.file_timeout = 400;
    harness->configuration.body_timeout = 50;
    harness_start(harness);
    answered = (struct pollfd){ .fd = client_open(harness), .events = POLLIN };
    say_head(answered.fd, "any", 30000000, KNOWN);
    while (poll(&answered, 1, 10) == 0) { /* fast enough for each of its parts */
        char part[20000] = { 0 };

        if (send(answered.fd, part, sizeof part, MSG_NOSIGNAL) < 0)
            break;
    }
    assert_true(client_is_closed(answered.fd));
    assert_int_equal(atomic_load(&harness->service.file_last), 0);
    close(answered.fd);
}

static void
test_a_file_is_given_whole(void **state)
{
    struct harness *harness = *state;
    char *file = file_of(FILE_SIZE);
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    for (int i = 0; i < 2; i++) {
        say(fd, GET_FILE, "any");
        assert_true(client_receive(fd, &answer));
        assert_int_equal(answer.http, 200);
        assert_int_equal(answer.size, FILE_SIZE);
        assert_memory_equal(answer.body, file, FILE_SIZE);
    }
    assert_non_null(strstr(answer.head, "Content-Type: text/csv\r\n"));
    assert_non_null(strstr(answer.head, "Content-Length: 700000\r\n"));
    assert_non_null(strstr(answer.head, "X-Content-Type-Options: nosniff\r\n"));
    assert_non_null(strstr(answer.head, "Cache-Control: no-store\r\n"));
    assert_non_null(strstr(answer.head, "Content-Disposition: attachment; filename=\"__.csv\"; "
                                        "filename*=UTF-8''%E5%85%9A%E5%91%98.csv\r\n"));
    assert_int_equal(atomic_load(&harness->service.pieces), 2 * 3);
    say(fd, GET_FILE, "page");
    assert_true(client_receive(fd, &answer));
    assert_non_null(strstr(answer.head, "Content-Type: application/octet-stream\r\n"));
    close(fd);
    free(file);
}

static void
test_a_file_that_is_torn_ends_the_connection(void **state)
{
    struct harness *harness = *state;
    int64_t broken = metric_value(&meter_files_ended, "broken");
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    say(fd, GET_FILE, "torn");
    assert_false(client_receive(fd, &answer));
    assert_int_equal(answer.http, 200);
    assert_int_equal(answer.size, PIECE);
    close(fd);
    harness_wait_metric(&meter_files_ended, "broken", broken + 1, broken + 1);
    fd = client_open(harness);
    say(fd, "GET /api/v1/things/any/file?offset=7 HTTP/1.1\r\nHost: a\r\n" KNOWN "\r\n");
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 400);
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_file_of_any_length_arrives_whole, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_arrives_in_chunks, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_the_first_refusal_ends_it, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_files_have_a_limit, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_body_held_back_is_asked_for, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_nobody_reads_while_a_piece_is_under_way, harness_set_up,
                                        harness_tear_down),
        cmocka_unit_test_setup_teardown(test_there_is_room_for_so_many_files, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_never_ends_is_cut_off, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_is_given_whole, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_is_torn_ends_the_connection, harness_set_up,
                                        harness_tear_down),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
