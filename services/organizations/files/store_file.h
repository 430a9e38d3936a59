/* SPDX-License-Identifier: Apache-2.0 */
/* The file store as this service's calls use it, and who may read a file. */
#ifndef LIANGXIN_ORGANIZATIONS_FILES_STORE_FILE_H
#define LIANGXIN_ORGANIZATIONS_FILES_STORE_FILE_H

#include "rpc/call.h"
#include "rpc/file_store.h"

/* The store in the call's transaction. */
struct file_store file_store_of(const struct call *call);
/* A file that the actor may read: his own, or a paper of a record that he may read. NOT_FOUND otherwise. */
status_t file_readable(struct call *call, const struct id *id, struct stored_file *ret_file);
/* One's own file, which now nobody removes before the transaction ends. */
status_t file_own(struct call *call, const struct id *id, struct stored_file *ret_file);

extern const struct db_statement sql_file_readable;
extern const struct db_statement sql_file_own;

#endif
