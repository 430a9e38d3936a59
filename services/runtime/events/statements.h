/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime's own statements, for --print-sql and the test that prepares every one. Lists end with NULL. */
#ifndef LIANGXIN_EVENTS_STATEMENTS_H
#define LIANGXIN_EVENTS_STATEMENTS_H

#include "io/db.h"

/* Of every service. */
extern const struct db_statement *const runtime_statements[];
/* Of the services that keep the directory. */
extern const struct db_statement *const directory_statements[];

#endif
