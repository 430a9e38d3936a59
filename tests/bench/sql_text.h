/* SPDX-License-Identifier: Apache-2.0 */
/* The very statements that a service prepares, for pgbench: taken from `liangxin-<service> --print-sql`, their
 * parameters replaced by expressions. */
#ifndef LIANGXIN_BENCH_SQL_TEXT_H
#define LIANGXIN_BENCH_SQL_TEXT_H

#include <stdio.h>

/* Writes statement `name` of the service into `script`, $1, $2, ... replaced by `arguments` (NULL-terminated). Ends the
 * program when there is no such statement or the numbers do not fit. */
void sql_text_write(FILE *script, const char *service, const char *name, const char *const *arguments);

/* Runs pgbench with the script and returns transactions per second. `options` as on its command line. */
double sql_text_pgbench(const char *script_path, const char *dsn, const char *options);

#endif
