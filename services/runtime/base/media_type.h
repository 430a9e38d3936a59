/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is, told by its bytes and never by its name. Only the kinds that the system takes or makes are known.
 * Pure. */
#ifndef LIANGXIN_BASE_MEDIA_TYPE_H
#define LIANGXIN_BASE_MEDIA_TYPE_H

#include <stdbool.h>

#include "base/slice.h"

enum media_type {
    MEDIA_UNKNOWN,
    MEDIA_CSV, /* any text of one byte order: no NUL, no control characters but TAB, LF, CR */
    MEDIA_XLSX,
    MEDIA_PDF,
    MEDIA_JPEG,
    MEDIA_PNG,
    MEDIA_TYPES
};

/* The bit of a type in a set of types. */
#define MEDIA_BIT(type) (1u << (type))

/* What has been seen so far; begins as all zero. */
struct media_sniffer {
    enum media_type head; /* what the first bytes say */
    bool begun;
    bool has_workbook; /* names the part that makes a ZIP archive a workbook */
    bool has_control;  /* holds bytes that no text has */
};

/* "text/csv"; NULL for unknown. */
const char *media_type_name(enum media_type type);
/* Takes in the next piece of a file; the first has at least 8 bytes, unless the file is shorter. */
void media_sniff(struct media_sniffer *sniffer, struct slice piece);
/* What the file is, once every piece has been seen. */
enum media_type media_sniffed(const struct media_sniffer *sniffer);

#endif
