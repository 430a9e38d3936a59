/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-organizations: who belongs where, and who may act. Tables are in service.c, the life of a process in
 * runtime/daemon. */
#include "organizations/service.h"
#include "base/banned.h"

int
main(int argc, char **argv)
{
    return daemon_run(&organizations_service, argc, argv);
}
