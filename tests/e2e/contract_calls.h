/* SPDX-License-Identifier: Apache-2.0 */
/* Every operation of the API, called with success at least once, in an order that makes one possible after another. A
 * new operation needs a row here; without one the test fails and names it. */
#ifndef LIANGXIN_TESTS_E2E_CONTRACT_CALLS_H
#define LIANGXIN_TESTS_E2E_CONTRACT_CALLS_H

#include <stddef.h>

enum contract_actor {
    CONTRACT_CITY,
    CONTRACT_EAST_CLERK,
    CONTRACT_EAST_SECRETARY,
    CONTRACT_WEST_CLERK,
    CONTRACT_WEST_SECRETARY,
    CONTRACT_ACTORS,
};

/* The one-time code that west_secretary has at start. */
#define CONTRACT_CODE "AAAA-BBBB-CCCC-DDDD"

struct contract_call {
    const char *operation; /* operationId */
    enum contract_actor actor;
    const char *object; /* variable that fills the path's parameter; NULL: the path has none */
    const char *query;  /* "?...", NULL: none */
    const char *body;   /* JSON or CSV, with $variables; NULL: none */
    const char *keep;   /* variable that takes the answer's id, or its first item's */
    const char *key;    /* asked until the answer's text of this key is `value` */
    const char *value;
};

extern const struct contract_call contract_calls[];
extern const size_t contract_calls_count;

#endif
