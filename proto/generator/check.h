/* SPDX-License-Identifier: Apache-2.0 */
/* What a schema must fulfil before anything is generated from it. Each rule is one function and one row of a table. */
#ifndef LIANGXIN_GENERATOR_CHECK_H
#define LIANGXIN_GENERATOR_CHECK_H

#include "findings.h"

/* Types: acyclic, no maps, no proto3 optional, no floating point, values of enums with their prefix, examples are JSON,
 * formats known, short C names unique. */
void check_types(const struct schema *schema, struct findings *findings);
/* Methods: a rule with effect and budget, known problems, paths that bind to fields and lead to one method only. */
void check_methods(const struct schema *schema, struct findings *findings);
/* A method with a rule, a request and a reply: what upload and download ask of them. */
void check_files(const struct method *method, struct findings *findings);

#endif
