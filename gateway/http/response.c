/* SPDX-License-Identifier: Apache-2.0 */
/* Heads of answers. Loop thread (the line with the date is kept for a second); owns nothing. */
#include "gateway/http/response.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "io/clock.h"
#include "base/banned.h"

#define DATE_LINE 48

static const struct {
    int http;
    const char *text;
    const char *line;
} statuses[] = {
#define S(code, phrase)                                                                                                \
    {                                                                                                                  \
        code, #code, "HTTP/1.1 " #code " " phrase "\r\n"                                                               \
    }
    S(200, "OK"),
    S(201, "Created"),
    S(202, "Accepted"),
    S(204, "No Content"),
    S(304, "Not Modified"),
    S(400, "Bad Request"),
    S(401, "Unauthorized"),
    S(403, "Forbidden"),
    S(404, "Not Found"),
    S(405, "Method Not Allowed"),
    S(409, "Conflict"),
    S(412, "Precondition Failed"),
    S(413, "Content Too Large"),
    S(414, "URI Too Long"),
    S(415, "Unsupported Media Type"),
    S(422, "Unprocessable Content"),
    S(428, "Precondition Required"),
    S(429, "Too Many Requests"),
    S(431, "Request Header Fields Too Large"),
    S(500, "Internal Server Error"),
    S(501, "Not Implemented"),
    S(503, "Service Unavailable"),
    S(504, "Gateway Timeout"),
    S(505, "HTTP Version Not Supported"),
#undef S
};

static const char security_fields[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n";

static size_t
find_status(int http)
{
    size_t i = 0;

    while (i < sizeof statuses / sizeof *statuses && statuses[i].http != http)
        i++;
    return i;
}

const char *
response_status_text(int http)
{
    size_t i = find_status(http);

    return i < sizeof statuses / sizeof *statuses ? statuses[i].text : "other";
}

static void
write_status(struct strbuf *out, int http)
{
    size_t i = find_status(http);

    if (i < sizeof statuses / sizeof *statuses)
        strbuf_text(out, statuses[i].line);
    else
        strbuf_printf(out, "HTTP/1.1 %d -\r\n", http);
}

static void
write_date(struct strbuf *out)
{
    static char line[DATE_LINE];
    static time_t written;
    time_t now = (time_t)(clock_now() / 1000000);
    struct tm tm;

    if (now != written && gmtime_r(&now, &tm)) {
        strftime(line, sizeof line, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &tm);
        written = now;
    }
    strbuf_text(out, line);
}

static void
write_line(struct strbuf *out, const char *name, const char *value)
{
    strbuf_text(out, name);
    strbuf_text(out, value);
    strbuf_add(out, "\r\n", 2);
}

static void
write_number(struct strbuf *out, const char *name, int64_t number, const char *quote)
{
    char text[32];

    snprintf(text, sizeof text, "%s%" PRId64 "%s", quote, number, quote);
    write_line(out, name, text);
}

static void
write_limit(struct strbuf *out, const struct limit_state *limit)
{
    if (!limit->policy)
        return;
    strbuf_printf(out, "RateLimit-Policy: \"%s\";q=%" PRId64 ";w=%" PRId64 "\r\n", limit->policy->name,
                  limit->policy->quota, limit->policy->window_s);
    strbuf_printf(out, "RateLimit: \"%s\";r=%" PRId64 ";t=%" PRId64 "\r\n", limit->policy->name, limit->remaining,
                  limit->reset_s);
}

static const char *
cache_line(const struct response *response)
{
    if (response->immutable)
        return "Cache-Control: public, max-age=31536000, immutable\r\n";
    return response->no_store ? "Cache-Control: no-store\r\n" : "Cache-Control: private, no-cache\r\n";
}

static void
write_conditions(struct strbuf *out, const struct response *response)
{
    if (response->has_version)
        strbuf_printf(out, "ETag: \"%" PRId64 "%s%s\"\r\n", response->version, response->mark[0] ? "-" : "",
                      response->mark);
    if (response->replayed)
        strbuf_text(out, "Idempotency-Replayed: true\r\n");
    if (response->retry_after_s)
        write_number(out, "Retry-After: ", response->retry_after_s, "");
    if (response->allow)
        write_line(out, "Allow: ", response->allow);
    if (response->link)
        write_line(out, "Link: ", response->link);
    write_limit(out, &response->limit);
    if (response->set_cookie)
        write_line(out, "Set-Cookie: ", response->set_cookie);
    if (response->http == 401)
        strbuf_text(out, "WWW-Authenticate: Bearer\r\n");
    strbuf_text(out, cache_line(response));
}

void
response_head(struct strbuf *out, const struct response *response)
{
    write_status(out, response->http);
    write_date(out);
    if (response->content_type)
        write_line(out, "Content-Type: ", response->content_type);
    if (response->http != 204 && response->http != 304 && !response->is_stream)
        write_number(
            out, "Content-Length: ", response->disposition ? response->file_size : (int64_t)response->body.size, "");
    if (response->disposition)
        write_line(out, "Content-Disposition: ", response->disposition);
    if (response->encoding)
        write_line(out, "Content-Encoding: ", response->encoding);
    if (response->varies_by_encoding)
        strbuf_text(out, "Vary: Accept-Encoding\r\n");
    if (response->is_problem) {
        write_line(out, "Content-Language: ", language_tag(response->language));
        strbuf_text(out, "Vary: Accept-Language\r\n");
    }
    write_line(out, "X-Request-Id: ", response->request_id);
    write_conditions(out, response);
    strbuf_add(out, security_fields, sizeof security_fields - 1);
    strbuf_text(out, response->keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
}
