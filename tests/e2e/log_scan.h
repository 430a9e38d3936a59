/* SPDX-License-Identifier: Apache-2.0 */
/* What the processes of a run have written: their logs at the level "debug", and PostgreSQL's from here on. */
#ifndef LIANGXIN_TESTS_E2E_LOG_SCAN_H
#define LIANGXIN_TESTS_E2E_LOG_SCAN_H

#include <stdio.h>

struct log_scan {
    char path[64]; /* of the processes' lines */
    char postgres[256];
    long postgres_from; /* bytes that were there before */
};

/* Processes started between begin and end write to a file of their own. */
void log_scan_begin(struct log_scan *scan);
void log_scan_end(struct log_scan *scan);
/* Fails the test when one of the words (NULL-terminated) stands in either log. `what` is told instead of the word. */
void log_scan_lacks(const struct log_scan *scan, const char *what, const char *const *words);
/* Bytes of the processes' log, so that a test knows that there is one. */
long log_scan_size(const struct log_scan *scan);
/* Removes the file. */
void log_scan_free(struct log_scan *scan);

#endif
