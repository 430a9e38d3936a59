/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces that every generated C file has, and how it comes into the build tree. */
#ifndef LIANGXIN_GENERATOR_EMIT_H
#define LIANGXIN_GENERATOR_EMIT_H

#include <stdbool.h>

#include "base/strbuf.h"

/* The line that says where the file comes from. */
void emit_banner(struct strbuf *out, const char *source);
/* A C string literal, quotes included; NULL or "" gives NULL. */
void emit_text_or_null(struct strbuf *out, const char *text);
/* A C string literal, quotes included. */
void emit_text(struct strbuf *out, struct slice text);

/* Writes dir/path unless it holds the same bytes already, so that what did not change is not compiled again. The
 * folders on the way are made. False and a line on stderr when it cannot. */
bool emit_file(const char *dir, const char *path, const struct strbuf *content);

#endif
