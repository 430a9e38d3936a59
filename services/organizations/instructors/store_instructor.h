/* SPDX-License-Identifier: Apache-2.0 */
/* Instructors in the database (store_instructor.c), as messages (handle_instructors.c). */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_STORE_INSTRUCTOR_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_STORE_INSTRUCTOR_H

#include "rpc/page.h"
#include "organizations/wire.h"

/* The instructor of a command, his row locked. */
struct instructor {
    struct id id;
    struct id person;
    struct id organization; /* that selects and dispatches */
    const char *sending_unit;
    bool full_time;
    const char *basis; /* NULL: none */
    date_t since;
    date_t term_ends_on; /* DATE_NONE: none */
    date_t until;        /* DATE_NONE: in the register */
    int64_t version;
};

/* One row; NOT_FOUND outside the scope. */
status_t instructor_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Latest first; `organization` "" for the whole scope. */
status_t instructor_list(struct call *call, const char *organization, bool withdrawn, const struct page *page,
                         struct db_rows **ret_rows);
/* NOT_FOUND out of what the actor may write, STALE in another version than he has seen. */
status_t instructor_open(struct call *call, const struct id *id, struct instructor *ret_instructor);
/* The same of one whose version the actor has not seen. */
status_t instructor_open_any(struct call *call, const struct id *id, struct instructor *ret_instructor);
/* Queued: both rows, always in the same order, so that two replacements crosswise do not wait for each other. */
void instructor_lock_pair(struct call *call, const struct id *first, const struct id *second);

/* May this person be taken into that organization's register: columns person_known (within the actor's reach),
 * organization_known, registered (already). The person's row is locked. */
status_t instructor_person_facts(struct call *call, const struct instructor *wanted, struct db_rows **ret_row);
/* Queued. */
void instructor_insert(struct call *call, const struct instructor *instructor);
void instructor_keep(struct call *call, const struct instructor *instructor);
void instructor_touch(struct call *call, const struct id *id);
void instructor_end(struct call *call, const struct id *id, date_t until, const char *reason);

/* handle_instructors.c: as he stands now. */
status_t instructor_answer(struct call *call, const struct id *id, Instructor *out);

extern const struct db_statement sql_instructor_find;
extern const struct db_statement sql_instructor_list;
extern const struct db_statement sql_instructor_open;
extern const struct db_statement sql_instructor_lock_pair;
extern const struct db_statement sql_instructor_person_lock;
extern const struct db_statement sql_instructor_person_facts;
extern const struct db_statement sql_instructor_insert;
extern const struct db_statement sql_instructor_keep;
extern const struct db_statement sql_instructor_touch;
extern const struct db_statement sql_instructor_end;

#endif
