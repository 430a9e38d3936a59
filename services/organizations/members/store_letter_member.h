/* SPDX-License-Identifier: Apache-2.0 */
/* Facts of a member for a letter, with the committee that may issue it (store_letter_member.c). */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_LETTER_MEMBER_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_LETTER_MEMBER_H

#include "organizations/wire.h"
#include "rpc/call.h"

status_t letter_member_find(struct call *call, const struct id *member, struct db_rows **ret_row);

extern const struct db_statement sql_letter_member;

#endif
