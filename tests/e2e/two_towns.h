/* SPDX-License-Identifier: Apache-2.0 */
/* A small city for scenarios: committees that may issue letters, branches below two of them, a few members. */
#ifndef LIANGXIN_TESTS_E2E_TWO_TOWNS_H
#define LIANGXIN_TESTS_E2E_TWO_TOWNS_H

#include "e2e/api.h"

struct two_towns {
    char east[64], east_branch[64], east_second[64]; /* organizations: 党委 and two 党支部 */
    char west[64], west_branch[64];
    char north[64]; /* a third 党委, for what is addressed anew */
    char east_clerk[256], east_secretary[256], west_clerk[256], west_secretary[256]; /* bearer tokens */
    char member[64];                                                                 /* of east_branch */
};

/* The two towns in a system of their own, everything running: what most scenarios stand in. */
struct two_towns_world {
    struct test_pg *pg;
    struct test_system *system;
    struct api api;
    struct two_towns towns;
};

/* Group set-up and tear-down of cmocka; *state is the world. */
int two_towns_open(void **state);
int two_towns_close(void **state);

/* Loads the ledgers through the import API and makes the accounts. */
void two_towns_load(struct api *api, struct two_towns *ret_towns);
/* Drafts a letter for the member to the west and drives it to `agreed`; its version. */
long two_towns_agreed(struct api *api, const struct two_towns *towns, char ret_letter[64]);

#endif
