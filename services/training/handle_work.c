/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of training: none yet. On the worker's thread. */
#include <liangxin/training/v1/training.handlers.h>

#include "rpc/work.h"
#include "base/banned.h"

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    (void)out;
    return work_list_nothing(call, in);
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    (void)call;
    (void)in;
    (void)out;
    return OK;
}
