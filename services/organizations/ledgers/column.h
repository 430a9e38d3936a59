/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger as a table of columns: what the header calls it, how its cells are read, where the value goes. One table per
 * ledger serves reading, comparing with what the database holds, and naming the column in a problem. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_COLUMN_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_COLUMN_H

#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "base/status.h"
#include "organizations/words.h"

/* What a cell holds, and the type of the field that takes it. An empty cell gives NULL, DATE_NONE, 0, false or -1. */
enum cell_kind {
    CELL_TEXT,      /* const char * */
    CELL_CODE,      /* const char *: letters and digits */
    CELL_REGION,    /* const char *: 2 to 12 digits */
    CELL_UNIT_CODE, /* const char *: 统一社会信用代码 with its check character */
    CELL_IDENTITY,  /* const char *: 公民身份号码 */
    CELL_TELEPHONE, /* const char * */
    CELL_DATE,      /* date_t */
    CELL_COUNT,     /* int64_t */
    CELL_YUAN,      /* fen_t; empty: -1 */
    CELL_YES_NO,    /* bool */
    CELL_WORD,      /* int: place in `words` */
};

struct column {
    const char *heading;
    enum cell_kind kind;
    bool required;
    bool elsewhere; /* not kept here: no part of the comparison */
    bool may_lack;  /* files from before there was this column: the ledger leaves the value as it is */
    bool masked;    /* a number that an export may have masked; taken as it is, for the ledger to judge */
    size_t offset;
    size_t most; /* characters of a text */
    const struct word *words;
    const char *also; /* what people call it besides, '|' between; or NULL */
};

/* One thing that is wrong with a row. */
struct row_problem {
    const struct row_problem *next;
    const char *column; /* heading; NULL: the row as a whole */
    enum problem_name problem;
};

enum row_outcome { ROW_PENDING, ROW_CREATED, ROW_UPDATED, ROW_UNCHANGED, ROW_DUPLICATE, ROW_INVALID };

/* One row of a ledger on its way. */
struct sheet_row {
    int64_t row;                        /* as a spreadsheet shows it */
    const struct slice *cells;          /* in the order of the columns, UTF-8, trimmed; NULL: unreadable */
    void *data;                         /* the ledger's own struct */
    const struct row_problem *problems; /* in the order found */
    enum row_outcome outcome;
    struct id entity;   /* nil until known */
    void *facts;        /* what the database says, set by the ledger */
    int64_t version;    /* of the entity as it was found; 0: new, or of a kind that has none */
    const void *before; /* data of the entity as it was found; NULL: new. Set by row_settle */
    struct id person;   /* who is made with the row; nil: nobody. Set by the ledger's effects */
};

/* The fixed part of a ledger: no database in it. */
struct ledger_form {
    const char *name;             /* "members" */
    const struct column *columns; /* ends with .heading == NULL */
    size_t data_size;
    size_t key;      /* offset of the text that names a row */
    size_t superior; /* offset of the text that names the row above; 0: rows do not hang on each other */
    /* Rules between the cells of one row; or NULL. */
    void (*check)(struct arena *arena, struct sheet_row *row, date_t today);
};

size_t column_count(const struct ledger_form *form);
/* Reads the cell into the row's data or adds a problem. */
void column_read(struct arena *arena, const struct column *column, struct slice cell, struct sheet_row *row);
void row_refuse(struct arena *arena, struct sheet_row *row, const char *column, enum problem_name problem);
/* The value as a ledger file writes it: reading it gives the value again. In `arena`, or what `data` points to. */
struct slice column_write(struct arena *arena, const struct column *column, const void *data);
/* The kept values as one text: equal texts, equal rows. */
struct slice row_content(struct arena *arena, const struct ledger_form *form, const void *data);
const char *row_key(const struct ledger_form *form, const struct sheet_row *row);

#endif
