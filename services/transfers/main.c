/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-transfers: letters by which members move. */
#include "transfers/service.h"

int
main(int argc, char **argv)
{
    return daemon_run(&transfers_service, argc, argv);
}
