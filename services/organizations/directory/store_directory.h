/* SPDX-License-Identifier: Apache-2.0 */
/* The directory in the database: the one read without a scope, and for that only these columns. */
#ifndef LIANGXIN_ORGANIZATIONS_DIRECTORY_STORE_DIRECTORY_H
#define LIANGXIN_ORGANIZATIONS_DIRECTORY_STORE_DIRECTORY_H

#include "rpc/page.h"

/* By code. `name` is part of a name, `code` a whole code; "" for any. */
status_t directory_list(struct call *call, const char *name, const char *code, const struct page *page,
                        struct db_rows **ret_rows);

extern const struct db_statement sql_directory_list;
extern const struct db_statement sql_directory_by_code;

#endif
