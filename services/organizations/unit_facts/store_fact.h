/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger of one unit in the database: what is held (store_fact.c), what is shown (store_fact_sheet.c).
 */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_STORE_FACT_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_STORE_FACT_H

#include "rpc/page.h"
#include "organizations/unit_facts/fact.h"

struct unit_fact {
    struct fact_field field;
    struct held_fact held;
};

/* A unit that somebody speaks of, locked. */
struct fact_sheet {
    struct id unit;
    const char *code;
    int64_t version;
    enum fact_source source; /* as whom the actor's post speaks */
    struct unit_fact *facts; /* those that the actor may see */
    size_t count;
};

/* Where values come from, and of which day. */
struct fact_stamp {
    enum fact_source source;
    date_t as_of;
};

struct fact_change {
    const struct unit_fact *fact;
    const char *value; /* NULL: taken away */
    enum fact_outcome outcome;
};

/* Locks the unit; NOT_FOUND where the actor may not speak of it. */
status_t fact_sheet_open(struct call *call, const struct id *unit, struct fact_sheet *ret_sheet);
/* NULL when there is none that the actor may see. */
const struct unit_fact *fact_find(const struct fact_sheet *sheet, const char *field);
/* The rest is queued. Of the changes those written here alone and those that are so anyway: one row each. */
void facts_add(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
               const struct fact_stamp *stamp);
/* The fields of these groups, but for those in `changes` that are a conflict, are confirmed, and the groups reviewed.
 * No groups: all. */
void facts_confirm(struct call *call, const struct fact_sheet *sheet, char *const *groups, size_t n_groups,
                   const struct fact_change *changes, size_t count, const struct fact_stamp *stamp);

/* Of field f the row that counts (t) and a later confirmation of it (c), among those that `day` lets through. */
#define LATEST_FACT(unit, day)                                                                                         \
    "  LEFT JOIN LATERAL (SELECT h.* FROM unit_fact_history h"                                                         \
    "                      WHERE h.unit_id = " unit " AND h.field = f.name" day(                                       \
        "h") "                      ORDER BY h.as_of DESC, h.seq DESC LIMIT 1) t ON true"                              \
             "  LEFT JOIN LATERAL (SELECT k.* FROM unit_confirmation_history k"                                        \
             "                      WHERE k.unit_id = " unit                                                           \
             " AND k.field_group = f.field_group AND f.name = ANY (k.fields)"                                          \
             "                        AND t.value IS NOT NULL AND (k.as_of, k.at) >= (t.as_of, t.at)" day(             \
                 "k") "                      ORDER BY k.as_of DESC, k.seq DESC LIMIT 1) c ON true"

extern const struct db_statement sql_fact_unit_lock;
extern const struct db_statement sql_fact_list_held;
extern const struct db_statement sql_fact_insert;
extern const struct db_statement sql_fact_confirm;
extern const struct db_statement sql_fact_review;

/* store_fact_sheet.c: rows in the order of the fields, with what the actor may see. */
/* Columns name, field_group, kind, counted, labels, words as "code US zh US en" joined by RS. */
status_t fact_field_list(struct call *call, struct db_rows **ret_rows);
/* The unit's version and open conflicts, with OK only where the actor reaches it. */
status_t fact_unit_find(struct call *call, const struct id *unit, struct db_rows **ret_row);
status_t fact_list(struct call *call, const struct id *unit, date_t as_of, struct db_rows **ret_rows);
/* The counted fields of a day: field, value. */
status_t fact_count(struct call *call, const struct id *unit, date_t as_of, struct db_rows **ret_rows);
/* `field` NULL: all. Latest first; the key is `seq`. */
status_t fact_history_list(struct call *call, const struct id *unit, const char *field, const struct page *page,
                           struct db_rows **ret_rows);
/* Groups stale on the day, oldest first; the key is `key`. */
status_t
stale_list(struct call *call, const char *group, date_t on, const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_fact_field_list;
extern const struct db_statement sql_fact_unit_find;
extern const struct db_statement sql_fact_list;
extern const struct db_statement sql_fact_count;
extern const struct db_statement sql_fact_history_list;
extern const struct db_statement sql_stale_list;

#endif
