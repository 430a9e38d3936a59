/* SPDX-License-Identifier: Apache-2.0 */
/* Relations and approval powers in the database. On the worker's thread; commands within their transaction. */
#ifndef LIANGXIN_ORGANIZATIONS_RELATIONS_STORE_RELATION_H
#define LIANGXIN_ORGANIZATIONS_RELATIONS_STORE_RELATION_H

#include "organizations/emit.h"
#include "organizations/relations/relation.h"
#include "organizations/wire.h"
#include "rpc/call.h"

/* The organization of a command, its row locked. */
struct related {
    struct relation_subject subject;
    struct relation_past line;
    struct relation_past power;
    struct id id;
    struct id superior; /* in the line; nil: the root */
    struct organization_news news;
};

/* Takes the lock of the line, then the row; NOT_FOUND outside the scope. */
status_t related_lock(struct call *call, const struct id *id, struct related **ret_related);
/* The same for a command on it: in the version that the caller has seen, and the actor may change its relations. */
status_t related_open(struct call *call, const char *id, struct related **ret_related);
/* The superior that is wanted, and what there was between the two. */
status_t related_superior(struct call *call, const struct id *organization, const struct id *superior, int kind,
                          struct relation_superior *ret_superior, struct relation_past *ret_past);

void relation_begin(struct call *call, const struct id *organization, const struct id *superior, int kind, date_t since,
                    const char *basis);
/* `superior` NULL: the one in the line. */
void relation_end(struct call *call, const struct id *organization, const struct id *superior, int kind, date_t until,
                  const char *basis);
void approval_begin(struct call *call, const struct id *organization, date_t since, const char *basis);
void approval_end(struct call *call, const struct id *organization, date_t until, const char *basis);
/* The organization's next version, as its row and as its event. */
void related_tell(struct call *call, struct related *related);

/* Lists: rows in the order of the answer. `as_of` DATE_NONE: all there ever were. */
status_t relation_list(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_rows);
status_t approval_list(struct call *call, const struct id *organization, struct db_rows **ret_rows);
/* One row, perhaps with nulls; NOT_FOUND outside the scope. */
status_t issuer_find(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_row);

extern const struct db_statement sql_related_lock;
extern const struct db_statement sql_related_superior;
extern const struct db_statement sql_relation_begin;
extern const struct db_statement sql_relation_end;
extern const struct db_statement sql_approval_begin;
extern const struct db_statement sql_approval_end;
extern const struct db_statement sql_organization_touch;
extern const struct db_statement sql_relation_list;
extern const struct db_statement sql_approval_list;
extern const struct db_statement sql_issuer_find;

#endif
