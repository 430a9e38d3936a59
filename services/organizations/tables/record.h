/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a table as a file has it, of whatever kind the file is. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_RECORD_H
#define LIANGXIN_ORGANIZATIONS_TABLES_RECORD_H

#include <stdint.h>

#include "base/slice.h"

#define RECORD_CELLS 64 /* columns a record may have */

/* What is wrong with a cell before anybody asks what it should hold. */
enum cell_fault {
    CELL_FINE,
    CELL_DIGITS_LOST, /* a number beyond 15 digits: the spreadsheet has made the others up */
    CELL_ERROR,       /* #N/A, or a formula that nobody has calculated */
};

struct record {
    int64_t row;  /* as a spreadsheet shows it: the first record is 1, blank lines count */
    bool broken;  /* a stray or an open quote, a lone CR, too many cells: there are no cells then */
    size_t count; /* cells */
    struct slice cell[RECORD_CELLS];
    uint8_t fault[RECORD_CELLS]; /* enum cell_fault */
};

#endif
