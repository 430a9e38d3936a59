/* SPDX-License-Identifier: Apache-2.0 */
/* Being asked to stop (SIGTERM, SIGINT), as a file descriptor. SIGPIPE is ignored: a peer that hangs up is an error
 * code, not the end of the process. */
#ifndef LIANGXIN_IO_DRAIN_H
#define LIANGXIN_IO_DRAIN_H

#include <stdbool.h>

/* Call first in main, before any thread: blocks the stop signals in every later thread and returns a descriptor that
 * turns readable when one arrives. */
int drain_open(void);
/* Waits up to `ms` milliseconds (-1: for ever); true when asked to stop. */
bool drain_wait(int fd, int ms);

#endif
