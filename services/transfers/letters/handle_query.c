/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as their parties see them: one, its timeline, and pages of many. */
#include "rpc/cursor.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define PAGE_DEFAULT 50

static status_t
expect(struct call *call, const struct letter_view *view, Expectation **ret_expected)
{
    struct workday_calendar calendar;
    status_t st = calendar_read(call->db, call->arena, &calendar);

    if (st)
        return st;
    *ret_expected = expectation_to_wire(call, view, &calendar);
    return OK;
}

status_t
handle_get_letter(struct call *call, const LetterId *in, Letter *out)
{
    struct id id = id_of(in->id);
    struct letter_view view;
    status_t st = letter_find(call, &id, &view);

    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return expect(call, &view, &out->expected);
}

status_t
handle_get_timeline(struct call *call, const LetterId *in, Timeline *out)
{
    struct id id = id_of(in->id);
    struct letter_view view;
    status_t st = letter_find(call, &id, &view);

    out->letter_id = arena_text(call->arena, in->id);
    if (!st)
        st = history_read(call, &id, out);
    return st ? st : expect(call, &view, &out->expected);
}

/* What a cursor belongs to: the scope and the filters. */
static const char *
filter_of(const struct call *call, const ListLettersRequest *in)
{
    char scope[ID_SIZE];

    id_format(call_scope(call), scope);
    return arena_printf(call->arena, "letters %s %s %d %s", scope, call->actor->role, (int)in->state, in->member_id);
}

static status_t
read_position(struct call *call, const ListLettersRequest *in, struct id *ret_before)
{
    const char *key;
    status_t st;

    memset(ret_before->bytes, 0xff, ID_BYTES); /* newer than any letter */
    if (!in->cursor[0])
        return OK;
    st = cursor_read(call->arena, in->cursor, filter_of(call, in), &key, 1);
    if (st)
        return st;
    return id_parse(slice_of(key), ret_before) ? OK : status_plain(PROBLEM_CURSOR_MISMATCH);
}

static const char *
position_after(struct call *call, const ListLettersRequest *in, const struct letter_view *last)
{
    char text[ID_SIZE];
    const char *key = text;

    id_format(&last->letter.id, text);
    return cursor_write(call->arena, filter_of(call, in), &key, 1);
}

static void
fill_page(struct call *call, const struct letter_view *views, int count, LetterPage *out)
{
    out->items = arena_array(call->arena, (size_t)count, sizeof *out->items);
    out->n_items = (size_t)count;
    for (int i = 0; i < count; i++) {
        out->items[i] = letter_new(call->arena);
        letter_to_wire(call, &views[i], out->items[i]);
    }
}

status_t
handle_list_letters(struct call *call, const ListLettersRequest *in, LetterPage *out)
{
    int limit = in->limit ? (int)in->limit : PAGE_DEFAULT;
    struct letter_query query = { .state = state_of_wire(in->state), .limit = limit + 1 };
    struct id member;
    struct letter_view *views;
    int count;
    status_t st = read_position(call, in, &query.before);

    if (st)
        return st;
    if (in->member_id[0]) {
        member = id_of(in->member_id);
        query.member = &member;
    }
    st = letters_list(call, &query, &views, &count);
    if (st)
        return st;
    fill_page(call, views, count < limit ? count : limit, out);
    if (count > limit)
        out->next_cursor = arena_text(call->arena, position_after(call, in, &views[limit - 1]));
    return OK;
}
