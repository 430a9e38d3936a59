/* SPDX-License-Identifier: Apache-2.0 */
/* llhttp as a second opinion on a head that has passed the scan. Loop thread; owns nothing. */
#include "gateway/http/head_parse.h"

#include <strings.h>

#include <llhttp.h>

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

#if !LLHTTP_STRICT_MODE
#error "llhttp must be compiled with LLHTTP_STRICT_MODE=1: lenient, it takes two requests for one"
#endif

/* A parse in progress, behind the parser's `data`. */
struct parse {
    struct request *request;
    struct slice target;
    struct slice name;
    struct slice value;
    bool complete;
};

static const struct {
    const char *name;
    size_t offset;
} fields[] = {
#define X(field, name) { name, offsetof(struct request, field) },
    REQUEST_FIELDS(X)
#undef X
};

static void
extend(struct slice *span, const char *at, size_t size)
{
    *span = span->size ? slice_make(span->data, span->size + size) : slice_make(at, size);
}

static int
on_target(llhttp_t *parser, const char *at, size_t size)
{
    extend(&((struct parse *)parser->data)->target, at, size);
    return 0;
}

static int
on_name(llhttp_t *parser, const char *at, size_t size)
{
    extend(&((struct parse *)parser->data)->name, at, size);
    return 0;
}

static int
on_value(llhttp_t *parser, const char *at, size_t size)
{
    extend(&((struct parse *)parser->data)->value, at, size);
    return 0;
}

static int
on_field(llhttp_t *parser)
{
    struct parse *parse = parser->data;
    int verdict = 0;

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct slice *slot = (struct slice *)((char *)parse->request + fields[i].offset);

        if (parse->name.size != strlen(fields[i].name) ||
            strncasecmp(parse->name.data, fields[i].name, parse->name.size) != 0)
            continue;
        verdict = slot->data ? HPE_USER : 0;
        *slot = parse->value.size ? text_trim(parse->value) : slice_of("");
    }
    parse->name = (struct slice){ 0 };
    parse->value = (struct slice){ 0 };
    return verdict;
}

static int
on_head(llhttp_t *parser)
{
    struct parse *parse = parser->data;

    parse->complete = true;
    parse->request->chunked = (parser->flags & F_CHUNKED) != 0;
    parse->request->content_length = (size_t)parser->content_length;
    parse->request->keep_alive = llhttp_should_keep_alive(parser);
    return 0;
}

static const llhttp_settings_t settings = {
    .on_url = on_target,
    .on_header_field = on_name,
    .on_header_value = on_value,
    .on_header_value_complete = on_field,
    .on_headers_complete = on_head,
};

static void
split_target(struct slice target, struct request *request)
{
    const char *mark = memchr(target.data, '?', target.size);
    size_t path = mark ? (size_t)(mark - target.data) : target.size;

    request->path = slice_make(target.data, path);
    request->query = mark ? slice_make(mark + 1, target.size - path - 1) : slice_of("");
}

enum head_verdict
head_parse(struct slice head, struct request *ret_request)
{
    enum head_verdict verdict = head_scan(head);
    struct parse parse = { .request = ret_request };
    llhttp_t parser;

    *ret_request = (struct request){ 0 };
    if (verdict)
        return verdict;
    llhttp_init(&parser, HTTP_REQUEST, &settings);
    parser.data = &parse;
    if (llhttp_execute(&parser, head.data, head.size) != HPE_OK || !parse.complete || !parse.target.size)
        return HEAD_PARSER;
    ret_request->verb = slice_make(head.data, strcspn(head.data, " "));
    split_target(parse.target, ret_request);
    return HEAD_GOOD;
}

void
head_self_test(void)
{
    static const char *const smuggled[] = {
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n",  /* CVE-2023-30589 */
        "GET / HTTP/1.1\r\nHost: a\r\n Content-Length: 38\r\n\r\n",               /* CVE-2024-27982 */
        "GET / HTTP/1.1\r\nHost: a\r\n\rXGET /admin HTTP/1.1\r\nHost: a\r\n\r\n", /* CVE-2025-23167 */
    };
    struct request request;

    for (size_t i = 0; i < sizeof smuggled / sizeof *smuggled; i++)
        CHECK(head_parse(slice_of(smuggled[i]), &request) != HEAD_GOOD);
    CHECK(head_parse(slice_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), &request) == HEAD_GOOD);
}
