/* SPDX-License-Identifier: Apache-2.0 */
/* What is broken, from outside: processes, the database, what travels between them, the clock. One fault at a time,
 * each kind as often as the others, in an order of chance. The main thread. */
#ifndef LIANGXIN_CHAOS_FAULTS_H
#define LIANGXIN_CHAOS_FAULTS_H

#include "chance.h"
#include "fleet.h"

/* Breaks and heals until `until` (record_now). */
void faults_run(struct fleet *fleet, struct chance *chance, int64_t until);
/* Everything whole again: all listed processes run and are ready, proxies pass. */
void faults_heal(struct fleet *fleet);

#endif
