/* SPDX-License-Identifier: Apache-2.0 */
/* Open work (work.v1) as every service answers it: the frame around its own lists. A service offers ListWork and
 * CountWork, also when nothing is ever open there, so that whoever asks need not know which do. */
#ifndef LIANGXIN_RPC_WORK_H
#define LIANGXIN_RPC_WORK_H

#include <liangxin/work/v1/work.pb-c.h>

#include "rpc/call.h"

#define WORK_COUNT_LIMIT 1000 /* numbers of open work stop there */
#define WORK_DAYS_USUAL  3    /* of due_soon, where the request says none */

struct work_page {
    const char *filter; /* the query the cursor belongs to: actor, box, days */
    const char *after;  /* key of the last item shown; NULL: from the beginning */
    size_t limit;
    uint32_t days;
};

/* Reads the request of a list whose items have one unique key; CURSOR_MISMATCH. */
status_t work_page_open(struct call *call, const Liangxin__Work__V1__ListWorkRequest *in, struct work_page *ret_page);
/* Room for the items of a page, of which `found` were read by LIMIT page->limit + 1. */
void work_page_room(struct call *call, const struct work_page *page, size_t found, Liangxin__Work__V1__WorkPage *out);
/* The cursor behind the item with this key. */
char *work_page_next(struct call *call, const struct work_page *page, const char *key);
uint32_t work_days(uint32_t days);

/* An item with its kind and id, waiting since then. */
Liangxin__Work__V1__WorkItem *
work_item_begin(struct call *call, const char *kind, const struct id *id, instant_t since);
void work_item_due(struct call *call, Liangxin__Work__V1__WorkItem *item, date_t due_on);

typedef status_t work_counter(struct call *call, Liangxin__Work__V1__WorkBox box, uint32_t days, uint32_t *ret_count);
/* Asks for the number of each box. */
status_t work_count_boxes(struct call *call, const Liangxin__Work__V1__CountWorkRequest *in, work_counter *count,
                          Liangxin__Work__V1__WorkCounts *out);

/* The list of a service in which nothing waits for anybody. */
status_t work_list_nothing(struct call *call, const Liangxin__Work__V1__ListWorkRequest *in);

#endif
