/* SPDX-License-Identifier: Apache-2.0 */
/* Totals of a day, from rows that have dates: by line (隶属) as it was, and by territory (属地). */
#ifndef LIANGXIN_ORGANIZATIONS_FIGURES_STORE_FIGURES_H
#define LIANGXIN_ORGANIZATIONS_FIGURES_STORE_FIGURES_H

#include "rpc/page.h"

/* One row of counts at the end of `as_of`; NOT_FOUND outside the scope. */
status_t figures_by_line(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_row);
status_t figures_by_territory(struct call *call, const char *region, date_t as_of, struct db_rows **ret_row);
extern const struct db_statement sql_figures_by_line;
extern const struct db_statement sql_figures_by_territory;
extern const struct db_statement sql_figures_by_line_now; /* of today, from what stands now */
extern const struct db_statement sql_figures_by_territory_now;

#endif
