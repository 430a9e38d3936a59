/* SPDX-License-Identifier: Apache-2.0 */
/* What stands at an anchor: units, persons who answer, contact points. On the worker's thread, commands in their
 * transaction. */
#include "organizations/anchors/anchor.h"
#include "organizations/anchors/anchor_answer.h"
#include "base/banned.h"

status_t
handle_list_anchor_units(struct call *call, const ListAnchorUnitsRequest *in, AnchorUnitPage *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->id, in->limit, in->cursor, &page);

    if (!st)
        st = anchor_find(call, &id, &rows);
    if (!st)
        st = anchor_units(call, &id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(AnchorUnit *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = anchor_unit_new(call->arena);
        out->items[i]->unit_id = wire_text(db_text(rows, (int)i, "unit_id"));
        out->items[i]->code = wire_text(db_text(rows, (int)i, "code"));
        out->items[i]->name = wire_text(db_text(rows, (int)i, "name"));
        out->items[i]->organization_name = wire_text(db_text(rows, (int)i, "organization_name"));
        out->items[i]->since = wire_text(db_text(rows, (int)i, "since"));
    }
    out->next_cursor = page_next(call, &page, rows, "code");
    return db_rows_status(rows);
}

/* Each once, in the order given. */
static size_t
read_units(char *const *texts, size_t n, struct id *units)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        size_t at = 0;

        units[count] = wire_read_id(texts[i]);
        while (!id_equal(&units[at], &units[count]))
            at++;
        count += at == count;
    }
    return count;
}

status_t
handle_place_units(struct call *call, const PlaceUnitsRequest *in, Anchor *out)
{
    struct id *units = arena_array(call->arena, in->n_unit_ids + 1, sizeof *units);
    size_t count = read_units(in->unit_ids, in->n_unit_ids, units);
    date_t since = wire_day_or(in->since, call->today);
    struct anchor anchor;
    struct db_rows *facts;
    status_t st = anchor_open(call, in->id, &anchor);

    if (!st)
        st = anchor_place_facts(call, &anchor, units, count, &facts);
    if (!st && db_i64(facts, 0, "within") != (int64_t)count)
        st = status_field(call->arena, PROBLEM_NOT_FOUND, "/unit_ids");
    if (!st)
        st = anchor_judge_begin(call->arena, since, db_date(facts, 0, "free_from"), call->today);
    if (!st)
        st = db_rows_status(facts);
    if (st)
        return st;
    anchor_place(call, &anchor, units, count, since);
    return anchor_answer(call, &anchor.id, out);
}

status_t
handle_remove_units(struct call *call, const RemoveUnitsRequest *in, Anchor *out)
{
    struct id *units = arena_array(call->arena, in->n_unit_ids + 1, sizeof *units);
    size_t count = read_units(in->unit_ids, in->n_unit_ids, units);
    date_t until = wire_day_or(in->until, call->today);
    struct anchor anchor;
    struct db_rows *facts;
    status_t st = anchor_open(call, in->id, &anchor);

    if (!st)
        st = anchor_remove_facts(call, &anchor, units, count, &facts);
    if (!st && db_i64(facts, 0, "standing") != (int64_t)count)
        st = status_field(call->arena, PROBLEM_NOT_FOUND, "/unit_ids");
    if (!st)
        st = anchor_judge_end(call->arena, db_date(facts, 0, "began"), until, call->today);
    if (!st)
        st = db_rows_status(facts);
    if (st)
        return st;
    anchor_remove(call, &anchor, units, count, until);
    return anchor_answer(call, &anchor.id, out);
}

status_t
handle_appoint_at_anchor(struct call *call, const AppointAtAnchorRequest *in, Anchor *out)
{
    struct anchor_post post = { wire_read_id(in->person_id), (int)in->duty };
    date_t since = wire_day_or(in->since, call->today);
    struct anchor anchor;
    struct db_rows *facts;
    status_t st = anchor_open(call, in->id, &anchor);

    if (!st)
        st = anchor_person_facts(call, &anchor, &post, &facts);
    if (st)
        return st;
    if (!db_bool(facts, 0, "known"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/person_id");
    if (db_bool(facts, 0, "holds"))
        return status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/person_id");
    st = anchor_judge_begin(call->arena, since, db_date(facts, 0, "free_from"), call->today);
    if (st)
        return st;
    anchor_appoint(call, &anchor, &post, since);
    return anchor_answer(call, &anchor.id, out);
}

status_t
handle_dismiss_from_anchor(struct call *call, const DismissFromAnchorRequest *in, Anchor *out)
{
    struct anchor_post post = { wire_read_id(in->person_id), (int)in->duty };
    date_t until = wire_day_or(in->until, call->today);
    struct anchor anchor;
    struct db_rows *facts;
    status_t st = anchor_open(call, in->id, &anchor);

    if (!st)
        st = anchor_person_facts(call, &anchor, &post, &facts);
    if (!st && !db_bool(facts, 0, "holds"))
        st = status_field(call->arena, PROBLEM_NOT_FOUND, "/person_id");
    if (!st)
        st = anchor_judge_end(call->arena, db_date(facts, 0, "began"), until, call->today);
    if (st)
        return st;
    anchor_dismiss(call, &anchor, &post, until);
    return anchor_answer(call, &anchor.id, out);
}

status_t
handle_set_contact_points(struct call *call, const SetContactPointsRequest *in, Anchor *out)
{
    struct anchor_points points = { .names = arena_array(call->arena, in->n_points + 1, sizeof *points.names),
                                    .addresses = arena_array(call->arena, in->n_points + 1, sizeof *points.addresses),
                                    .telephones = arena_array(call->arena, in->n_points + 1, sizeof *points.telephones),
                                    .count = in->n_points };
    struct anchor anchor;
    status_t st = anchor_open(call, in->id, &anchor);

    for (size_t i = 0; i < in->n_points && !st; i++) {
        if (!in->points[i]->name[0])
            st = status_field(call->arena, PROBLEM_REQUIRED, arena_printf(call->arena, "/points/%zu/name", i));
        points.names[i] = in->points[i]->name;
        points.addresses[i] = in->points[i]->address;
        points.telephones[i] = in->points[i]->telephone;
    }
    if (st)
        return st;
    anchor_set_points(call, &anchor, &points);
    return anchor_answer(call, &anchor.id, out);
}
