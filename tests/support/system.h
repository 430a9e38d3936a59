/* SPDX-License-Identifier: Apache-2.0 */
/* The whole system as real processes on a database of its own: what a scenario drives through HTTP, and kills. */
#ifndef LIANGXIN_TESTS_SYSTEM_H
#define LIANGXIN_TESTS_SYSTEM_H

#include <stdbool.h>

#include "support/pg.h"

struct test_system;

/* Prepares; nothing runs yet. */
struct test_system *test_system_new(struct test_pg *pg);
enum instance_kind {
    INSTANCE_LISTED, /* called like the first one */
    INSTANCE_DEAF,   /* that too, but it hears no bells */
    INSTANCE_HIDDEN, /* no bells and no calls: its jobs and its sequencer run, its followers look by themselves */
};

/* One more instance of a service or of the gateway, under a name of its own. Before anything is started. */
void test_system_add(struct test_system *system, const char *process, const char *program, enum instance_kind kind);
/* Lets a service reach the database by another way (a proxy). Before it is started. `dsn` must outlive the system. */
void test_system_dsn(struct test_system *system, const char *process, const char *dsn);
/* One more setting for a process. Texts must outlive the system. */
void test_system_set(struct test_system *system, const char *process, const char *name, const char *value);
/* Starts one process ("transfers", "gateway") and waits until it is ready. */
void test_system_start(struct test_system *system, const char *process);
/* The same in two halves. */
void test_system_launch(struct test_system *system, const char *process);
void test_system_await(struct test_system *system, const char *process);
/* Whether it was running and has ended by itself; then it may be started again. */
bool test_system_ended(struct test_system *system, const char *process);
/* Starts all but the hidden ones. */
void test_system_start_all(struct test_system *system);
/* SIGKILL, and waits for the end. */
void test_system_kill(struct test_system *system, const char *process);
/* SIGTERM; the exit status, or -1 when a signal ended it. */
int test_system_stop(struct test_system *system, const char *process);
/* The same for all that run. */
void test_system_stop_all(struct test_system *system);
int test_system_pid(struct test_system *system, const char *process);
/* Stops what runs and frees. */
void test_system_free(struct test_system *system);

/* Port of a process: kind "rpc" (gateway: HTTP), "bell" or "admin". */
int test_system_port(struct test_system *system, const char *process, const char *kind);
/* Makes the root organization and the first account; its bearer token (owned by the system). organizations need not
 * run. */
const char *test_system_bootstrap(struct test_system *system);
/* A counter or gauge of a process's /metrics, by its full name with labels; 0 when absent. */
double test_system_metric(struct test_system *system, const char *process, const char *series);

#endif
