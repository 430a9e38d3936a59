/* SPDX-License-Identifier: Apache-2.0 */
/* JSON text, written forward. One thread at a time; owns nothing. */
#include "base/json_writer.h"

#include <inttypes.h>

#include "base/check.h"
#include "base/banned.h"

#define MAX_DEPTH 31

void
json_init(struct json_writer *json, struct strbuf *buf)
{
    *json = (struct json_writer){ .buf = buf };
}

static const char *
escape_of(unsigned char c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

static void
quoted(struct strbuf *buf, struct slice text)
{
    size_t from = 0;

    strbuf_char(buf, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        const char *escape;

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        strbuf_add(buf, text.data + from, i - from);
        from = i + 1;
        escape = escape_of(c);
        if (escape)
            strbuf_text(buf, escape);
        else
            strbuf_printf(buf, "\\u%04x", c);
    }
    strbuf_add(buf, text.data + from, text.size - from);
    strbuf_char(buf, '"');
}

static void
before_item(struct json_writer *json, const char *key)
{
    uint32_t bit = UINT32_C(1) << json->depth;

    if (json->has_items & bit)
        strbuf_char(json->buf, ',');
    json->has_items |= bit;
    if (key) {
        quoted(json->buf, slice_of(key));
        strbuf_char(json->buf, ':');
    }
}

static void
begin(struct json_writer *json, const char *key, char bracket)
{
    before_item(json, key);
    strbuf_char(json->buf, bracket);
    CHECK(json->depth < MAX_DEPTH);
    json->depth++;
    json->has_items &= ~(UINT32_C(1) << json->depth);
}

static void
end(struct json_writer *json, char bracket)
{
    CHECK(json->depth > 0);
    json->depth--;
    strbuf_char(json->buf, bracket);
}

void
json_object_begin(struct json_writer *json, const char *key)
{
    begin(json, key, '{');
}

void
json_object_end(struct json_writer *json)
{
    end(json, '}');
}

void
json_array_begin(struct json_writer *json, const char *key)
{
    begin(json, key, '[');
}

void
json_array_end(struct json_writer *json)
{
    end(json, ']');
}

void
json_text(struct json_writer *json, const char *key, struct slice text)
{
    before_item(json, key);
    quoted(json->buf, text);
}

void
json_cstring(struct json_writer *json, const char *key, const char *text)
{
    json_text(json, key, slice_of(text));
}

void
json_int(struct json_writer *json, const char *key, int64_t number)
{
    before_item(json, key);
    strbuf_printf(json->buf, "%" PRId64, number);
}

void
json_bool(struct json_writer *json, const char *key, bool value)
{
    before_item(json, key);
    strbuf_text(json->buf, value ? "true" : "false");
}

void
json_nil(struct json_writer *json, const char *key)
{
    before_item(json, key);
    strbuf_text(json->buf, "null");
}
