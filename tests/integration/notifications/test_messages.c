/* SPDX-License-Identifier: Apache-2.0 */
/* An organization's messages through a real process: listed by pages, marked as read, kept from everybody else. */
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/notifications/v1/notifications.handlers.h>

#include "rpc/client.h"
#include "support/cmocka_all.h"
#include "support/keys.h"
#include "support/pg.h"
#include "support/system.h"

enum { BRANCH = 1, COMMITTEE, EMPTY };

/* Seven messages to the branch, two of them of one moment; one to the committee. Message n has the id ...n. */
#define MESSAGES                                                                                                       \
    "insert into message select ('00000000-0000-7000-8000-00000000000' || n)::uuid,"                                   \
    "       ('00000000-0000-7000-8000-00000000000' || case n when 8 then 2 else 1 end)::uuid, 'branch_secretary',"     \
    "       '00000000-0000-7000-8000-0000000000ff', n, 'submit', 'submitted', '',"                                     \
    "       timestamptz '2026-11-21 08:00:00+08' + case n when 4 then 3 else n end * interval '1 minute', null"        \
    "  from generate_series(1, 8) n"

struct place {
    struct arena *arena;
    struct test_pg *pg;
    struct test_system *system;
    struct bus *bus;
    struct rpc_client *client;
};

static int
open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct rpc_peer peer = { .service = "notifications" };

    place->arena = arena_new((size_t)16 * 1024 * 1024);
    place->pg = test_pg_open();
    place->system = test_system_new(place->pg);
    test_system_start(place->system, "notifications");
    place->bus = test_bus(place->arena, "gateway");
    peer.hosts = arena_printf(place->arena, "127.0.0.1:%d", test_system_port(place->system, "notifications", "rpc"));
    place->client = rpc_client_new(place->bus, &peer, 1);
    *state = place;
    return 0;
}

static int
close_place(void **state)
{
    struct place *place = *state;

    rpc_client_free(place->client);
    bus_close(place->bus);
    test_system_free(place->system);
    test_pg_close(place->pg);
    arena_free(place->arena);
    free(place);
    return 0;
}

static int
write_messages(void **state)
{
    struct place *place = *state;

    test_pg_run(place->pg, "notifications", "delete from message; delete from audit");
    test_pg_run(place->pg, "notifications", MESSAGES);
    return 0;
}

static struct id
id_of(int last)
{
    return (struct id){ { [6] = 0x70, [8] = 0x80, [15] = (uint8_t)last } };
}

static status_t
send(struct place *place, int organization, const struct rpc_method *method, const ProtobufCMessage *request,
     const char *key, ProtobufCMessage **ret_reply)
{
    struct id scope = id_of(organization);
    struct rpc_options options = { .idempotency_key = key };

    options.actor = test_actor_token(place->arena, &scope, "branch_secretary", &scope,
                                     (const char *const[]){ "message.read", NULL });
    *ret_reply = NULL;
    return rpc_call(place->client, place->arena, method, request, &options, ret_reply);
}

static status_t
list(struct place *place, int organization, bool unread, uint32_t limit, const char *cursor, MessagePage **ret_page)
{
    ListMessagesRequest *request = list_messages_request_new(place->arena);

    request->unread = unread;
    request->limit = limit;
    request->cursor = arena_text(place->arena, cursor);
    return send(place, organization, &notifications_list_messages, &request->base, NULL, (ProtobufCMessage **)ret_page);
}

static status_t
mark(struct place *place, int organization, int message, const char *key, Message **ret_message)
{
    ReadMessageRequest *request = read_message_request_new(place->arena);
    struct id id = id_of(message);

    request->id = arena_alloc(place->arena, ID_SIZE);
    id_format(&id, request->id);
    return send(place, organization, &notifications_read_message, &request->base, key,
                (ProtobufCMessage **)ret_message);
}

/* The last characters of the ids of a page, "765". */
static char *
shown(struct place *place, const MessagePage *page)
{
    char *text = arena_alloc(place->arena, page->n_items + 1);

    for (size_t i = 0; i < page->n_items; i++)
        text[i] = page->items[i]->id[ID_SIZE - 2];
    return text;
}

static void
test_pages_show_each_message_once_newest_first(void **state)
{
    static const char *const pages[] = { "765", "432", "1" }; /* 4 and 3 are of one moment */
    struct place *place = *state;
    const char *cursor = "";

    for (size_t i = 0; i < 3; i++) {
        MessagePage *page;

        assert_null(list(place, BRANCH, false, 3, cursor, &page));
        assert_string_equal(shown(place, page), pages[i]);
        cursor = page->next_cursor;
    }
    assert_string_equal(cursor, "");
}

static void
test_a_message_says_what_to_do_in_both_languages(void **state)
{
    struct place *place = *state;
    MessagePage *page;

    assert_null(list(place, COMMITTEE, false, 0, "", &page));
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->title_zh, "有新的转接申请待支部审核");
    assert_string_equal(page->items[0]->title_en, "A new transfer request waits for the branch");
    assert_string_equal(page->items[0]->at, "2026-11-21T08:08:00.000000+08:00");
    assert_int_equal(page->items[0]->read_case, LIANGXIN__NOTIFICATIONS__V1__MESSAGE__READ__NOT_SET);
}

static void
test_others_see_nothing(void **state)
{
    struct place *place = *state;
    MessagePage *page;
    Message *message;

    assert_null(list(place, EMPTY, false, 0, "", &page));
    assert_int_equal(page->n_items, 0);
    assert_true(status_is(mark(place, COMMITTEE, 1, "others", &message), PROBLEM_NOT_FOUND));
    assert_int_equal(
        test_pg_number(place->pg, "notifications", "select count(*) from message where read_at is not null"), 0);
}

static void
test_what_was_read_leaves_the_unread(void **state)
{
    struct place *place = *state;
    MessagePage *page;
    Message *message;

    assert_null(mark(place, BRANCH, 6, "leaves", &message));
    assert_int_equal(message->read_case, LIANGXIN__NOTIFICATIONS__V1__MESSAGE__READ_READ_AT);
    assert_null(list(place, BRANCH, true, 2, "", &page));
    assert_string_equal(shown(place, page), "75");
    assert_null(list(place, BRANCH, true, 2, page->next_cursor, &page));
    assert_string_equal(shown(place, page), "43");
    assert_null(list(place, BRANCH, false, 2, "", &page));
    assert_string_equal(shown(place, page), "76");
}

static void
test_reading_twice_keeps_the_first_time(void **state)
{
    struct place *place = *state;
    Message *first;
    Message *second;

    assert_null(mark(place, BRANCH, 2, "first", &first));
    assert_null(mark(place, BRANCH, 2, "second", &second));
    assert_string_equal(first->read_at, second->read_at);
    assert_int_equal(test_pg_number(place->pg, "notifications", "select count(*) from audit where object = 'message'"),
                     2);
    assert_null(mark(place, BRANCH, 2, "second", &second)); /* the stored answer */
    assert_string_equal(first->read_at, second->read_at);
    assert_int_equal(test_pg_number(place->pg, "notifications", "select count(*) from audit"), 2);
}

static void
test_a_cursor_fits_its_own_list_only(void **state)
{
    struct place *place = *state;
    MessagePage *page;
    MessagePage *other;

    assert_null(list(place, BRANCH, false, 3, "", &page));
    assert_true(status_is(list(place, BRANCH, true, 3, page->next_cursor, &other), PROBLEM_CURSOR_MISMATCH));
    assert_true(status_is(list(place, COMMITTEE, false, 3, page->next_cursor, &other), PROBLEM_CURSOR_MISMATCH));
    assert_true(status_is(list(place, BRANCH, false, 3, "cafe", &other), PROBLEM_CURSOR_MISMATCH));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_pages_show_each_message_once_newest_first, write_messages),
        cmocka_unit_test_setup(test_a_message_says_what_to_do_in_both_languages, write_messages),
        cmocka_unit_test_setup(test_others_see_nothing, write_messages),
        cmocka_unit_test_setup(test_what_was_read_leaves_the_unread, write_messages),
        cmocka_unit_test_setup(test_reading_twice_keeps_the_first_time, write_messages),
        cmocka_unit_test_setup(test_a_cursor_fits_its_own_list_only, write_messages),
    };

    return cmocka_run_group_tests(tests, open_place, close_place);
}
