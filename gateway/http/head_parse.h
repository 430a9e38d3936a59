/* SPDX-License-Identifier: Apache-2.0 */
/* llhttp, behind our own scan: the whole head in one call, in strict mode, never resynchronized. */
#ifndef LIANGXIN_GATEWAY_HEAD_PARSE_H
#define LIANGXIN_GATEWAY_HEAD_PARSE_H

#include "gateway/http/head_scan.h"
#include "gateway/http/request.h"

/* Scans and parses a head that ends with its blank line. The request views `head`. */
enum head_verdict head_parse(struct slice head, struct request *ret_request);
/* Feeds the requests that the packaged llhttp is known to misread; ends the process when one is let in. */
void head_self_test(void);

#endif
