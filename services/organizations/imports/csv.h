/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as RFC 4180 has it, strictly, over bytes: the reader knows no encoding. That is safe for UTF-8 and GB18030, in
 * which a comma, a quote and a line end never are part of another character. Pure; fuzzed. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_CSV_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_CSV_H

#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

#define CSV_CELLS 64 /* columns a record may have */

struct csv_reader {
    struct slice rest; /* what is not read yet */
    int64_t row;       /* of the last record */
};

struct csv_record {
    int64_t row;  /* as a spreadsheet shows it: the first record is 1, blank lines count */
    bool broken;  /* a stray or an open quote, a lone CR, too many cells: there are no cells then */
    size_t count; /* cells */
    struct slice cell[CSV_CELLS];
};

/* `bytes` must outlive the reader and the records. */
void csv_open(struct csv_reader *reader, struct slice bytes);
/* The next record that is not a blank line; false at the end. After a broken one reading goes on at the next line.
 * Cells with doubled quotes are copied into `arena`. */
bool csv_next(struct csv_reader *reader, struct arena *arena, struct csv_record *ret_record);

#endif
