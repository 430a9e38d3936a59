/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of a move and of open letters (store_move.c). */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_MOVE_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_STORE_MOVE_H

#include "io/db.h"
#include "organizations/members/move.h"

/* The member of a move, its row locked. */
struct moving_member {
    struct id person;
    const char *name;
    int standing;
    int64_t version;
    date_t duty_since; /* of having none, once he has moved: 党内职务 stays with the branch he leaves */
    struct move_facts facts;
};

/* `to`: the branch or committee it brings the member to; NULL: not said. */
void open_letter_put(struct db *db, const struct id *letter, const struct id *member, const char *number,
                     const struct id *to);
void open_letter_remove(struct db *db, const struct id *letter);
status_t moving_member_lock(struct db *db, struct arena *arena, const struct move *move, date_t today,
                            struct moving_member *ret_member);
/* Closes the present membership, opens the next, and takes unit and duty off the member. */
void member_move(struct db *db, const struct move *move, instant_t now);

extern const struct db_statement sql_open_letter_put;
extern const struct db_statement sql_open_letter_remove;
extern const struct db_statement sql_moving_member_lock;
extern const struct db_statement sql_membership_close;
extern const struct db_statement sql_membership_open;
extern const struct db_statement sql_member_move;

#endif
