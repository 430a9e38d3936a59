/* SPDX-License-Identifier: Apache-2.0 */
/* Small steps between rows and messages. Texts are lent, not copied: rows and message live in the same arena. */
#ifndef LIANGXIN_ORGANIZATIONS_WIRE_H
#define LIANGXIN_ORGANIZATIONS_WIRE_H

#include <liangxin/organizations/v1/organizations.handlers.h>

#include "base/date.h"
#include "io/db.h"

/* protobuf-c's fields are char *, and its empty text is a text of its own. NULL is empty. */
char *wire_text(const char *text);
/* 16 bytes of an event; nil or NULL: empty. */
ProtobufCBinaryData wire_id(const struct id *id);
/* An id that the field rules have looked at already. */
struct id wire_read_id(const char *text);
/* A day likewise; `otherwise` when there is none. */
date_t wire_day_or(const char *text, date_t otherwise);
/* A moment of a row in RFC 3339; empty for null. */
char *wire_instant(struct arena *arena, struct db_rows *rows, int row, const char *column);

#endif
