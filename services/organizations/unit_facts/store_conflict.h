/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts (两源差异): what a source says against what is held, until somebody decides. */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_STORE_CONFLICT_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_STORE_CONFLICT_H

#include "organizations/unit_facts/store_fact.h"

extern const struct word conflict_kinds[];
extern const struct word conflict_states[];

enum conflict_kind { CONFLICT_FIELD = 1, CONFLICT_UNLISTED, CONFLICT_UNKNOWN };
enum conflict_state { CONFLICT_OPEN = 1, CONFLICT_TAKEN, CONFLICT_KEPT, CONFLICT_REPLACED };

struct conflict {
    struct id id;
    enum conflict_kind kind;
    enum conflict_state state;
    struct id unit; /* nil: there is none */
    const char *unit_code;
    const char *region_code;
    const char *field; /* NULL but for CONFLICT_FIELD */
    const char *offered;
    struct fact_stamp stamp;
};

/* Queued: what the source had to say of these fields is replaced, and what differs is to be decided. */
void conflicts_open(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
                    const struct fact_stamp *stamp);
/* Locked; NOT_FOUND where the actor may not decide. */
status_t conflict_lock(struct call *call, const struct id *id, struct conflict *ret_conflict);
/* Queued; `unit`: the one that it is about from now on. */
void conflict_decide(struct call *call, const struct conflict *conflict, const struct id *unit,
                     enum conflict_state state, const char *reason);
/* Rows with the columns of the message. */
status_t conflict_find(struct call *call, const struct id *id, struct db_rows **ret_row);

/* What a list is asked for; 0 and "": anything. */
struct conflict_filter {
    enum conflict_state state;
    enum conflict_kind kind;
    const char *unit;
};

status_t conflict_list(struct call *call, const struct conflict_filter *filter, const struct page *page,
                       struct db_rows **ret_rows);

extern const struct db_statement sql_conflict_replace;
extern const struct db_statement sql_conflict_insert;
extern const struct db_statement sql_conflict_lock;
extern const struct db_statement sql_conflict_decide;
extern const struct db_statement sql_conflict_find;
extern const struct db_statement sql_conflict_list;

#endif
