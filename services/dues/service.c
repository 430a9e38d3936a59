/* SPDX-License-Identifier: Apache-2.0 */
/* The dues service as tables: what it answers and whom it follows. */
#include <liangxin/dues/v1/dues.facts.h>

#include "daemon/daemon.h"
#include "dues/dues.h"
#include "events/directory.h"
#include "base/banned.h"

static const struct rpc_endpoint methods[] = {
    { &dues_record_bases, call_record_bases, NULL },
    { &dues_get_base, call_get_base, NULL },
    { &dues_list_work, call_list_work, NULL },
    { &dues_count_work, call_count_work, NULL },
    { 0 },
};

static const struct subscription subscriptions[] = {
    DIRECTORY_SUBSCRIPTIONS,
    { 0 },
};

const struct service dues_service = {
    .name = "dues",
    .methods = methods,
    .subscriptions = subscriptions,
};
