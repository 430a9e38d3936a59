/* SPDX-License-Identifier: Apache-2.0 */
/* The transfers service as tables: methods, subscriptions, jobs, settings. */
#ifndef LIANGXIN_TRANSFERS_SERVICE_H
#define LIANGXIN_TRANSFERS_SERVICE_H

#include "daemon/daemon.h"

extern const struct service transfers_service;

#endif
