/* SPDX-License-Identifier: Apache-2.0 */
/* In which language a problem is told: Chinese unless the client prefers English. Pure. */
#ifndef LIANGXIN_GATEWAY_LANGUAGE_H
#define LIANGXIN_GATEWAY_LANGUAGE_H

#include "base/slice.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN };

/* The better liked of the two in an Accept-Language field; the first named when equal. */
enum language language_of(struct slice accept_language);
/* "zh-CN", "en" */
const char *language_tag(enum language language);

#endif
