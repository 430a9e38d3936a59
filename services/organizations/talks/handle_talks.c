/* SPDX-License-Identifier: Apache-2.0 */
/* Talks with owners recorded, put right, followed up and listed. On the worker's thread, commands in their transaction.
 */
#include "io/clock.h"
#include "organizations/talks/store_talk.h"
#include "organizations/units/store_unit.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
talk_to_wire(struct db_rows *rows, int row, OwnerTalk *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->held_on = wire_text(db_text(rows, row, "held_on"));
    out->held_by = wire_text(db_text(rows, row, "held_by"));
    out->concern = wire_text(db_text(rows, row, "concern"));
    out->promise = wire_text(db_text(rows, row, "promise"));
    out->next_step = wire_text(db_text(rows, row, "next_step"));
    out->next_due = wire_text(db_text(rows, row, "next_due"));
    out->done_on = wire_text(db_text(rows, row, "done_on"));
    out->version = db_i64(rows, row, "version");
}

static status_t
answer(struct call *call, const struct id *id, OwnerTalk *out)
{
    struct db_rows *row;
    status_t st = talk_find(call, id, &row);

    if (st)
        return st;
    talk_to_wire(row, 0, out);
    return db_rows_status(row);
}

/* `key`: the column that a page goes on behind. */
static status_t
page_to_wire(struct call *call, const struct page *page, struct db_rows *rows, const char *key, OwnerTalkPage *out)
{
    out->n_items = page_count(page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = owner_talk_new(call->arena);
        talk_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, page, rows, key);
    return db_rows_status(rows);
}

status_t
handle_list_unit_talks(struct call *call, const ListUnitTalksRequest *in, OwnerTalkPage *out)
{
    struct id unit = wire_read_id(in->id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->id, in->limit, in->cursor, &page);

    if (!st)
        st = unit_find(call, &unit, &rows);
    if (!st)
        st = talk_list(call, &unit, &page, &rows);
    return st ? st : page_to_wire(call, &page, rows, "id", out);
}

status_t
handle_list_due_talks(struct call *call, const ListDueTalksRequest *in, OwnerTalkPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->due_by, in->limit, in->cursor, &page);

    if (!st)
        st = talk_list_due(call, wire_day_or(in->due_by, call->today), &page, &rows);
    return st ? st : page_to_wire(call, &page, rows, "key", out);
}

static const char *
text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static void
note(struct call *call, const struct kept_talk *talk, const char *what)
{
    audit_add(call, &(struct audit_entry){
                        .object = "owner_talk",
                        .id = &talk->id,
                        .after = slice_of(arena_printf(call->arena, "%s|%s|%s|%s|%s", what, talk->talk.held_by,
                                                       talk->talk.concern ? talk->talk.concern : "",
                                                       talk->talk.promise ? talk->talk.promise : "",
                                                       talk->talk.next_step ? talk->talk.next_step : "")) });
}

status_t
handle_record_unit_talk(struct call *call, const RecordUnitTalkRequest *in, OwnerTalk *out)
{
    struct id unit = wire_read_id(in->id);
    struct kept_talk *talk = arena_alloc(call->arena, sizeof *talk);
    status_t st = talk_unit_check(call, &unit);

    talk->id = clock_id();
    talk->talk = (struct talk){ .held_on = wire_day_or(in->held_on, DATE_NONE),
                                .held_by = in->held_by,
                                .concern = text_or_null(in->concern),
                                .promise = text_or_null(in->promise),
                                .next_step = text_or_null(in->next_step),
                                .next_due = wire_day_or(in->next_due, DATE_NONE),
                                .done_on = DATE_NONE };
    if (!st)
        st = talk_judge(call->arena, &talk->talk, call->today);
    if (st)
        return st;
    talk_insert(call, &unit, talk);
    note(call, talk, "recorded");
    return answer(call, &talk->id, out);
}

/* What of the record may be otherwise than its reader has seen. */
static status_t
expect_seen(struct call *call, const struct kept_talk *talk)
{
    struct change *changes = arena_array(call->arena, 4, sizeof *changes);
    struct comparison comparison = { .version = talk->version, .changes = changes, .n_changes = 4 };

    if (!call_expect_version(call, talk->version))
        return OK;
    changes[0] = (struct change){ "/held_by", talk->talk.held_by };
    changes[1] = (struct change){ "/concern", talk->talk.concern ? talk->talk.concern : "" };
    changes[2] = (struct change){ "/promise", talk->talk.promise ? talk->talk.promise : "" };
    changes[3] = (struct change){ "/next_step", talk->talk.next_step ? talk->talk.next_step : "" };
    return status_stale(call->arena, &comparison);
}

status_t
handle_edit_talk(struct call *call, const EditTalkRequest *in, OwnerTalk *out)
{
    struct kept_talk *talk = arena_alloc(call->arena, sizeof *talk);
    struct id id = wire_read_id(in->id);
    status_t st = talk_lock(call, &id, talk);

    if (!st)
        st = expect_seen(call, talk);
    if (st)
        return st;
    talk->talk = (struct talk){ .held_on = wire_day_or(in->held_on, DATE_NONE),
                                .held_by = in->held_by,
                                .concern = text_or_null(in->concern),
                                .promise = text_or_null(in->promise),
                                .next_step = text_or_null(in->next_step),
                                .next_due = wire_day_or(in->next_due, DATE_NONE),
                                .done_on = talk->talk.done_on };
    st = talk_judge(call->arena, &talk->talk, call->today);
    if (st)
        return st;
    talk_update(call, talk, "edited");
    note(call, talk, "edited");
    return answer(call, &id, out);
}

status_t
handle_complete_talk_step(struct call *call, const CompleteTalkStepRequest *in, OwnerTalk *out)
{
    date_t done_on = wire_day_or(in->done_on, call->today);
    struct kept_talk *talk = arena_alloc(call->arena, sizeof *talk);
    struct id id = wire_read_id(in->id);
    status_t st = talk_lock(call, &id, talk);

    if (!st)
        st = expect_seen(call, talk);
    if (!st)
        st = talk_judge_done(call->arena, &talk->talk, done_on, call->today);
    if (st)
        return st;
    talk->talk.done_on = done_on;
    talk_update(call, talk, "step done");
    note(call, talk, "step done");
    return answer(call, &id, out);
}
