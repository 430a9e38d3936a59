/* SPDX-License-Identifier: Apache-2.0 */
/* The console's files (gateway/console, as it was built), read whole at start and answered from memory: no request ever
 * opens a file. Immutable after pages_open. */
#ifndef LIANGXIN_GATEWAY_PAGES_H
#define LIANGXIN_GATEWAY_PAGES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "gateway/http/response.h"

struct page {
    const char *path; /* "/assets/index-3fa9.js" */
    const char *content_type;
    struct slice plain;
    struct slice gzip; /* empty when the file beside it, ".gz", is missing */
    char mark[2 * RESPONSE_MARK + 1];
    bool immutable; /* its name changes with its content */
};

struct pages;

/* Reads `folder` and its "assets"; "" is no pages at all. Everything lives in `arena`. BAD_VALUE that names the file or
 * folder that cannot be read or is none of ours, or that is too large. */
status_t pages_open(struct arena *arena, const char *folder, struct pages **ret_pages);

/* The file of a path, or index.html for a path of the console's own ("/transfers/…"): whatever is no file, has no dot
 * and is not below /api/. NULL otherwise. */
const struct page *pages_find(const struct pages *pages, struct slice path);

#endif
