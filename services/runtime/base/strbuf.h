/* SPDX-License-Identifier: Apache-2.0 */
/* Growable text on the heap with a limit. The first failure is sticky: later appends do nothing and `failed` is asked
 * once at the end. `data` is NUL-terminated whenever it is not NULL. */
#ifndef LIANGXIN_BASE_STRBUF_H
#define LIANGXIN_BASE_STRBUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct strbuf {
    char *data;
    size_t size;
    size_t room;
    size_t limit; /* set at initialization and does not change; bytes */
    bool failed;
};

void strbuf_init(struct strbuf *buf, size_t limit);
void strbuf_done(struct strbuf *buf);
/* Empties it and forgets a failure; the memory is kept. */
void strbuf_reset(struct strbuf *buf);
void strbuf_add(struct strbuf *buf, const void *data, size_t size);
void strbuf_text(struct strbuf *buf, const char *text);
void strbuf_char(struct strbuf *buf, char c);
void strbuf_printf(struct strbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Removes the first n bytes (n <= size). */
void strbuf_consume(struct strbuf *buf, size_t n);
struct slice strbuf_slice(const struct strbuf *buf);

#endif
