/* SPDX-License-Identifier: Apache-2.0 */
/* A status as application/problem+json (RFC 9457): type, title, status, detail, instance (the request id), code, and
 * for each chained status errors[] with pointer, code, title and detail. Causes are for the log and are not told. Pure.
 */
#ifndef LIANGXIN_GATEWAY_PROBLEM_H
#define LIANGXIN_GATEWAY_PROBLEM_H

#include "base/status.h"
#include "base/strbuf.h"
#include "gateway/http/language.h"

void problem_write(struct strbuf *out, int http, status_t st, enum language language, const char *request_id);

#endif
