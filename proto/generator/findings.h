/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the .proto files: one line each, "file:line: name: what", collected so that an author sees all. */
#ifndef LIANGXIN_GENERATOR_FINDINGS_H
#define LIANGXIN_GENERATOR_FINDINGS_H

#include "schema.h"

#include "base/strbuf.h"

struct findings {
    struct strbuf text;
    size_t count;
};

void findings_init(struct findings *findings);
void findings_done(struct findings *findings);
/* `name` is what the line is about: a message, a field, a method. */
void findings_add(struct findings *findings, struct place place, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
