/* SPDX-License-Identifier: Apache-2.0 */
/* Totals of today, counted from what stands now and from rows that have dates. */
#ifndef LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_FIGURES_SAME_H
#define LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_FIGURES_SAME_H

#include "desk.h"
#include "organizations/figures/store_figures.h"

/* One row of totals for today, seen by who acts: of an organization, or of a region when that is NULL. */
struct db_rows *figures_count(struct desk *desk, const struct db_statement *statement, const struct id *organization,
                              const char *region);
/* Fails unless both say the same of every organization and of every region. */
void figures_same(struct desk *desk);
/* The same without branches: each is below a head. */
void figures_same_of_heads(struct desk *desk);

#endif
