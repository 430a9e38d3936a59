/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: a talk with an owner (业主谈话): when, who, concern, promise, next step with its day. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_TALKS_TALK_H
#define LIANGXIN_ORGANIZATIONS_TALKS_TALK_H

#include "base/date.h"
#include "base/status.h"

struct talk {
    date_t held_on;
    const char *held_by;
    const char *concern; /* NULL: none; likewise below */
    const char *promise;
    const char *next_step;
    date_t next_due; /* DATE_NONE: none */
    date_t done_on;  /* DATE_NONE: open */
};

/* It was held today or earlier; a next step has its day, not before the talk. A step that is done stays. */
status_t talk_judge(struct arena *arena, const struct talk *talk, date_t today);
/* The next step is done on that day. */
status_t talk_judge_done(struct arena *arena, const struct talk *talk, date_t done_on, date_t today);

#endif
