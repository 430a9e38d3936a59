/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON straight into a strbuf: begin, members, end. Commas and escapes are its business.
 * Limits: nesting to 31 levels; text must be UTF-8 (bytes are not checked here); no floating point. Failure is the
 * strbuf's: ask `buf->failed` at the end. */
#ifndef LIANGXIN_BASE_JSON_WRITER_H
#define LIANGXIN_BASE_JSON_WRITER_H

#include <stdint.h>

#include "base/strbuf.h"

struct json_writer {
    struct strbuf *buf;
    uint32_t has_items; /* bit n: level n has an item already */
    int depth;
};

void json_init(struct json_writer *json, struct strbuf *buf);
/* `key` is NULL inside arrays and at the top. */
void json_object_begin(struct json_writer *json, const char *key);
void json_object_end(struct json_writer *json);
void json_array_begin(struct json_writer *json, const char *key);
void json_array_end(struct json_writer *json);
void json_text(struct json_writer *json, const char *key, struct slice text);
void json_cstring(struct json_writer *json, const char *key, const char *text);
void json_int(struct json_writer *json, const char *key, int64_t number);
void json_bool(struct json_writer *json, const char *key, bool value);
void json_nil(struct json_writer *json, const char *key);

#endif
