/* SPDX-License-Identifier: Apache-2.0 */
/* A database of its own for a test: a copy of the migrated one that ops/test made (LIANGXIN_TEST_PG, _PGPORT). */
#ifndef LIANGXIN_TESTS_PG_H
#define LIANGXIN_TESTS_PG_H

#include <stdint.h>

struct test_pg;

/* Fails the test when there is no server. */
struct test_pg *test_pg_open(void);
/* A copy of the database as it stands; nobody may be connected to it. */
struct test_pg *test_pg_copy(struct test_pg *pg);
/* Drops the database, whoever is connected. Accepts NULL. */
void test_pg_close(struct test_pg *pg);
/* Connection string of a role: a service ("transfers"), its owner ("transfers_owner") or "postgres". */
const char *test_pg_dsn(struct test_pg *pg, const char *role);
/* The same over TCP through a proxy on 127.0.0.1. */
const char *test_pg_dsn_by(struct test_pg *pg, const char *role, int port);
/* Path of the server's socket. */
const char *test_pg_socket(struct test_pg *pg);

/* Runs a statement as the superuser with the schema as search_path; fails the test on an error. */
void test_pg_run(struct test_pg *pg, const char *schema, const char *sql);
/* The single value of a query as a number, or as text (to be freed). */
int64_t test_pg_number(struct test_pg *pg, const char *schema, const char *sql);
/* Asks until the number is `value`; fails the test after 10 seconds. */
void test_pg_await(struct test_pg *pg, const char *schema, const char *sql, int64_t value);
char *test_pg_text(struct test_pg *pg, const char *schema, const char *sql);

#endif
