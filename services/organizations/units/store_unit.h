/* SPDX-License-Identifier: Apache-2.0 */
/* Units in the database: reads for the API (store_unit.c), as messages (handle_units.c). */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_H
#define LIANGXIN_ORGANIZATIONS_UNITS_STORE_UNIT_H

#include "rpc/page.h"
#include "organizations/wire.h"

/* One row; NOT_FOUND outside the scope. */
status_t unit_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* By code; the filters are texts of the request, "" for none. A code is of one unit, so it says all. Units without an
 * organization are seen by territory. */
status_t unit_list(struct call *call, const char *code, const char *organization_id, const struct page *page,
                   struct db_rows **ret_rows);

/* handle_units.c: the unit as it stands now. */
status_t unit_answer(struct call *call, const struct id *id, Unit *out);

extern const struct db_statement sql_unit_find;
extern const struct db_statement sql_unit_by_code;
extern const struct db_statement sql_unit_below;
extern const struct db_statement sql_unit_list;

#endif
