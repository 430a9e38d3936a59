/* SPDX-License-Identifier: Apache-2.0 */
/* What a password must be: long, and not what everybody tries first. No classes of characters, no change by the
 * calendar: both make people write passwords down. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_RULE_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_PASSWORD_RULE_H

#include "base/slice.h"

#define PASSWORD_SHORTEST 10 /* characters */

/* NULL: good. Otherwise the reason as a stable word: "short", "long", "common", "repeats", "run", "name". `name` is the
 * account's; the password comes as password_text gives it. */
const char *password_fault(struct slice password, struct slice name);

#endif
