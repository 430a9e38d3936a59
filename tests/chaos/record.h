/* SPDX-License-Identifier: Apache-2.0 */
/* What was asked, answered and broken, on disk the moment it happens: one JSON object a line, one write a line. The
 * checker reads nothing else but the database. Any thread. */
#ifndef LIANGXIN_CHAOS_RECORD_H
#define LIANGXIN_CHAOS_RECORD_H

#include <stdint.h>

/* Ends the program when the file cannot be written. */
void record_open(const char *path);
void record_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Nanoseconds of one clock for all lines. */
int64_t record_now(void);

#endif
