/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors listed, read, made, changed. On the worker's thread, commands in their transaction. */
#include "io/clock.h"
#include "organizations/anchors/anchor.h"
#include "organizations/anchors/anchor_answer.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((value) == (int)LIANGXIN__ORGANIZATIONS__V1__##code, #code)
SAME(1, ANCHOR_KIND__ANCHOR_KIND_PARK);
SAME(8, ANCHOR_KIND__ANCHOR_KIND_GRID);
SAME(1, ANCHOR_DUTY__ANCHOR_DUTY_RESPONSIBLE);
SAME(3, ANCHOR_DUTY__ANCHOR_DUTY_GRID_WORKER);

static void
anchor_to_wire(struct db_rows *rows, int row, Anchor *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->kind = (AnchorKind)word_of_code(anchor_kinds, db_text(rows, row, "kind"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->region_code = wire_text(db_text(rows, row, "region_code"));
    out->address = wire_text(db_text(rows, row, "address"));
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->units = db_i64(rows, row, "units");
    out->version = db_i64(rows, row, "version");
}

static status_t
add_points(struct call *call, const struct id *id, Anchor *out)
{
    struct db_rows *rows;
    status_t st = anchor_points(call, id, &rows);

    if (st)
        return st;
    out->n_points = (size_t)db_count(rows);
    out->points = arena_array(call->arena, out->n_points, sizeof *out->points);
    for (size_t i = 0; i < out->n_points; i++) {
        out->points[i] = contact_point_new(call->arena);
        out->points[i]->name = wire_text(db_text(rows, (int)i, "name"));
        out->points[i]->address = wire_text(db_text(rows, (int)i, "address"));
        out->points[i]->telephone = wire_text(db_text(rows, (int)i, "telephone"));
    }
    return db_rows_status(rows);
}

static status_t
add_persons(struct call *call, const struct id *id, Anchor *out)
{
    struct db_rows *rows;
    status_t st = anchor_persons(call, id, &rows);

    if (st)
        return st;
    out->n_persons = (size_t)db_count(rows);
    out->persons = arena_array(call->arena, out->n_persons, sizeof *out->persons);
    for (size_t i = 0; i < out->n_persons; i++) {
        out->persons[i] = anchor_person_new(call->arena);
        out->persons[i]->person_id = wire_text(db_text(rows, (int)i, "person_id"));
        out->persons[i]->name = wire_text(db_text(rows, (int)i, "name"));
        out->persons[i]->duty = (AnchorDuty)word_of_code(anchor_duties, db_text(rows, (int)i, "duty"));
        out->persons[i]->since = wire_text(db_text(rows, (int)i, "since"));
    }
    return db_rows_status(rows);
}

status_t
anchor_answer(struct call *call, const struct id *id, Anchor *out)
{
    struct db_rows *row;
    status_t st = anchor_find(call, id, &row);

    if (st)
        return st;
    anchor_to_wire(row, 0, out);
    st = db_rows_status(row);
    if (!st)
        st = add_points(call, id, out);
    return st ? st : add_persons(call, id, out);
}

status_t
handle_list_anchors(struct call *call, const ListAnchorsRequest *in, AnchorPage *out)
{
    const char *kind = in->which_case ? word_code(anchor_kinds, (int)in->kind) : NULL;
    const char *filter = arena_printf(call->arena, "%s|%s", kind ? kind : "", in->search);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = anchor_list(call, kind, in->search, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Anchor *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = anchor_new(call->arena);
        anchor_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_get_anchor(struct call *call, const AnchorId *in, Anchor *out)
{
    struct id id = wire_read_id(in->id);

    return anchor_answer(call, &id, out);
}

static status_t
judge(struct call *call, const struct anchor *anchor)
{
    struct db_rows *facts;
    status_t st;

    if (!anchor->name[0])
        return status_field(call->arena, PROBLEM_REQUIRED, "/name");
    st = anchor_facts(call, anchor, &facts);
    if (st)
        return st;
    if (!db_bool(facts, 0, "region_known"))
        return status_field(call->arena, PROBLEM_UNKNOWN_REGION, "/region_code");
    if (!db_bool(facts, 0, "region_reached"))
        return status_field(call->arena, PROBLEM_OUTSIDE_SCOPE, "/region_code");
    if (!db_bool(facts, 0, "organization_known"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/organization_id");
    if (db_bool(facts, 0, "name_taken"))
        return status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/name");
    return db_rows_status(facts);
}

status_t
handle_create_anchor(struct call *call, const CreateAnchorRequest *in, Anchor *out)
{
    struct anchor anchor = { .id = clock_id(),
                             .kind = (int)in->kind,
                             .name = in->name,
                             .region_code = in->region_code,
                             .address = in->address[0] ? in->address : NULL };
    status_t st;

    if (in->organization_id[0])
        anchor.organization = wire_read_id(in->organization_id);
    st = judge(call, &anchor);
    if (st)
        return st;
    anchor_insert(call, &anchor);
    return anchor_answer(call, &anchor.id, out);
}

/* What the form brings takes the place of what stands. */
static status_t
read_form(struct call *call, const EditAnchorRequest *in, struct anchor *anchor)
{
    if (in->set_kind_case == LIANGXIN__ORGANIZATIONS__V1__EDIT_ANCHOR_REQUEST__SET_KIND_KIND) {
        if (!in->kind)
            return status_field(call->arena, PROBLEM_REQUIRED, "/kind");
        anchor->kind = (int)in->kind;
    }
    if (in->set_name_case == LIANGXIN__ORGANIZATIONS__V1__EDIT_ANCHOR_REQUEST__SET_NAME_NAME)
        anchor->name = in->name;
    if (in->set_address_case == LIANGXIN__ORGANIZATIONS__V1__EDIT_ANCHOR_REQUEST__SET_ADDRESS_ADDRESS)
        anchor->address = in->address[0] ? in->address : NULL;
    if (in->set_organization_case != LIANGXIN__ORGANIZATIONS__V1__EDIT_ANCHOR_REQUEST__SET_ORGANIZATION_ORGANIZATION_ID)
        return OK;
    anchor->organization = (struct id){ 0 };
    if (in->organization_id[0] && !id_parse(slice_of(in->organization_id), &anchor->organization))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/organization_id");
    return OK;
}

status_t
handle_edit_anchor(struct call *call, const EditAnchorRequest *in, Anchor *out)
{
    struct anchor anchor;
    status_t st = anchor_open(call, in->id, &anchor);

    if (!st)
        st = read_form(call, in, &anchor);
    if (!st)
        st = judge(call, &anchor);
    if (st)
        return st;
    anchor_keep(call, &anchor);
    return anchor_answer(call, &anchor.id, out);
}
