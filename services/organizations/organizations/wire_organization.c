/* SPDX-License-Identifier: Apache-2.0 */
/* An organization's row as its message. */
#include "organizations/organizations/store_organization.h"
#include "organizations/words.h"
#include "base/banned.h"

static void
set_dates(struct db_rows *rows, int row, Organization *out)
{
    if (!db_is_null(rows, row, "founded_on")) {
        out->founded_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION__FOUNDED_FOUNDED_ON;
        out->founded_on = wire_text(db_text(rows, row, "founded_on"));
    }
    if (!db_is_null(rows, row, "term_ends_on")) {
        out->term_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION__TERM_TERM_ENDS_ON;
        out->term_ends_on = wire_text(db_text(rows, row, "term_ends_on"));
    }
    if (!db_is_null(rows, row, "may_issue_from")) {
        out->issuing_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION__ISSUING_MAY_ISSUE_FROM;
        out->may_issue_from = wire_text(db_text(rows, row, "may_issue_from"));
    }
    if (!db_is_null(rows, row, "dissolved_on")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION__END_DISSOLVED_ON;
        out->dissolved_on = wire_text(db_text(rows, row, "dissolved_on"));
        out->successor_id = wire_text(db_text(rows, row, "successor_id"));
    }
}

void
organization_to_wire(struct db_rows *rows, int row, Organization *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->kind = (OrganizationKind)word_of_code(organization_kinds, db_text(rows, row, "kind"));
    out->superior_id = wire_text(db_text(rows, row, "superior_id"));
    out->superior_name = wire_text(db_text(rows, row, "superior_name"));
    if (!db_is_null(rows, row, "establish_form")) {
        out->form_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION__FORM_ESTABLISH_FORM;
        out->establish_form = (EstablishForm)word_of_code(establish_forms, db_text(rows, row, "establish_form"));
    }
    set_dates(rows, row, out);
    out->region_code = wire_text(db_text(rows, row, "region_code"));
    out->place = wire_text(db_text(rows, row, "place"));
    out->secretary_name = wire_text(db_text(rows, row, "secretary_name"));
    out->address = wire_text(db_text(rows, row, "address"));
    out->telephone = wire_text(db_text(rows, row, "telephone"));
    out->members = db_i64(rows, row, "members");
    out->version = db_i64(rows, row, "version");
}

status_t
organization_page(struct call *call, const struct page *page, struct db_rows *rows, OrganizationPage *out)
{
    out->n_items = page_count(page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Organization *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = organization_new(call->arena);
        organization_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, page, rows, "code");
    return db_rows_status(rows);
}

status_t
organization_answer(struct call *call, const struct id *id, Organization *out)
{
    struct db_rows *row;
    status_t st = organization_find(call, id, &row);

    if (st)
        return st;
    organization_to_wire(row, 0, out);
    return db_rows_status(row);
}
