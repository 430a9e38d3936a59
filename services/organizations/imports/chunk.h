/* SPDX-License-Identifier: Apache-2.0 */
/* One chunk of an import in its transaction: checked (check_chunk), written (write_chunk) or put back (undo_chunk).
 * Each queues what became of its rows and the import's progress; the caller commits. The jobs thread. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_CHUNK_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_CHUNK_H

#include "organizations/imports/store_import.h"

/* One import in hand: its file is read once for many chunks. */
struct import_run {
    struct import_work work; /* its arena is the chunk's */
    const struct ledger *ledger;
    struct import_claim claim;
};

struct chunk {
    struct sheet_row **rows;
    size_t count;
    bool last;
};

typedef status_t chunk_work(struct import_run *run, const struct chunk *chunk);

chunk_work check_chunk;
chunk_work write_chunk;
chunk_work undo_chunk;

/* Facts and judgement of the rows that the file alone has not settled. */
status_t chunk_judge(struct import_run *run, struct sheet_row **rows, size_t count, bool lock);

#endif
