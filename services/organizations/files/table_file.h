/* SPDX-License-Identifier: Apache-2.0 */
/* A finished table becomes a stored file. */
#ifndef LIANGXIN_ORGANIZATIONS_FILES_TABLE_FILE_H
#define LIANGXIN_ORGANIZATIONS_FILES_TABLE_FILE_H

#include "organizations/tables/sheet_writer.h"
#include "rpc/file_writer.h"

/* Puts the whole table and closes the file; `arena` holds one chunk of it. UNAVAILABLE: the table cannot be read back.
 */
status_t table_file_pour(struct arena *arena, struct sheet_writer *table, struct file_writer *writer,
                         struct stored_file *ret_file);

#endif
