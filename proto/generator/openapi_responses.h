/* SPDX-License-Identifier: Apache-2.0 */
/* What an operation may answer: its success, and its problems grouped by HTTP status. */
#ifndef LIANGXIN_GENERATOR_OPENAPI_RESPONSES_H
#define LIANGXIN_GENERATOR_OPENAPI_RESPONSES_H

#include "openapi_schema.h"

#include "base/status.h"

/* True when the method names the problem or it can happen to any method of this kind. */
bool responses_may_be(const struct method *method, const struct problem *problem);
json_t *responses_of(struct components *components, const struct method *method);
/* The schema of application/problem+json; its codes are all of base/problems.def. */
json_t *responses_problem_schema(struct arena *arena);
/* HTTP status of a problem. */
int responses_http(const struct problem *problem);

#endif
