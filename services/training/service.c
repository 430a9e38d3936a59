/* SPDX-License-Identifier: Apache-2.0 */
/* The training service: one question so far, and the directory it is judged by. */
#include <liangxin/training/v1/training.facts.h>
#include <liangxin/training/v1/training.handlers.h>

#include "daemon/daemon.h"
#include "events/directory.h"
#include "training/training.h"
#include "base/banned.h"

static const struct rpc_endpoint methods[] = {
    { &training_get_plan, call_get_plan, NULL },
    { &training_list_work, call_list_work, NULL },
    { &training_count_work, call_count_work, NULL },
    { 0 },
};
static const struct subscription subscriptions[] = {
    DIRECTORY_ORGANIZATIONS,
    { "organizations", "MemberRecorded", "member", &liangxin__feed__v1__member_recorded__descriptor, follow_member },
    { 0 },
};

const struct service training_service = { .name = "training", .methods = methods, .subscriptions = subscriptions };
