/* SPDX-License-Identifier: Apache-2.0 */
/* Two commands that race in transfers. Each can be held before any of its statements, by the proxy between transfers
 * and PostgreSQL, and let go in either order: so every order of their statements that the database can see is made. */
#ifndef LIANGXIN_TESTS_RACE_H
#define LIANGXIN_TESTS_RACE_H

#include <pthread.h>
#include <stdatomic.h>

#include "e2e/two_towns.h"
#include "support/proxy.h"

#define RACE_MEMBERS 600

struct race_world {
    struct test_pg *pg;
    struct test_system *system;
    struct proxy *proxy; /* of transfers */
    struct api api;
    struct two_towns towns;
    char member[RACE_MEMBERS][64]; /* of the eastern branch */
    int members_used;
};

/* Group setup and teardown; the state is the world: two towns and a branch full of members. */
int race_open(void **state);
int race_close(void **state);

/* Where a command is held: before this statement reaches the database. */
struct race_point {
    const char *statement; /* NULL: before COMMIT */
};

/* One command, asked on a thread of its own. */
struct race_asking {
    struct race_world *world;
    const char *token;
    char path[128];
    char body[128];
    char key[64];
    long version;
    pthread_t thread;
    atomic_bool answered;
    struct test_reply reply;
};

/* Prepares the event of a letter at this version, by the clerk who may do it. */
struct race_asking race_command(struct race_world *world, const char *event, const char *letter, long version);
void race_ask(struct race_asking *asking);
/* Holds the next command at the point and asks; the proxy's turn, or 0 when it was answered or blocked before. */
int race_ask_held(struct race_asking *asking, struct race_point point);
/* Until the command is answered or waits for a lock of another one. */
void race_await_rest(struct race_asking *asking);
/* Until both are answered. */
void race_join(struct race_asking *first, struct race_asking *second);

/* A fresh member's letter, brought along the main road to this event; its version. */
long race_letter(struct race_world *world, const char *event, char ret_letter[64]);
/* Numbers without gap, versions 1..n, states as their history says, one history row and one audit row for each stored
 * answer. Fails the test otherwise. */
void race_check(struct race_world *world);

#endif
