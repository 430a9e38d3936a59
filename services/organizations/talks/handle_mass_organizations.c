/* SPDX-License-Identifier: Apache-2.0 */
/* Mass organizations begun, ended and listed. On the worker's thread, commands in their transaction. */
#include "organizations/talks/store_mass_organization.h"
#include "organizations/units/store_unit.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

_Static_assert((int)LIANGXIN__ORGANIZATIONS__V1__MASS_ORGANIZATION_KIND__MASS_ORGANIZATION_KIND_WOMEN == 3,
               "mass_organization_kinds has the order of the enum");

static status_t
answer(struct call *call, const struct id *unit, MassOrganizationList *out)
{
    struct db_rows *rows;
    status_t st = mass_organization_list(call, unit, &rows);

    if (st)
        return st;
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (int i = 0; i < (int)out->n_items; i++) {
        MassOrganization *item = mass_organization_new(call->arena);

        item->id = wire_text(db_text(rows, i, "id"));
        item->kind = (MassOrganizationKind)word_of_code(mass_organization_kinds, db_text(rows, i, "kind"));
        item->since = wire_text(db_text(rows, i, "since"));
        item->until = wire_text(db_text(rows, i, "until"));
        out->items[i] = item;
    }
    return db_rows_status(rows);
}

status_t
handle_list_mass_organizations(struct call *call, const UnitId *in, MassOrganizationList *out)
{
    struct id unit = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = unit_find(call, &unit, &row);

    return st ? st : answer(call, &unit, out);
}

static void
note(struct call *call, const struct id *id, int kind, const char *what, date_t day)
{
    char text[DATE_SIZE];

    date_format(day, text);
    audit_add(call, &(struct audit_entry){
                        .object = "mass_organization",
                        .id = id,
                        .after = slice_of(arena_printf(call->arena, "%s|%s|%s",
                                                       word_code(mass_organization_kinds, kind), what, text)) });
}

status_t
handle_begin_mass_organization(struct call *call, const BeginMassOrganizationRequest *in, MassOrganizationList *out)
{
    date_t since = wire_day_or(in->since, call->today);
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct id unit = wire_read_id(in->id);
    struct mass_organization_facts facts;
    status_t st = mass_organization_facts(call, &unit, (int)in->kind, &facts);

    if (!st && facts.stands)
        st = status_plain(PROBLEM_ALREADY_EXISTS);
    if (!st && (since > call->today || (facts.over_on != DATE_NONE && since < facts.over_on)))
        st = status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (st)
        return st;
    mass_organization_begin(call, &unit, (int)in->kind, since, id);
    note(call, id, (int)in->kind, "since", since);
    return answer(call, &unit, out);
}

status_t
handle_end_mass_organization(struct call *call, const EndMassOrganizationRequest *in, MassOrganizationList *out)
{
    date_t until = wire_day_or(in->until, call->today);
    struct id unit = wire_read_id(in->id);
    struct mass_organization_facts *facts = arena_alloc(call->arena, sizeof *facts);
    status_t st = mass_organization_facts(call, &unit, (int)in->kind, facts);

    if (!st && !facts->stands)
        st = status_field(call->arena, PROBLEM_BAD_VALUE, "/kind");
    if (!st && (until > call->today || until < facts->since))
        st = status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/until");
    if (st)
        return st;
    mass_organization_end(call, &facts->id, until);
    note(call, &facts->id, (int)in->kind, "until", until);
    return answer(call, &unit, out);
}
