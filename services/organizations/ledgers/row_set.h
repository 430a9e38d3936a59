/* SPDX-License-Identifier: Apache-2.0 */
/* A set of rows as one statement argument: a JSON array for jsonb_to_recordset. An absent member is SQL null. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_ROW_SET_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_ROW_SET_H

#include "base/date.h"
#include "base/id.h"
#include "base/json_writer.h"
#include "base/arena.h"

struct row_set {
    struct strbuf buf;
    struct json_writer json;
};

void row_set_open(struct row_set *set);
void row_set_begin(struct row_set *set);
void row_set_end(struct row_set *set);
void row_set_text(struct row_set *set, const char *key, const char *text);  /* NULL: absent */
void row_set_id(struct row_set *set, const char *key, const struct id *id); /* nil: absent */
void row_set_date(struct row_set *set, const char *key, date_t date);       /* DATE_NONE: absent */
/* The array, in `arena`; the set is closed. */
const char *row_set_close(struct row_set *set, struct arena *arena);

#endif
