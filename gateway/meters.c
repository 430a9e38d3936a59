/* SPDX-License-Identifier: Apache-2.0 */
/* Definitions of the gateway's metrics. Static; written on the loop thread, read by the admin thread. */
#include "gateway/meters.h"

#include "base/banned.h"

#define X(the_name, metric_name, the_kind, the_label, the_prose)                                                       \
    struct metric meter_##the_name = {                                                                                 \
        .name = metric_name, .kind = METRIC_##the_kind, .label = the_label, .prose = the_prose                         \
    };
METERS(X)
#undef X

void
meters_register(void)
{
#define X(name, title, kind, label, prose) metrics_register(&meter_##name);
    METERS(X)
#undef X
}
