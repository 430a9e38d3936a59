/* SPDX-License-Identifier: Apache-2.0 */
/* Visits (走访) and the problems met there, in the database: reads (store_visit.c), effects and facts
 * (store_problem.c). */
#ifndef LIANGXIN_ORGANIZATIONS_VISITS_STORE_VISIT_H
#define LIANGXIN_ORGANIZATIONS_VISITS_STORE_VISIT_H

#include "organizations/instructors/instructor.h"
#include "rpc/page.h"
#include "organizations/wire.h"

/* Which visits a list is of; texts of the request, "" for none. */
struct visit_filter {
    const char *dispatch;
    const char *unit;
    bool unrouted; /* only problems that nobody is asked to answer */
};

/* store_visit.c. One row; NOT_FOUND outside of what the actor sees. */
status_t visit_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Latest entered first. A post that is narrowed finds its own person's. */
status_t
visit_list(struct call *call, const struct visit_filter *filter, const struct page *page, struct db_rows **ret_rows);
/* Problems routed to the acting organization and below, oldest first; one of them (NOT_FOUND). */
status_t visit_problem_list(struct call *call, bool answered, const struct page *page, struct db_rows **ret_rows);
status_t visit_problem_find(struct call *call, const struct id *id, struct db_rows **ret_row);

/* The dispatch of a visit that is entered. */
struct visited {
    struct id dispatch;
    struct id organization; /* that dispatches */
    date_t since;
    date_t until;
};

/* store_problem.c. NOT_FOUND unless it is the actor's own, or of an instructor he may write for. */
status_t visit_dispatch(struct call *call, const char *dispatch, struct visited *ret_visited);
/* Whether this organization can be asked, by the one that dispatches. */
status_t department_facts(struct call *call, const struct id *department, const struct id *organization,
                          struct department_facts *ret_facts);

/* A visit, and what it says of a problem. */
struct visit {
    struct id id;
    struct id dispatch;
    struct id organization; /* that dispatches; when opened */
    struct id department;   /* nil: none */
    date_t visited_on;
    int kind; /* visit_kinds */
    const char *content;
    const char *problem; /* NULL: none */
    date_t answer_due_on;
    bool answered; /* when opened */
    int64_t version;
};

/* Locked: by who dispatches, or by who is asked. NOT_FOUND out of what the actor may write, or STALE. */
status_t visit_open(struct call *call, const struct id *id, struct visit *ret_visit);
status_t visit_problem_open(struct call *call, const struct id *id, struct visit *ret_visit);
/* Queued, with history and audit. */
void visit_insert(struct call *call, const struct visit *visit);
void visit_route(struct call *call, const struct visit *visit);
void visit_answer_problem(struct call *call, const struct visit *visit, const char *answer);

extern const struct db_statement sql_visit_find;
extern const struct db_statement sql_visit_list;
extern const struct db_statement sql_visit_own;
extern const struct db_statement sql_visit_of_dispatch;
extern const struct db_statement sql_visit_of_unit;
extern const struct db_statement sql_visit_problem_list;
extern const struct db_statement sql_visit_problem_find;
extern const struct db_statement sql_visit_dispatch;
extern const struct db_statement sql_department_facts;
extern const struct db_statement sql_visit_open;
extern const struct db_statement sql_visit_problem_open;
extern const struct db_statement sql_visit_insert;
extern const struct db_statement sql_visit_route;
extern const struct db_statement sql_visit_answer;
extern const struct db_statement sql_visit_history_add;

#endif
