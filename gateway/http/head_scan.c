/* SPDX-License-Identifier: Apache-2.0 */
/* The strict scan of a request's head: one walk over its lines. Pure; owns nothing. */
#include "gateway/http/head_scan.h"

#include <stdbool.h>
#include <strings.h>

#include "base/text.h"
#include "base/banned.h"

static const struct {
    int http;
    const char *word;
    const char *text;
} verdicts[] = {
#define X(name, http, word, text) [HEAD_##name] = { http, word, text },
    HEAD_VERDICTS(X)
#undef X
};

static const char *const verbs[] = { "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" };
static const char *const versions[] = { "HTTP/1.1", "HTTP/1.0" };

/* What has been counted so far. */
struct scan {
    size_t fields;
    size_t hosts;
    size_t lengths;
    size_t codings;
    bool is_old; /* HTTP/1.0 */
};

int
head_verdict_http(enum head_verdict verdict)
{
    return verdicts[verdict].http;
}

const char *
head_verdict_word(enum head_verdict verdict)
{
    return verdicts[verdict].word;
}

const char *
head_verdict_text(enum head_verdict verdict)
{
    return verdicts[verdict].text;
}

size_t
head_end(struct slice bytes, size_t seen)
{
    size_t from = seen > 3 ? seen - 3 : 0;
    const char *end = bytes.size > from ? memmem(bytes.data + from, bytes.size - from, "\r\n\r\n", 4) : NULL;

    return end ? (size_t)(end - bytes.data) + 4 : 0;
}

static bool
is_token(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool
is_one_of(struct slice word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(word, list[i]))
            return true;
    return false;
}

static bool
is_named(struct slice name, const char *wanted)
{
    return name.size == strlen(wanted) && strncasecmp(name.data, wanted, name.size) == 0;
}

static enum head_verdict
scan_target(struct slice target)
{
    if (target.size == 0 || target.data[0] != '/')
        return HEAD_TARGET;
    if (target.size > HEAD_TARGET_LIMIT)
        return HEAD_TARGET_LONG;
    for (size_t i = 0; i < target.size; i++)
        if (target.data[i] <= ' ' || target.data[i] > '~' || target.data[i] == '#')
            return HEAD_TARGET;
    return HEAD_GOOD;
}

static enum head_verdict
scan_request_line(struct scan *scan, struct slice line)
{
    const char *first = line.size ? memchr(line.data, ' ', line.size) : NULL;
    const char *last = first ? memrchr(line.data, ' ', line.size) : NULL;
    struct slice version;
    enum head_verdict verdict;

    if (!first || last == first)
        return HEAD_REQUEST_LINE;
    if (!is_one_of(slice_make(line.data, (size_t)(first - line.data)), verbs, sizeof verbs / sizeof *verbs))
        return HEAD_VERB;
    verdict = scan_target(slice_make(first + 1, (size_t)(last - first - 1)));
    if (verdict)
        return verdict;
    version = slice_make(last + 1, (size_t)(line.data + line.size - last - 1));
    scan->is_old = slice_is(version, "HTTP/1.0");
    return is_one_of(version, versions, sizeof versions / sizeof *versions) ? HEAD_GOOD : HEAD_VERSION;
}

static bool
is_length(struct slice value)
{
    return value.size <= 10 && text_is_digits(value);
}

/* Fields that decide where a request ends, or to whom it goes. */
static enum head_verdict
scan_meaning(struct scan *scan, struct slice name, struct slice value)
{
    if (is_named(name, "Transfer-Encoding") && (++scan->codings > 1 || scan->is_old || !is_named(value, "chunked")))
        return HEAD_TRANSFER_ENCODING;
    if (is_named(name, "Upgrade"))
        return HEAD_UPGRADE;
    if (is_named(name, "Host") && (++scan->hosts > 1 || value.size == 0))
        return HEAD_HOST;
    if (is_named(name, "Content-Length") && (++scan->lengths > 1 || !is_length(value)))
        return HEAD_LENGTH;
    return HEAD_GOOD;
}

static enum head_verdict
scan_field(struct scan *scan, struct slice line)
{
    const char *colon = memchr(line.data, ':', line.size);
    struct slice name = slice_make(line.data, colon ? (size_t)(colon - line.data) : 0);

    if (line.data[0] == ' ' || line.data[0] == '\t')
        return HEAD_FOLDED;
    if (++scan->fields > HEAD_FIELDS)
        return HEAD_FIELDS_MANY;
    if (name.size == 0)
        return HEAD_NAME;
    for (size_t i = 0; i < name.size; i++)
        if (!is_token((unsigned char)name.data[i]))
            return HEAD_NAME;
    return scan_meaning(scan, name, text_trim(slice_make(colon + 1, line.size - name.size - 1)));
}

/* The next line without its CRLF; what stays is in `rest`. */
static enum head_verdict
take_line(struct slice *rest, struct slice *ret_line)
{
    for (size_t i = 0; i < rest->size; i++) {
        unsigned char c = (unsigned char)rest->data[i];

        if (c == '\n' || (c == '\r' && (i + 1 == rest->size || rest->data[i + 1] != '\n')))
            return HEAD_LINE_END;
        if (c == '\r') {
            *ret_line = slice_make(rest->data, i);
            *rest = slice_make(rest->data + i + 2, rest->size - i - 2);
            return HEAD_GOOD;
        }
        if ((c < ' ' && c != '\t') || c == 0x7F)
            return HEAD_BYTE;
    }
    return HEAD_LINE_END;
}

enum head_verdict
head_scan(struct slice head)
{
    struct scan scan = { 0 };
    struct slice line = { 0 };
    enum head_verdict verdict = take_line(&head, &line);

    if (!verdict)
        verdict = scan_request_line(&scan, line);
    while (!verdict) {
        verdict = take_line(&head, &line);
        if (!verdict && line.size == 0)
            break;
        if (!verdict)
            verdict = scan_field(&scan, line);
    }
    if (!verdict && head.size)
        verdict = HEAD_LINE_END;
    if (!verdict && scan.codings && scan.lengths)
        verdict = HEAD_LENGTH;
    return verdict ? verdict : scan.hosts == 1 ? HEAD_GOOD : HEAD_HOST;
}
