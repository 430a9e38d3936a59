/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a ZIP file in memory, inflated piece by piece under limits: what the archive says of its sizes is not
 * believed, what comes out is counted. Pure but for the arena; fuzzed through xlsx.h. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_ZIP_H
#define LIANGXIN_ORGANIZATIONS_TABLES_ZIP_H

#include "base/status.h"

#define ZIP_ENTRIES    512                        /* parts an archive may have */
#define ZIP_INFLATED   ((size_t)96 * 1024 * 1024) /* bytes that may come out of all parts read */
#define ZIP_RATIO      250                        /* bytes out for one byte of the archive ... */
#define ZIP_RATIO_FROM ((size_t)1024 * 1024)      /* ... once so many have come out */

struct zip;

/* BAD_XLSX when it is no archive, TOO_MANY beyond ZIP_ENTRIES. `bytes` must outlive it; closed with the arena. */
status_t zip_open(struct arena *arena, struct slice bytes, struct zip **ret_zip);
/* Goes to the start of the part: NOT_FOUND when there is none of this name, BAD_XLSX when it is encrypted. */
status_t zip_open_part(struct zip *zip, const char *name);
/* The next bytes of the part; 0 at its end. XLSX_BOMB over a limit, BAD_XLSX when the bytes are damaged. */
status_t zip_read(struct zip *zip, char *room, size_t size, size_t *ret_size);

#endif
