/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations read: one, pages by code, and the counts below one. On the worker's thread, without a transaction. */
#include "organizations/organizations/store_organization.h"
#include "base/banned.h"

status_t
handle_get_organization(struct call *call, const OrganizationId *in, Organization *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = organization_find(call, &id, &row);

    if (st)
        return st;
    organization_to_wire(row, 0, out);
    return db_rows_status(row);
}

status_t
handle_list_organizations(struct call *call, const ListOrganizationsRequest *in, OrganizationPage *out)
{
    const char *filter = arena_printf(call->arena, "%s|%s", in->code, in->superior_id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = organization_list(call, in->code, in->superior_id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Organization *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = organization_new(call->arena);
        organization_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "code");
    return db_rows_status(rows);
}

status_t
handle_summarize_organization(struct call *call, const OrganizationId *in, Summary *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = organization_summary(call, &id, &row);

    if (st)
        return st;
    out->organization_id = wire_text(db_text(row, 0, "id"));
    out->nodes = db_i64(row, 0, "nodes");
    out->organizations = db_i64(row, 0, "organizations");
    out->single = db_i64(row, 0, "single");
    out->joint = db_i64(row, 0, "joint");
    out->members = db_i64(row, 0, "members");
    out->floating_members = db_i64(row, 0, "floating");
    out->units_covered = db_i64(row, 0, "units_covered");
    out->units_uncovered = db_i64(row, 0, "units_uncovered");
    out->units = out->units_covered + out->units_uncovered;
    out->operating_covered = db_i64(row, 0, "operating_covered");
    out->operating_single = db_i64(row, 0, "operating_single");
    out->operating_uncovered = db_i64(row, 0, "operating_uncovered");
    out->units_operating = out->operating_covered + out->operating_uncovered;
    return db_rows_status(row);
}
