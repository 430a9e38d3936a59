/* SPDX-License-Identifier: Apache-2.0 */
/* liangxin-training: class hours (学时) that a year asks of members, and those done. */
#include "daemon/daemon.h"
#include "training/training.h"
#include "base/banned.h"

int
main(int argc, char **argv)
{
    return daemon_run(&training_service, argc, argv);
}
