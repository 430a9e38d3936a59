/* SPDX-License-Identifier: Apache-2.0 */
/* The four other services as a hand-over sees them: real sockets and tokens, numbers of open work as the test says. */
#ifndef LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_PEERS_H
#define LIANGXIN_TESTS_INTEGRATION_ORGANIZATIONS_PEERS_H

#include "desk.h"

struct test_peers;

/* Starts them and gives the desk a client. */
struct test_peers *test_peers_open(struct desk *desk);
void test_peers_close(struct test_peers *peers);
/* One goes away ("dues"). */
void test_peers_stop(struct test_peers *peers, const char *service);
/* What every peer counts from now on. */
void test_peers_count(uint32_t waiting, uint32_t under_way);

#endif
