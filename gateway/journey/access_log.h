/* SPDX-License-Identifier: Apache-2.0 */
/* One line a request: method, status, time, size, request id. Never a target, a query or a field: they can carry names.
 */
#ifndef LIANGXIN_GATEWAY_ACCESS_LOG_H
#define LIANGXIN_GATEWAY_ACCESS_LOG_H

struct journey;

void access_log(const struct journey *journey);

#endif
