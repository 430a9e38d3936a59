/* SPDX-License-Identifier: Apache-2.0 */
/* Persons listed, read, made, changed, revealed. On the worker's thread, commands in their transaction. */
#include "organizations/ledgers/form.h"
#include "organizations/members/person_seal.h"
#include "organizations/persons/person_ledger.h"
#include "organizations/persons/store_person.h"
#include "rpc/audit.h"
#include "base/banned.h"

static const struct form_field fields[] = {
    { "name", "姓名" },
    { "sex", "性别" },
    { "identity_number", "公民身份号码" },
    { "telephone", "手机号码" },
    { "organization_code", "组织编码" },
    { "unit_code", "工作单位代码" },
    { 0 },
};

static const struct form person = { .ledger = &person_ledger, .fields = fields };

status_t
handle_list_persons(struct call *call, const ListPersonsRequest *in, PersonPage *out)
{
    const char *role = in->which_case ? word_code(person_roles, (int)in->role) : NULL;
    const char *filter = arena_printf(call->arena, "%s|%s", in->organization_id, role ? role : "");
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = person_list(call, in->organization_id, role, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    st = persons_to_wire(call, rows, out->n_items, &out->items);
    if (st)
        return st;
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_get_person(struct call *call, const PersonId *in, Person *out)
{
    struct id id = wire_read_id(in->id);

    return person_answer(call, &id, out);
}

status_t
handle_create_person(struct call *call, const CreatePersonRequest *in, Person *out)
{
    struct id id;
    status_t st = form_create(call, &person, &in->base, &id);

    return st ? st : person_answer(call, &id, out);
}

status_t
handle_edit_person(struct call *call, const EditPersonRequest *in, Person *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = person_find(call, &id, &row);

    if (!st)
        st = form_edit(call, &person, in->id, &in->base);
    return st ? st : person_answer(call, &id, out);
}

status_t
handle_reveal_person(struct call *call, const RevealPersonRequest *in, RevealedPerson *out)
{
    struct id id = wire_read_id(in->id);
    const char *identity = NULL;
    const char *telephone = NULL;
    struct db_rows *row;
    status_t st = person_find(call, &id, &row);

    if (st)
        return st;
    if (db_bool(row, 0, "is_member"))
        return status_plain(PROBLEM_PERSON_IS_MEMBER);
    st = person_open(call->arena, call->state, &id, PERSON_IDENTITY, db_bytes(row, 0, "identity_sealed"), &identity);
    if (!st)
        st = person_open(call->arena, call->state, &id, PERSON_TELEPHONE, db_bytes(row, 0, "telephone_sealed"),
                         &telephone);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "person", .id = &id, .reason = in->reason });
    out->id = in->id;
    out->identity_number = wire_text(identity);
    out->telephone = wire_text(telephone);
    return db_rows_status(row);
}
