/* SPDX-License-Identifier: Apache-2.0 */
/* ZIP archives and workbooks made by hand, well or badly, for readers to be tried on. */
#ifndef LIANGXIN_TESTS_SUPPORT_ARCHIVE_H
#define LIANGXIN_TESTS_SUPPORT_ARCHIVE_H

#include "base/strbuf.h"

#define ARCHIVE_PARTS 1024

struct archive {
    struct strbuf bytes;
    size_t at[ARCHIVE_PARTS]; /* of each part's head */
    size_t n_parts;
    struct strbuf directory;
};

void archive_open(struct archive *archive);
/* Deflates the part. */
void archive_add(struct archive *archive, const char *name, struct slice content);
/* The whole archive, valid until archive_free. */
struct slice archive_close(struct archive *archive);
void archive_free(struct archive *archive);

/* A workbook of one sheet with this sheetData, and what a test wants else; NULL: without the part. */
struct workbook {
    const char *sheet;   /* inside <sheetData> */
    const char *strings; /* inside <sst> */
    const char *formats; /* inside <styleSheet> */
    const char *merges;  /* inside <mergeCells> */
    const char *book;    /* instead of the usual workbook.xml */
    const char *whole;   /* instead of the whole sheet1.xml */
};

/* Into `archive`, opened here. */
struct slice workbook_make(struct archive *archive, const struct workbook *workbook);
/* A CSV text, without quotes in it, as a workbook of inline strings. */
struct slice workbook_of_csv(struct archive *archive, struct slice csv);

#endif
