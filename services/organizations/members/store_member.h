/* SPDX-License-Identifier: Apache-2.0 */
/* Members in the database: reads for the API (store_member.c), rows to messages (wire_member.c). */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_MEMBER_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_MEMBER_H

#include "rpc/page.h"
#include "organizations/wire.h"

/* store_member.c: rows with the columns of member_to_wire. Out of scope is NOT_FOUND. */
status_t member_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* By name, then person; `organization` "" for the whole scope. */
status_t member_list(struct call *call, const char *organization, const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_member_find;
extern const struct db_statement sql_member_list;

/* wire_member.c */
status_t member_to_wire(struct call *call, struct db_rows *rows, int row, Member *out);

#endif
