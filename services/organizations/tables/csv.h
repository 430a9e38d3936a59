/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as RFC 4180 has it, strictly, over bytes: the reader knows no encoding. That is safe for UTF-8 and GB18030, in
 * which a comma, a quote and a line end never are part of another character. Pure; fuzzed. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_CSV_H
#define LIANGXIN_ORGANIZATIONS_TABLES_CSV_H

#include "base/arena.h"
#include "organizations/tables/record.h"

struct csv_reader {
    struct slice rest; /* what is not read yet */
    int64_t row;       /* of the last record */
};

/* `bytes` must outlive the reader and the records. */
void csv_open(struct csv_reader *reader, struct slice bytes);
/* The next record that is not a blank line; false at the end. After a broken one reading goes on at the next line.
 * Cells with doubled quotes are copied into `arena`. */
bool csv_next(struct csv_reader *reader, struct arena *arena, struct record *ret_record);

#endif
