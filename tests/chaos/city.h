/* SPDX-License-Identifier: Apache-2.0 */
/* The generated city: two committees that issue letters, ten branches below each, each full of members; those who act
 * for them. */
#ifndef LIANGXIN_CHAOS_CITY_H
#define LIANGXIN_CHAOS_CITY_H

#include "e2e/api.h"

#define COMMITTEES    2
#define BRANCHES_EACH 10
#define BRANCHES      (COMMITTEES * BRANCHES_EACH)

struct place {
    char id[64];
    char token[256]; /* of its secretary or clerk */
};

struct city_member {
    char id[64];
    int branch;
};

struct city {
    struct api api;
    struct place committee[COMMITTEES];
    struct place branch[BRANCHES];
    struct city_member *members;
    int n_members;
};

/* Loads the ledgers through the API and makes the accounts; the system must run. */
void city_found(struct city *city, struct test_pg *pg, int members_each);
/* Index of a branch, -1 when there is none of this id. */
int city_branch(const struct city *city, const char *id);
int city_committee(const struct city *city, const char *id);

#endif
