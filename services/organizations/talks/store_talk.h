/* SPDX-License-Identifier: Apache-2.0 */
/* Talks with owners in the database. Scope is judged in the statement that touches the data. */
#ifndef LIANGXIN_ORGANIZATIONS_TALKS_STORE_TALK_H
#define LIANGXIN_ORGANIZATIONS_TALKS_STORE_TALK_H

#include "rpc/page.h"
#include "organizations/talks/talk.h"

struct kept_talk {
    struct id id;
    int64_t version;
    struct talk talk;
};

/* OK where the actor may write of the unit's owner; NOT_FOUND elsewhere. */
status_t talk_unit_check(struct call *call, const struct id *unit);
status_t talk_lock(struct call *call, const struct id *id, struct kept_talk *ret_talk);
/* Queued, with its history. */
void talk_insert(struct call *call, const struct id *unit, const struct kept_talk *talk);
/* Queued; the talk's version is the one before. `what`: of the history. */
void talk_update(struct call *call, const struct kept_talk *talk, const char *what);
/* Rows with the columns of the message. */
status_t talk_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Latest first; the key is `id`. NOT_FOUND is the caller's to find. */
status_t talk_list(struct call *call, const struct id *unit, const struct page *page, struct db_rows **ret_rows);
/* Open next steps, those due first first; the key is `key`. */
status_t talk_list_due(struct call *call, date_t due_by, const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_talk_unit_check;
extern const struct db_statement sql_talk_lock;
extern const struct db_statement sql_talk_insert;
extern const struct db_statement sql_talk_update;
extern const struct db_statement sql_talk_note;
extern const struct db_statement sql_talk_find;
extern const struct db_statement sql_talk_list;
extern const struct db_statement sql_talk_list_due;

#endif
