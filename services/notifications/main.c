/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-notifications: tells an organization whose step is next. */
#include "daemon/daemon.h"
#include "notifications/notifications.h"
#include "base/banned.h"

int
main(int argc, char **argv)
{
    return daemon_run(&notifications_service, argc, argv);
}
