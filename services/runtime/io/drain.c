/* SPDX-License-Identifier: Apache-2.0 */
/* Stop signals as a signalfd. Main thread. */
#include "io/drain.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

#include "base/check.h"
#include "base/banned.h"

int
drain_open(void)
{
    sigset_t stops;
    int fd;

    CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    CHECK(sigprocmask(SIG_BLOCK, &stops, NULL) == 0);
    fd = signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK);
    CHECK(fd >= 0);
    return fd;
}

bool
drain_wait(int fd, int ms)
{
    struct pollfd waiting = { .fd = fd, .events = POLLIN };

    return poll(&waiting, 1, ms) > 0;
}
