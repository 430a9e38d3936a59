/* SPDX-License-Identifier: Apache-2.0 */
/* Members of a line over a month: start + in - out = end (store_member_table.c, handle_member_table.c). */
#ifndef LIANGXIN_ORGANIZATIONS_FIGURES_MEMBER_TABLE_H
#define LIANGXIN_ORGANIZATIONS_FIGURES_MEMBER_TABLE_H

#include "organizations/wire.h"

/* From the end of the day before `first` to the end of `last`. NOT_FOUND outside the scope. */
status_t
member_table_read(struct call *call, const struct id *organization, date_t first, date_t last, MemberTable *out);
extern const struct db_statement sql_member_table;

#endif
