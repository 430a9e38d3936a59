/* SPDX-License-Identifier: Apache-2.0 */
/* The API as its own document describes it: operations by id, requests built from them, answers held against it. */
#ifndef LIANGXIN_TESTS_E2E_CONTRACT_H
#define LIANGXIN_TESTS_E2E_CONTRACT_H

#include <stdbool.h>

#include "e2e/log_scan.h"
#include "e2e/two_towns.h"

#define CONTRACT_VARIABLES 96

struct contract {
    struct test_pg *pg;
    struct test_system *system;
    struct api api;
    struct two_towns towns;
    json_t *operations; /* the generator's list */
    json_t *document;   /* OpenAPI, as served */
    struct {
        char name[24];
        char value[64];
        long version; /* last seen of the object; 0: none */
    } variable[CONTRACT_VARIABLES];
    size_t variables;
};

/* Starts a system with two towns; settings may be given to it between new and start. */
struct contract *contract_new(void);
void contract_start(struct contract *contract);
/* The same; the processes write to the log that is scanned. */
void contract_start_logged(struct contract *contract, struct log_scan *logs);
void contract_free(struct contract *contract);

/* Value of a variable; fails the test when there is none. */
const char *contract_get(const struct contract *contract, const char *name);
/* Sets it; `version` 0 keeps the one known. */
void contract_set(struct contract *contract, const char *name, const char *value, long version);
long contract_version(const struct contract *contract, const char *name);
/* Replaces each $name; NULL stays NULL. To be freed. */
char *contract_expand(const struct contract *contract, const char *text);

/* The operation of this id; fails the test when there is none. */
json_t *contract_operation(const struct contract *contract, const char *id);
bool contract_says(const json_t *operation, const char *flag);
const char *contract_word(const json_t *operation, const char *name);
/* The whole URL: the path's parameter is `id`, `query` begins with "?" or is NULL. */
void contract_url(const struct contract *contract, const json_t *operation, const char *id, const char *query,
                  char ret_url[512]);

/* Fails the test unless the document foresees this answer of this operation: status, headers, body. */
void contract_check(const struct contract *contract, const json_t *operation, const struct test_reply *reply);
/* The same, and the answer is this problem. Ends the reply. */
void contract_check_problem(const struct contract *contract, const json_t *operation, struct test_reply *reply,
                            long status, const char *code);

#endif
