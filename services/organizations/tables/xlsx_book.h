/* SPDX-License-Identifier: Apache-2.0 */
/* What a workbook says outside of its sheets: which part is the sheet, shared strings, formats that show a day. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_XLSX_BOOK_H
#define LIANGXIN_ORGANIZATIONS_TABLES_XLSX_BOOK_H

#include "organizations/tables/zip.h"

/* A list that grows in an arena. */
struct grown {
    char *items;
    size_t count;
    size_t room;
};

struct xlsx_book {
    struct arena *arena;
    struct zip *zip;
    bool from_1904;
    const char *part;     /* of the sheet asked for */
    struct grown strings; /* struct slice */
    struct grown dates;   /* bool by cell format */
    size_t text;          /* bytes kept so far, of XLSX_TEXT */
};

/* Reads all of it. Statuses of xlsx_open. */
status_t xlsx_book_open(struct arena *arena, struct slice bytes, const char *sheet, struct xlsx_book *ret_book);
/* One more item of this size, zeroed; TOO_MANY when there are `most`. */
status_t
grown_add(struct arena *arena, struct grown *grown, size_t size, size_t most, const char *what, void **ret_item);
/* Keeps a text in the arena: TOO_LONG beyond XLSX_CELL, XLSX_BOMB beyond XLSX_TEXT in all. */
status_t book_keep(struct xlsx_book *book, struct slice text, struct slice *ret_kept);

#endif
