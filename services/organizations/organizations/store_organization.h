/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations in the database: reads for the API (store_organization.c) and rows to messages (wire_organization.c).
 */
#ifndef LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_STORE_ORGANIZATION_H
#define LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_STORE_ORGANIZATION_H

#include "rpc/page.h"
#include "organizations/wire.h"

/* store_organization.c: rows with the columns of organization_to_wire. Out of scope is NOT_FOUND. */
status_t organization_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* By code; the filters are texts of the request, "" for none. A code is of one organization, so it says all. */
status_t organization_list(struct call *call, const char *code, const char *superior_id, const struct page *page,
                           struct db_rows **ret_rows);
/* At and below one, whose term of office (任期) ends in these days. `from` DATE_NONE: however long ago. */
status_t organization_terms(struct call *call, const struct id *id, date_t from, date_t through,
                            const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_organization_find;
extern const struct db_statement sql_organization_by_code;
extern const struct db_statement sql_organization_below;
extern const struct db_statement sql_organization_list;
extern const struct db_statement sql_organization_terms;

/* wire_organization.c */
void organization_to_wire(struct db_rows *rows, int row, Organization *out);
status_t organization_page(struct call *call, const struct page *page, struct db_rows *rows, OrganizationPage *out);
/* The organization after a command, as its answer. */
status_t organization_answer(struct call *call, const struct id *id, Organization *out);

#endif
