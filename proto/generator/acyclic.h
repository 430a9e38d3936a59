/* SPDX-License-Identifier: Apache-2.0 */
/* No message may contain itself, at whatever depth: then a reader's depth is bounded by the types alone. */
#ifndef LIANGXIN_GENERATOR_ACYCLIC_H
#define LIANGXIN_GENERATOR_ACYCLIC_H

#include "findings.h"

/* Names every circle once, at the first of its messages: "Tree -> Branch -> Tree". */
void acyclic_check(const struct schema *schema, struct findings *findings);

#endif
