/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations read: one, pages by code, and the counts below one. On the worker's thread, without a transaction. */
#include "organizations/organizations/store_organization.h"
#include "base/banned.h"

status_t
handle_get_organization(struct call *call, const OrganizationId *in, Organization *out)
{
    struct id id = wire_read_id(in->id);

    return organization_answer(call, &id, out);
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
    return st ? st : organization_page(call, &page, rows, out);
}
