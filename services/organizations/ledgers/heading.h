/* SPDX-License-Identifier: Apache-2.0 */
/* The header row of a ledger file: which column of the form each heading means. A heading is known by its own words, by
 * words people also use for it, or because somebody has said so (`choices`: of this request, or remembered). Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_HEADING_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_HEADING_H

#include "organizations/ledgers/column.h"
#include "organizations/tables/record.h"

#define HEADING_SIZE    200        /* bytes of a heading that are looked at */
#define HEADING_OUTCOME "导入结果" /* what an annotated file adds, passed over when it comes back */
#define HEADING_REASON  "导入原因"

/* "This heading is that column"; an empty column: pass it over. */
struct heading_choice {
    const char *heading;
    const char *column;
};

struct sheet_heading {
    const char *text;   /* as the file has it */
    const char *column; /* of the form; empty: passed over; NULL: nobody knows */
};

/* The column that the heading means; `choices` come first. False: unknown. *ret_column NULL: to be passed over. */
bool heading_find(const struct ledger_form *form, const struct heading_choice *choices, size_t n_choices,
                  struct slice heading, const struct column **ret_column);
/* The column with these very words; NULL when there is none. */
const struct column *column_named(const struct ledger_form *form, struct slice name);

#endif
