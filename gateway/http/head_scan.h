/* SPDX-License-Identifier: Apache-2.0 */
/* The head of an HTTP request, held against a narrower grammar than HTTP's before any parser sees it. The packaged
 * llhttp lets three kinds of smuggled request through; this scan is what stops them. Pure; fuzzed. */
#ifndef LIANGXIN_GATEWAY_HEAD_SCAN_H
#define LIANGXIN_GATEWAY_HEAD_SCAN_H

#include "base/slice.h"

#define HEAD_LIMIT        16384 /* bytes, the blank line included */
#define HEAD_FIELDS       64
#define HEAD_TARGET_LIMIT 2048

/* name, HTTP status, word for the metric, what the client is told */
#define HEAD_VERDICTS(X)                                                                                               \
    X(GOOD, 200, "good", "")                                                                                           \
    X(LINE_END, 400, "line-end", "Lines of the head end in CRLF and in nothing else.")                                 \
    X(BYTE, 400, "byte", "The head has a control character.")                                                          \
    X(REQUEST_LINE, 400, "request-line", "The request line is a verb, a target and a version, one space between.")     \
    X(VERB, 501, "verb", "This verb is not offered.")                                                                  \
    X(TARGET, 400, "target", "The target is a path that begins with a slash, in printable ASCII.")                     \
    X(TARGET_LONG, 414, "target-long", "The target is longer than 2048 bytes.")                                        \
    X(VERSION, 505, "version", "The version is HTTP/1.1 or HTTP/1.0.")                                                 \
    X(FOLDED, 400, "folded", "A field line begins with white space.")                                                  \
    X(NAME, 400, "name", "A field name is no token.")                                                                  \
    X(FIELDS_MANY, 431, "fields", "There are more than 64 field lines.")                                               \
    X(HOST, 400, "host", "There is exactly one Host.")                                                                 \
    X(LENGTH, 400, "length", "Content-Length is given once, in one to ten digits, or the body comes in chunks.")       \
    X(TRANSFER_ENCODING, 501, "transfer-encoding", "Transfer-Encoding is chunked, and for uploaded files only.")       \
    X(UPGRADE, 501, "upgrade", "Upgrade is not offered.")                                                              \
    X(PARSER, 400, "parser", "The head could not be parsed.")                                                          \
    X(TOO_LONG, 431, "too-long", "The head is longer than 16 KiB.")                                                    \
    X(BODY_TOO_LONG, 413, "body-too-long", "The body is over the size limit.")

enum head_verdict {
#define X(name, http, word, text) HEAD_##name,
    HEAD_VERDICTS(X)
#undef X
};

/* The end of the head in `bytes`, one past its blank line; 0 while it is not there. The first `seen` bytes were looked
 * at before. */
size_t head_end(struct slice bytes, size_t seen);
/* `head` ends with its blank line. PARSER, TOO_LONG and BODY_TOO_LONG are for those who come after. */
enum head_verdict head_scan(struct slice head);

int head_verdict_http(enum head_verdict verdict);
const char *head_verdict_word(enum head_verdict verdict);
const char *head_verdict_text(enum head_verdict verdict);

#endif
