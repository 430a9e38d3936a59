/* SPDX-License-Identifier: Apache-2.0 */
/* What a service binary can be asked instead of serving: --print-config, --check-config, --help-config, --help-metrics,
 * --print-sql, --version, and words of the service's own. */
#ifndef LIANGXIN_DAEMON_WORDS_H
#define LIANGXIN_DAEMON_WORDS_H

#include "daemon/process_settings.h"

/* Words that need no settings. False when `word` is none of them. */
bool words_before_settings(const struct service *service, const char *word, int *ret_code);
/* The others; the exit code. */
int words_after_settings(const struct service *service, const char *word, struct arena *arena,
                         struct process_settings *settings, void *state);
/* DENIED unless the database was made as a test system (LIANGXIN_CLOCK). */
status_t words_may_shift_clock(struct arena *arena, const char *dsn);

#endif
