/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of a leave (store_leave.c). */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_LEAVE_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_LEAVE_H

#include "organizations/members/leave.h"
#include "rpc/call.h"

/* The member who leaves, its row locked. */
struct leaving_member {
    struct id person;
    struct id organization;
    const char *name;
    int standing;
    int64_t version;
    const char *duty; /* 党内职务; NULL: none */
    date_t duty_since;
    struct leave_facts facts;
    const char *letter; /* number of the open letter, "" before it has one; NULL: none is open */
};

struct leave {
    struct id member;
    struct id organization;
    int64_t version; /* of the member, after it */
    enum member_status becomes;
    date_t on;
    const char *note;
    const struct id *letter;   /* by which he moved out, or NULL */
    const struct actor *actor; /* NULL: it follows from a letter */
    instant_t at;
};

/* NOT_FOUND when he is out of `scope`; NULL: any. */
status_t leaving_member_lock(struct db *db, struct arena *arena, const struct id *id, const struct id *scope,
                             struct leaving_member *ret_member);
/* Queued: status and day, the end of the membership, the history; he is no floating member any more. */
void member_leave(struct db *db, const struct leave *leave);

extern const struct db_statement sql_leaving_member_lock;
extern const struct db_statement sql_member_leave;
extern const struct db_statement sql_member_status_add;

#endif
