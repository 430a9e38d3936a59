/* SPDX-License-Identifier: Apache-2.0 */
/* Pages that are open hear of a letter's steps as they are taken, by ids, each organization of its own; a stream ends
 * with its log-in, and who comes back misses nothing. */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

#define TEXT      65536
#define SOON_S    10
#define WITHIN_S  30 /* after a lock nobody is told any more */
#define SECRETARY "east_secretary"

struct listener {
    int fd;
    size_t size;
    char text[TEXT];
};

static void
send_all(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* False when the stream has ended, or said nothing for `patience_s`. */
static bool
hears(struct listener *listener, const char *text, int patience_s)
{
    struct timeval patience = { .tv_sec = patience_s };

    assert_int_equal(setsockopt(listener->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    while (!strstr(listener->text, text)) {
        ssize_t n = recv(listener->fd, listener->text + listener->size, TEXT - 1 - listener->size, 0);

        if (n <= 0)
            return false;
        listener->size += (size_t)n;
        listener->text[listener->size] = '\0';
    }
    return true;
}

static struct listener *
listen_to(struct two_towns_world *world, const char *token, const char *last)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)test_system_port(world->system, "gateway", "rpc")) };
    struct listener *listener = calloc(1, sizeof *listener);
    char request[1024];

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(listener->fd, (struct sockaddr *)&address, sizeof address), 0);
    snprintf(request, sizeof request,
             "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%s%s%s\r\n", token,
             last ? "Last-Event-ID: " : "", last ? last : "", last ? "\r\n" : "");
    send_all(listener->fd, request);
    assert_true(hears(listener, "\r\n\r\n", SOON_S));
    assert_true(strncmp(listener->text, "HTTP/1.1 200 ", 13) == 0);
    assert_true(hears(listener, "retry: ", SOON_S));
    return listener;
}

static void
listener_free(struct listener *listener)
{
    close(listener->fd);
    free(listener);
}

/* What an event about this thing looks like. */
static const char *
about(const char *kind, const char *id)
{
    static char text[160];

    snprintf(text, sizeof text, "data: {\"kind\":\"%s\",\"id\":\"%s\"}\n\n", kind, id);
    return text;
}

static void
open_pages_hear_of_their_letters_only(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    struct listener *east = listen_to(world, towns->east_clerk, NULL);
    struct listener *west = listen_to(world, towns->west_clerk, NULL);
    char letter[64];
    long version = two_towns_agreed(&world->api, towns, letter);
    struct test_reply reply;
    char message[64];

    assert_true(hears(east, about("letter", letter), SOON_S));
    assert_null(strstr(west->text, letter)); /* not issued: nothing of the receiver's */
    api_step(&world->api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    assert_true(hears(west, about("letter", letter), SOON_S));
    test_pg_await(world->pg, "notifications", "select count(*) from message where state = 'issued'", 1);
    reply = api_get(&world->api, towns->west_clerk, "/messages?unread=true");
    snprintf(message, sizeof message, "%s",
             json_string_value(json_object_get(json_array_get(json_object_get(reply.json, "items"), 0), "id")));
    test_reply_done(&reply);
    assert_true(hears(west, about("message", message), SOON_S));
    assert_null(strstr(east->text, message));
    assert_null(strstr(west->text, "event: reset"));
    listener_free(east);
    listener_free(west);
}

static void
who_comes_back_after_a_restart_misses_nothing(void **state)
{
    struct two_towns_world *world = *state;
    struct listener *west = listen_to(world, world->towns.west_clerk, NULL);
    struct test_reply reply;
    const char *at;
    char last[80];

    at = strstr(west->text, "\nid: ");
    assert_non_null(at);
    snprintf(last, sizeof last, "%.*s", (int)strcspn(at + 5, "\n"), at + 5);
    assert_int_equal(test_system_stop(world->system, "gateway"), 0);
    assert_false(hears(west, "nothing more", SOON_S));
    listener_free(west);
    test_system_start(world->system, "gateway");
    reply = api_get(&world->api, world->towns.west_clerk, "/messages?unread=true&limit=1");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 1);
    at = json_string_value(json_object_get(json_array_get(json_object_get(reply.json, "items"), 0), "id"));
    west = listen_to(world, world->towns.west_clerk, last);
    {
        char path[128];
        struct test_reply read;

        snprintf(path, sizeof path, "/messages/%s/read", at);
        read = api_post(&world->api, world->towns.west_clerk, path, 0, "{}");
        assert_int_equal(read.status, 200);
        test_reply_done(&read);
    }
    assert_true(hears(west, about("message", at), SOON_S)); /* read elsewhere */
    assert_null(strstr(west->text, "event: reset"));
    test_reply_done(&reply);
    listener_free(west);
}

static void
a_locked_account_hears_nothing_more(void **state)
{
    struct two_towns_world *world = *state;
    struct listener *branch = listen_to(world, world->towns.east_secretary, NULL);
    char *account = test_pg_text(world->pg, "organizations", "select id from account where name = '" SECRETARY "'");
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/accounts/%s/lock", account);
    reply = api_post(&world->api, world->api.city, path, 0, "{}");
    assert_int_equal(reply.status, 200);
    test_reply_done(&reply);
    assert_false(hears(branch, "nothing more", WITHIN_S));
    assert_true(
        test_system_metric(world->system, "gateway", "liangxin_gateway_streams_ended_total{reason=\"session\"}") > 0);
    listener_free(branch);
    free(account);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_pages_hear_of_their_letters_only),
        cmocka_unit_test(who_comes_back_after_a_restart_misses_nothing),
        cmocka_unit_test(a_locked_account_hears_nothing_more),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
