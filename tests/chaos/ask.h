/* SPDX-License-Identifier: Apache-2.0 */
/* One command to the API, recorded: asked again with the same key while its outcome is unknown, as a well-behaved
 * program does, and now and then sent twice: at once, or long after. */
#ifndef LIANGXIN_CHAOS_ASK_H
#define LIANGXIN_CHAOS_ASK_H

#include "chance.h"
#include "city.h"

struct question {
    const char *op; /* "draft" or the letter's event */
    char letter[64];
    char member[64];
    long version; /* 0: none */
    const char *token;
    char body[256];
    char key[64];
};

/* The letter as the last answer showed it. */
struct letter {
    char id[64];
    char state[32];
    long version;
    int from;      /* branch */
    int to;        /* committee */
    int to_branch; /* -1 before acceptance */
};

struct asker {
    const struct city *city;
    int gateways[2]; /* ports of their HTTP */
    int number;      /* of this logical process */
    struct chance chance;
    int keys;
};

/* The key's question gets a key of its own. */
void ask_key(struct asker *asker, struct question *question);
/* Until it is answered for sure: the status, 0 when that has not come within a minute. On 2xx *ret_letter is the letter
 * of the answer, else ret_code the problem's. */
long ask(struct asker *asker, const struct question *question, struct letter *ret_letter, char ret_code[64]);
/* Looks: the letter, or the open letter of a member (`letter` empty). False when there is none or nobody answers. */
bool ask_letter(struct asker *asker, const char *letter, const char *member, struct letter *ret_letter);
/* Branch of a member as organizations has it, -1 when nobody answers. */
int ask_branch(struct asker *asker, const char *member);
/* Waits until every copy under way has been answered. */
void ask_drain(void);

#endif
