/* SPDX-License-Identifier: Apache-2.0 */
/* Forms as rows of ledgers. The call's thread and transaction. */
#include "organizations/ledgers/form.h"

#include <inttypes.h>

#include "organizations/members/identity_number.h"
#include "base/check.h"
#include "base/banned.h"

static const struct column *
column_of(const struct ledger_form *ledger, const char *heading)
{
    const struct column *column = ledger->columns;

    while (column->heading && strcmp(column->heading, heading) != 0)
        column++;
    CHECK(column->heading);
    return column;
}

static const struct form_field *
field_of(const struct form *form, const char *heading)
{
    for (const struct form_field *row = form->fields; row->field; row++)
        if (heading && strcmp(row->heading, heading) == 0)
            return row;
    return NULL;
}

/* The value of a field as a cell of the ledger; false when the form leaves it as it is. */
static bool
cell_of(struct arena *arena, const ProtobufCMessage *in, const struct form_field *row, const struct column *column,
        struct slice *ret_cell)
{
    const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(in->descriptor, row->field);
    const char *at = (const char *)in;
    int word;

    CHECK(field);
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
        *(const uint32_t *)(const void *)(at + field->quantifier_offset) != field->id)
        return false;
    at += field->offset;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        *ret_cell = slice_of(*(const char *const *)(const void *)at);
        return true;
    case PROTOBUF_C_TYPE_BOOL:
        *ret_cell = slice_of(*(const protobuf_c_boolean *)(const void *)at ? "是" : "否");
        return true;
    case PROTOBUF_C_TYPE_ENUM:
        word = *(const int *)(const void *)at;
        *ret_cell = slice_of(word > 0 ? column->words[word - 1].ledger : "");
        return true;
    default:
        *ret_cell = slice_of(arena_printf(arena, "%" PRId64, *(const int64_t *)(const void *)at));
        return true;
    }
}

static struct import_work
work_of(struct call *call, const struct form *form, struct sheet *sheet)
{
    return (struct import_work){ .db = call->db,
                                 .arena = call->arena,
                                 .state = call->state,
                                 .actor = *call->actor,
                                 .audit = { .db = call->db,
                                            .arena = call->arena,
                                            .actor = call->actor,
                                            .process = call->caller,
                                            .action = call->method->name,
                                            .request = call->request->id,
                                            .now = call->now },
                                 .sheet = sheet,
                                 .now = call->now,
                                 .today = call->today,
                                 .source = form->source,
                                 .as_of = form->as_of };
}

static status_t
problems_of(struct arena *arena, const struct form *form, const struct sheet_row *row)
{
    status_t st = OK;

    for (const struct row_problem *problem = row->problems; problem; problem = problem->next) {
        const struct form_field *field = field_of(form, problem->column);
        const char *pointer = field ? arena_printf(arena, "/%s", field->field) : NULL;

        st = status_join(arena, st,
                         pointer ? status_field(arena, problem->problem, pointer) : status_plain(problem->problem));
    }
    return st;
}

/* Rules within the row, facts, judgement. */
static status_t
judge(struct import_work *work, const struct form *form, struct sheet_row *row)
{
    status_t st = OK;

    if (!id_is_nil(&work->actor.own)) /* ledgers are judged by an organization's line */
        return status_plain(PROBLEM_DENIED);
    if (row->outcome != ROW_INVALID && form->ledger->form->check)
        form->ledger->form->check(work->arena, row, work->today);
    if (row->outcome != ROW_INVALID)
        st = ledger_judge(form->ledger, work, &row, 1, true);
    if (st)
        return st;
    return row->outcome == ROW_INVALID ? problems_of(work->arena, form, row) : OK;
}

status_t
form_create(struct call *call, const struct form *form, const ProtobufCMessage *in, struct id *ret_entity)
{
    const struct ledger_form *ledger = form->ledger->form;
    struct sheet sheet = { .form = ledger };
    struct import_work work = work_of(call, form, &sheet);
    struct sheet_row *row = arena_alloc(call->arena, sizeof *row);
    status_t st;

    row->data = arena_alloc(call->arena, ledger->data_size);
    for (const struct column *column = ledger->columns; column->heading; column++) {
        const struct form_field *field = field_of(form, column->heading);
        struct slice cell = slice_of("");

        if (field)
            (void)cell_of(call->arena, in, field, column, &cell);
        column_read(call->arena, column, cell, row);
    }
    st = judge(&work, form, row);
    if (!st && row->outcome != ROW_CREATED)
        st = status_plain(PROBLEM_ALREADY_EXISTS);
    if (!st)
        st = form->ledger->apply(&work, &row, 1);
    if (st)
        return st;
    call->audited = true;
    *ret_entity = row->entity;
    return OK;
}

/* What the form brings and the row has otherwise by now. Numbers of persons are not shown. */
static status_t
stale(struct call *call, const struct form *form, const ProtobufCMessage *in, const void *before, int64_t version)
{
    struct comparison *comparison = arena_alloc(call->arena, sizeof *comparison);
    struct change *changes = arena_array(call->arena, column_count(form->ledger->form), sizeof *changes);

    for (const struct form_field *row = form->fields; row->field; row++) {
        const struct column *column = column_of(form->ledger->form, row->heading);
        struct slice now = column_write(call->arena, column, before);
        struct slice wanted;

        if (column->kind == CELL_IDENTITY || column->kind == CELL_TELEPHONE ||
            !cell_of(call->arena, in, row, column, &wanted) || slice_equal(now, wanted))
            continue;
        changes[comparison->n_changes++] = (struct change){ .pointer = arena_printf(call->arena, "/%s", row->field),
                                                            .value = arena_text_slice(call->arena, now) };
    }
    comparison->version = version;
    comparison->changes = changes;
    return status_stale(call->arena, comparison);
}

/* The row as it stands, locked, found by its key. */
static status_t
load(struct import_work *work, const struct form *form, struct sheet_row *row)
{
    struct db_rows *found;
    status_t st = form->ledger->load(work, &row, 1, true, &found);

    row->facts = arena_alloc(work->arena, form->ledger->facts_size);
    if (!st)
        st = form->ledger->read_facts(work, found, 0, row);
    return st ? st : db_rows_status(found);
}

static void
read_changes(struct call *call, const struct form *form, const ProtobufCMessage *in, struct sheet_row *row)
{
    for (const struct column *column = form->ledger->form->columns; column->heading; column++) {
        const struct form_field *field = field_of(form, column->heading);
        struct slice cell = slice_of("");

        if ((field && cell_of(call->arena, in, field, column, &cell)) || column->elsewhere)
            column_read(call->arena, column, cell, row);
    }
}

status_t
form_edit(struct call *call, const struct form *form, const char *key, const ProtobufCMessage *in)
{
    const struct ledger_form *ledger = form->ledger->form;
    struct sheet sheet = { .form = ledger };
    struct import_work work = work_of(call, form, &sheet);
    struct sheet_row *row = arena_alloc(call->arena, sizeof *row);
    const char *facts;
    int64_t version;
    status_t st;

    row->data = arena_alloc(call->arena, ledger->data_size);
    *(const char **)(void *)((char *)row->data + ledger->key) = key;
    st = load(&work, form, row);
    if (st)
        return st;
    facts = row->facts;
    version = *(const int64_t *)(const void *)(facts + form->ledger->version);
    if (call->request->has_version && call->request->version != version)
        return stale(call, form, in, facts + form->ledger->before, version);
    memcpy(row->data, facts + form->ledger->before, ledger->data_size);
    read_changes(call, form, in, row);
    st = judge(&work, form, row);
    if (st)
        return st;
    if (row->outcome == ROW_UPDATED)
        st = form->ledger->apply(&work, &row, 1);
    call->audited = true; /* what is as it was leaves no trace */
    return st;
}
