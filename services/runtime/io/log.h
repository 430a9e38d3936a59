/* SPDX-License-Identifier: Apache-2.0 */
/* Log lines: one JSON object a line on stderr, written with one write(2). A line has a level, an event (a fixed word)
 * and fields; it never carries personal data: ids, counts, codes, durations only. Thread safe. Either log or return.
 * A line has at most 8 KiB: texts of over 2,048 bytes are cut and end with "…", all of them shorter when there are
 * many; the line then has `cut`, their number. */
#ifndef LIANGXIN_IO_LOG_H
#define LIANGXIN_IO_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Names the process in every line and sets the lowest level written. Call before threads start. */
void log_open(const char *process, enum log_level lowest);
/* Registers the metric of cut texts; once per process. */
void log_metrics(void);
/* False when the word is no level ("debug", "info", "warn", "error"). */
bool log_level_parse(const char *word, enum log_level *ret_level);

enum log_type { LOG_END, LOG_TEXT, LOG_NUMBER };

struct log_field {
    const char *name;
    enum log_type type;
    union {
        const char *text; /* NULL leaves the field out */
        int64_t number;
    };
};

static inline struct log_field
log_text(const char *name, const char *text)
{
    return (struct log_field){ .name = name, .type = LOG_TEXT, .text = text };
}

static inline struct log_field
log_number(const char *name, int64_t number)
{
    return (struct log_field){ .name = name, .type = LOG_NUMBER, .number = number };
}

/* Writes one line. `fields` ends with a LOG_END row (an all-zero struct). */
void log_line(enum log_level level, const char *event, const struct log_field *fields);
/* A status and its causes as one line at the status's own level. */
void log_status(const char *event, status_t st, const struct log_field *fields);

#define LOG(level, event, ...) log_line(level, event, (struct log_field[]){ __VA_ARGS__ __VA_OPT__(, ){ 0 } })

#endif
