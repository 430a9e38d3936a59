/* SPDX-License-Identifier: Apache-2.0 */
/* A step of a letter that nobody asks for: a clock has run out, or the member is gone. */
#ifndef LIANGXIN_TRANSFERS_SYSTEM_STEP_H
#define LIANGXIN_TRANSFERS_SYSTEM_STEP_H

#include "transfers/transfers.h"

/* The transaction in which it happens, and what the audit calls it. */
struct system_work {
    struct db *db;
    struct arena *arena;
    const char *process;
    const char *action;
    struct id request;
    instant_t now;
};

/* Queued, with history, audit and news; nothing when the table does not let the system do it now. The letter's row is
 * locked. `note` may be NULL. */
void system_step(const struct system_work *work, struct letter_view *view, enum letter_event event, const char *note);

#endif
