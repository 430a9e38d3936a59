/* SPDX-License-Identifier: Apache-2.0 */
/* An organization's messages through a real process: listed by pages, marked as read, kept from everybody else. */
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/notifications/v1/notifications.handlers.h>

#include "support/cmocka_all.h"
#include "support/desk.h"

enum { BRANCH = 1, COMMITTEE, EMPTY };

/* Seven messages to the branch, two of them of one moment; one to the committee. Message n has the id ...n. */
#define MESSAGES                                                                                                       \
    "insert into message (id, organization_id, role, subject_id, version, event, state, number, at, read_at, kind,"    \
    "                     purpose)"                                                                                    \
    " select ('00000000-0000-7000-8000-00000000000' || n)::uuid,"                                                      \
    "       ('00000000-0000-7000-8000-00000000000' || case n when 8 then 2 else 1 end)::uuid, 'branch_secretary',"     \
    "       '00000000-0000-7000-8000-0000000000ff', n, 'submit', 'submitted', '',"                                     \
    "       timestamptz '2026-11-21 08:00:00+08' + case n when 4 then 3 else n end * interval '1 minute', null,"       \
    "       'letter', 'step'"                                                                                          \
    "  from generate_series(1, 8) n"

static int
open_desk(void **state)
{
    *state = test_desk_open("notifications", "gateway", NULL);
    return 0;
}

static int
close_desk(void **state)
{
    test_desk_close(*state);
    return 0;
}

static int
write_messages(void **state)
{
    struct test_desk *desk = *state;

    test_pg_run(desk->pg, "notifications", "delete from message; delete from audit");
    test_pg_run(desk->pg, "notifications", MESSAGES);
    return 0;
}

static status_t
send(struct test_desk *desk, int organization, const struct rpc_method *method, const ProtobufCMessage *request,
     const char *key, ProtobufCMessage **ret_reply)
{
    struct id scope = test_id(organization);
    struct rpc_options options = { .idempotency_key = key };

    options.actor = test_actor_token(desk->arena, &scope, "branch_secretary", &scope,
                                     (const char *const[]){ "message.read", NULL });
    *ret_reply = NULL;
    return rpc_call(desk->client, desk->arena, method, request, &options, ret_reply);
}

static status_t
list(struct test_desk *desk, int organization, bool unread, uint32_t limit, const char *cursor, MessagePage **ret_page)
{
    ListMessagesRequest *request = list_messages_request_new(desk->arena);

    request->unread = unread;
    request->limit = limit;
    request->cursor = arena_text(desk->arena, cursor);
    return send(desk, organization, &notifications_list_messages, &request->base, NULL, (ProtobufCMessage **)ret_page);
}

static status_t
mark(struct test_desk *desk, int organization, int message, const char *key, Message **ret_message)
{
    ReadMessageRequest *request = read_message_request_new(desk->arena);
    struct id id = test_id(message);

    request->id = arena_alloc(desk->arena, ID_SIZE);
    id_format(&id, request->id);
    return send(desk, organization, &notifications_read_message, &request->base, key, (ProtobufCMessage **)ret_message);
}

/* The last characters of the ids of a page, "765". */
static char *
shown(struct test_desk *desk, const MessagePage *page)
{
    char *text = arena_alloc(desk->arena, page->n_items + 1);

    for (size_t i = 0; i < page->n_items; i++)
        text[i] = page->items[i]->id[ID_SIZE - 2];
    return text;
}

static void
test_pages_show_each_message_once_newest_first(void **state)
{
    static const char *const pages[] = { "765", "432", "1" }; /* 4 and 3 are of one moment */
    struct test_desk *desk = *state;
    const char *cursor = "";

    for (size_t i = 0; i < 3; i++) {
        MessagePage *page;

        assert_null(list(desk, BRANCH, false, 3, cursor, &page));
        assert_string_equal(shown(desk, page), pages[i]);
        cursor = page->next_cursor;
    }
    assert_string_equal(cursor, "");
}

static void
test_a_message_says_what_to_do_in_both_languages(void **state)
{
    struct test_desk *desk = *state;
    MessagePage *page;

    assert_null(list(desk, COMMITTEE, false, 0, "", &page));
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->title_zh, "有新的转接申请待支部审核");
    assert_string_equal(page->items[0]->title_en, "A new transfer request waits for the branch");
    assert_string_equal(page->items[0]->at, "2026-11-21T08:08:00.000000+08:00");
    assert_int_equal(page->items[0]->read_case, LIANGXIN__NOTIFICATIONS__V1__MESSAGE__READ__NOT_SET);
}

static void
test_others_see_nothing(void **state)
{
    struct test_desk *desk = *state;
    MessagePage *page;
    Message *message;

    assert_null(list(desk, EMPTY, false, 0, "", &page));
    assert_int_equal(page->n_items, 0);
    assert_true(status_is(mark(desk, COMMITTEE, 1, "others", &message), PROBLEM_NOT_FOUND));
    assert_int_equal(
        test_pg_number(desk->pg, "notifications", "select count(*) from message where read_at is not null"), 0);
}

static void
test_what_was_read_leaves_the_unread(void **state)
{
    struct test_desk *desk = *state;
    MessagePage *page;
    Message *message;

    assert_null(mark(desk, BRANCH, 6, "leaves", &message));
    assert_int_equal(message->read_case, LIANGXIN__NOTIFICATIONS__V1__MESSAGE__READ_READ_AT);
    assert_null(list(desk, BRANCH, true, 2, "", &page));
    assert_string_equal(shown(desk, page), "75");
    assert_null(list(desk, BRANCH, true, 2, page->next_cursor, &page));
    assert_string_equal(shown(desk, page), "43");
    assert_null(list(desk, BRANCH, false, 2, "", &page));
    assert_string_equal(shown(desk, page), "76");
}

static void
test_reading_twice_keeps_the_first_time(void **state)
{
    struct test_desk *desk = *state;
    Message *first;
    Message *second;

    assert_null(mark(desk, BRANCH, 2, "first", &first));
    assert_null(mark(desk, BRANCH, 2, "second", &second));
    assert_string_equal(first->read_at, second->read_at);
    assert_int_equal(test_pg_number(desk->pg, "notifications", "select count(*) from audit where object = 'message'"),
                     2);
    assert_null(mark(desk, BRANCH, 2, "second", &second)); /* the stored answer */
    assert_string_equal(first->read_at, second->read_at);
    assert_int_equal(test_pg_number(desk->pg, "notifications", "select count(*) from audit"), 2);
}

static void
test_a_cursor_fits_its_own_list_only(void **state)
{
    struct test_desk *desk = *state;
    MessagePage *page;
    MessagePage *other;

    assert_null(list(desk, BRANCH, false, 3, "", &page));
    assert_true(status_is(list(desk, BRANCH, true, 3, page->next_cursor, &other), PROBLEM_CURSOR_MISMATCH));
    assert_true(status_is(list(desk, COMMITTEE, false, 3, page->next_cursor, &other), PROBLEM_CURSOR_MISMATCH));
    assert_true(status_is(list(desk, BRANCH, false, 3, "cafe", &other), PROBLEM_CURSOR_MISMATCH));
}

static status_t
mark_many(struct test_desk *desk, int organization, const char *digits, int through, const char *key,
          MessagesRead **ret_read)
{
    ReadMessagesRequest *request = read_messages_request_new(desk->arena);
    struct id id = test_id(through);

    request->ids = arena_array(desk->arena, strlen(digits), sizeof *request->ids);
    for (; request->n_ids < strlen(digits); request->n_ids++)
        request->ids[request->n_ids] =
            arena_printf(desk->arena, "00000000-0000-7000-8000-00000000000%c", digits[request->n_ids]);
    if (through) {
        request->through_id = arena_alloc(desk->arena, ID_SIZE);
        id_format(&id, request->through_id);
    }
    return send(desk, organization, &notifications_read_messages, &request->base, key, (ProtobufCMessage **)ret_read);
}

static void
test_many_are_read_at_once_and_only_ones_own(void **state)
{
    struct test_desk *desk = *state;
    MessagesRead *read;

    assert_null(mark_many(desk, BRANCH, "1238", 0, "named", &read)); /* 8 is the committee's */
    assert_int_equal(read->read, 3);
    assert_int_equal(read->unread, 4);
    assert_null(mark_many(desk, BRANCH, "", 6, "through", &read)); /* 7 is newer than what was seen */
    assert_int_equal(read->read, 3);
    assert_int_equal(read->unread, 1);
    assert_true(status_is(mark_many(desk, COMMITTEE, "", 6, "others", &read), PROBLEM_NOT_FOUND));
    assert_true(status_is(mark_many(desk, BRANCH, "1", 6, "both", &read), PROBLEM_REQUIRED));
    assert_true(status_is(mark_many(desk, BRANCH, "", 0, "neither", &read), PROBLEM_REQUIRED));
    assert_int_equal(test_pg_number(desk->pg, "notifications", "select count(*) from message where read_at is null"),
                     2);
}

static void
test_the_number_of_the_unread_follows(void **state)
{
    struct test_desk *desk = *state;
    CountUnreadRequest *request = count_unread_request_new(desk->arena);
    UnreadCount *count;
    Message *message;

    assert_null(send(desk, BRANCH, &notifications_count_unread, &request->base, NULL, (ProtobufCMessage **)&count));
    assert_int_equal(count->unread, 7);
    assert_null(mark(desk, BRANCH, 3, "one", &message));
    assert_null(send(desk, BRANCH, &notifications_count_unread, &request->base, NULL, (ProtobufCMessage **)&count));
    assert_int_equal(count->unread, 6);
}

/* The account of the sender is the scope's id (see send). */
static void
test_a_message_to_an_account_is_its_own_alone(void **state)
{
    struct test_desk *desk = *state;
    MessagePage *page;

    test_pg_run(desk->pg, "notifications",
                "update message set organization_id = null, account_id = '00000000-0000-7000-8000-000000000001',"
                " kind = 'post', purpose = 'inform', event = 'ended', state = 'ended' where right(id::text, 1) = '8'");
    assert_null(list(desk, BRANCH, false, 2, "", &page));
    assert_string_equal(shown(desk, page), "87");
    assert_true(page->items[0]->personal);
    assert_int_equal(page->items[0]->kind, LIANGXIN__NOTIFICATIONS__V1__MESSAGE_KIND__MESSAGE_KIND_POST);
    assert_string_equal(page->items[0]->title_zh, "任职已结束");
    assert_null(list(desk, COMMITTEE, false, 0, "", &page));
    assert_int_equal(page->n_items, 0);
}

static void
test_what_informs_is_open_work_until_read(void **state)
{
    struct test_desk *desk = *state;
    ListWorkRequest *request = list_work_request_new(desk->arena);
    CountWorkRequest *counting = count_work_request_new(desk->arena);
    Message *message;
    WorkPage *page;
    WorkCounts *counts;

    test_pg_run(
        desk->pg, "notifications",
        "update message set purpose = 'inform', event = 'refuse', state = 'refused_in' where version in (2, 5)");
    request->box = LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_WAITING;
    request->limit = 1;
    assert_null(send(desk, BRANCH, &notifications_list_work, &request->base, NULL, (ProtobufCMessage **)&page));
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->items[0]->kind, "message");
    assert_string_equal(page->items[0]->next_event, "read");
    request->cursor = page->next_cursor;
    assert_null(send(desk, BRANCH, &notifications_list_work, &request->base, NULL, (ProtobufCMessage **)&page));
    assert_int_equal(page->n_items, 1);
    assert_string_equal(page->next_cursor, "");
    assert_null(mark(desk, BRANCH, 5, "noted", &message));
    assert_null(send(desk, BRANCH, &notifications_count_work, &counting->base, NULL, (ProtobufCMessage **)&counts));
    assert_int_equal(counts->waiting, 1);
    assert_int_equal(counts->done, 1);
    assert_int_equal(counts->under_way, 0);
}

static int64_t
stream_row(const ReadStreamReply *reply, size_t i, char *ret_kind, size_t size)
{
    assert_true(i < reply->n_rows);
    snprintf(ret_kind, size, "%s", reply->rows[i]->item->kind);
    return reply->rows[i]->pos;
}

static void
test_the_gateway_reads_what_changed_behind_a_position(void **state)
{
    struct test_desk *desk = *state;
    ReadStreamRequest *request = read_stream_request_new(desk->arena);
    ReadStreamReply *before;
    ReadStreamReply *after;
    Message *message;
    MessagesRead *read;
    char kind[24];

    request->limit = 10;
    assert_null(send(desk, BRANCH, &notifications_read_stream, &request->base, NULL, (ProtobufCMessage **)&before));
    assert_int_equal(before->after, before->head);
    assert_null(mark(desk, BRANCH, 4, "stream", &message));
    assert_null(mark_many(desk, BRANCH, "56", 0, "stream many", &read));
    test_pg_await(desk->pg, "notifications", "select count(*) from outbox", 0);
    request->epoch = before->epoch;
    request->after = before->head;
    assert_null(send(desk, BRANCH, &notifications_read_stream, &request->base, NULL, (ProtobufCMessage **)&after));
    assert_int_equal(after->n_rows, 2);
    assert_int_equal(stream_row(after, 0, kind, sizeof kind), before->head + 1);
    assert_string_equal(kind, "message");
    stream_row(after, 1, kind, sizeof kind);
    assert_string_equal(kind, "messages");
    assert_int_equal(after->rows[1]->item->account_id.len, ID_BYTES);
    request->epoch = (ProtobufCBinaryData){ ID_BYTES, (uint8_t[ID_BYTES]){ 1 } };
    request->after = -1;
    assert_null(send(desk, BRANCH, &notifications_read_stream, &request->base, NULL, (ProtobufCMessage **)&after));
    assert_int_equal(after->n_rows, 1); /* another life: the last one before the head */
    assert_memory_equal(after->epoch.data, before->epoch.data, ID_BYTES);
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
        cmocka_unit_test_setup(test_many_are_read_at_once_and_only_ones_own, write_messages),
        cmocka_unit_test_setup(test_the_number_of_the_unread_follows, write_messages),
        cmocka_unit_test_setup(test_a_message_to_an_account_is_its_own_alone, write_messages),
        cmocka_unit_test_setup(test_what_informs_is_open_work_until_read, write_messages),
        cmocka_unit_test_setup(test_the_gateway_reads_what_changed_behind_a_position, write_messages),
    };

    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
