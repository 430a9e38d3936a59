/* SPDX-License-Identifier: Apache-2.0 */
/* A transfers service with a small city around it: a database of its own, the real server with the service's own
 * methods, organizations as a stand-in that answers what a letter asks.
 *
 *   ROOT ── DISTRICT_A ── COMMITTEE_A (issues) ── BRANCH_A1 (members 1..200), BRANCH_A2
 *        └─ DISTRICT_B ── COMMITTEE_B (issues) ── BRANCH_B1, GENERAL_B ── BRANCH_B2
 *                      └─ COMMITTEE_C (issues) ── BRANCH_C1
 *                      └─ COMMITTEE_D (may not issue) */
#ifndef LIANGXIN_TESTS_OFFICE_H
#define LIANGXIN_TESTS_OFFICE_H

#include <liangxin/transfers/v1/transfers.facts.h>
#include <liangxin/transfers/v1/transfers.handlers.h>

#include "io/db.h"
#include "rpc/client.h"
#include "support/cmocka_all.h"
#include "support/keys.h"
#include "support/pg.h"

enum place {
    ROOT = 1,
    DISTRICT_A,
    COMMITTEE_A,
    BRANCH_A1,
    BRANCH_A2,
    DISTRICT_B,
    COMMITTEE_B,
    BRANCH_B1,
    GENERAL_B,
    BRANCH_B2,
    COMMITTEE_C,
    BRANCH_C1,
    COMMITTEE_D,
    PLACES
};

#define MEMBERS       200
#define INACTIVE      199 /* this member's status is not active */
#define MOVED_AWAY    198 /* organizations says: this one belongs to another branch */
#define MOVED_LATELY  196 /* the same, by news that has not come here yet */
#define UNKNOWN_THERE 197 /* organizations knows no such member */

struct office {
    struct arena *arena;
    struct test_pg *pg;
    struct bus *bus;  /* the gateway's: whom the service hears */
    char address[64]; /* of the service */
    int reveals;      /* how often organizations was asked for an identity number */
};

/* Group setup and teardown: the state is the office. */
int office_open(void **state);
int office_close(void **state);
/* Test setup: no letters, no news. */
int office_clear(void **state);

struct id place_id(enum place place);
struct id member_id(int member);
char *id_text(struct arena *arena, struct id id);

/* Somebody who acts: a client of one thread. */
struct clerk {
    struct office *office;
    struct arena *arena;
    struct rpc_client *client;
    const char *role;
    enum place place;
    const char *key; /* idempotency key of the next command; NULL: a fresh one */
};

struct clerk clerk_open(struct office *office, const char *role, enum place place);
void clerk_close(struct clerk *clerk);
/* Sends the post somewhere else: cheaper than a new client. */
void clerk_post(struct clerk *clerk, const char *role, enum place place);

/* A call; the reply, or NULL with *ret_slug the first problem's. `version` 0: no If-Match. */
void *clerk_ask(struct clerk *clerk, const struct rpc_method *method, const ProtobufCMessage *request, int64_t version,
                const char **ret_slug);

/* The ordinary commands on a letter by its event's name, with what the event needs: reason, dues, branch B1. The letter
 * after it, or NULL. */
Letter *clerk_step(struct clerk *clerk, const char *event, const Letter *letter, const char **ret_slug);
Letter *clerk_draft(struct clerk *clerk, int member, enum place to, const char **ret_slug);
/* The letter as this clerk sees it, or NULL. */
Letter *clerk_see(struct clerk *clerk, const char *id);
/* A fresh letter of `member` brought along the main road up to and including `event`, by whoever does each step. */
Letter *clerk_letter_after(struct clerk *clerk, int member, const char *event);

#endif
