/* SPDX-License-Identifier: Apache-2.0 */
/* The history of organizations: what befell them, and the names they had. The caller's thread and transaction. */
#ifndef LIANGXIN_ORGANIZATIONS_LIFE_STORE_LIFE_H
#define LIANGXIN_ORGANIZATIONS_LIFE_STORE_LIFE_H

#include "organizations/words.h"
#include "rpc/call.h"

extern const struct word life_events[];

enum life_event {
    LIFE_FOUNDED = 1,      /* 成立 */
    LIFE_RENAMED,          /* 更名 */
    LIFE_TERM_RENEWED,     /* 换届 */
    LIFE_ABSORBED,         /* another one was merged into it */
    LIFE_STANDARDISED,     /* 规范, after 先组建 */
    LIFE_PROJECT_EXTENDED, /* 项目延期 */
    LIFE_CONVERTED,        /* 项目党组织转为常设 */
    LIFE_MERGED,           /* 合并 */
    LIFE_DISSOLVED,        /* 撤销 */
};

struct life_step {
    const struct id *organization;
    int64_t version; /* of the organization, after it */
    enum life_event event;
    date_t on;
    const char *former;     /* NULL: nothing */
    const char *present;    /* NULL: nothing */
    const struct id *other; /* NULL: none */
    const char *basis;
    const char *reason;
};

/* Queues the row, said by who acts in the call. */
void life_add(struct call *call, const struct life_step *step);
/* Queues what organizations of these rows were called until `day`, where `rows` (a JSON array of id and name) names
 * them otherwise. Before the rows are written. */
void names_keep(struct db *db, const char *rows, date_t day);

/* Queued; the version is related_tell's. */
void name_write(struct db *db, const struct id *organization, const char *name);

/* Rows of the history, latest first, perhaps one of nulls; NOT_FOUND outside the scope. */
status_t life_list(struct call *call, const struct id *organization, struct db_rows **ret_rows);
status_t names_list(struct call *call, const struct id *organization, struct db_rows **ret_rows);
/* The day before which it cannot be renamed; DATE_NONE: it never was. */
status_t names_last(struct call *call, const struct id *organization, date_t *ret_until);

extern const struct db_statement sql_life_add;
extern const struct db_statement sql_names_keep;
extern const struct db_statement sql_organization_rename;
extern const struct db_statement sql_names_last;
extern const struct db_statement sql_life_list;
extern const struct db_statement sql_names_list;

#endif
