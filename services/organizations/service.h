/* SPDX-License-Identifier: Apache-2.0 */
/* The service as main and the tests see it. */
#ifndef LIANGXIN_ORGANIZATIONS_SERVICE_H
#define LIANGXIN_ORGANIZATIONS_SERVICE_H

#include "daemon/daemon.h"

extern const struct service organizations_service;

#endif
