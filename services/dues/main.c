/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-dues: monthly dues (党费) and the bases they are reckoned from. */
#include "daemon/daemon.h"
#include "dues/dues.h"
#include "base/banned.h"

int
main(int argc, char **argv)
{
    return daemon_run(&dues_service, argc, argv);
}
