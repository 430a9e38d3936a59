/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP for tests: one connection a request. The test's thread. */
#include "support/http.h"

#include <stdio.h>
#include <strings.h>

#include <curl/curl.h>

#include "support/cmocka_all.h"

#define TIMEOUT_MS 20000L

struct text {
    char *data;
    size_t size;
    const char *until; /* NULL: all */
};

static size_t
collect(char *data, size_t unit, size_t count, void *context)
{
    struct text *text = context;
    char *grown = realloc(text->data, text->size + unit * count + 1);

    if (!grown)
        return 0;
    text->data = grown;
    memcpy(text->data + text->size, data, unit * count);
    text->size += unit * count;
    text->data[text->size] = '\0';
    return text->until && strstr(text->data, text->until) ? CURL_WRITEFUNC_ERROR : unit * count;
}

static struct curl_slist *
headers_of(const struct test_request *request)
{
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    char line[512];

    if (request->token) {
        snprintf(line, sizeof line, "Authorization: Bearer %s", request->token);
        list = curl_slist_append(list, line);
    }
    if (request->key) {
        snprintf(line, sizeof line, "Idempotency-Key: %s", request->key);
        list = curl_slist_append(list, line);
    }
    if (request->version) {
        snprintf(line, sizeof line, "If-Match: \"%ld\"", request->version);
        list = curl_slist_append(list, line);
    }
    if (request->body) {
        snprintf(line, sizeof line, "Content-Type: %s", request->type ? request->type : "application/json");
        list = curl_slist_append(list, line);
    }
    for (size_t i = 0; i < sizeof request->more / sizeof *request->more && request->more[i]; i++)
        list = curl_slist_append(list, request->more[i]);
    return request->header ? curl_slist_append(list, request->header) : list;
}

struct test_reply
test_http(const struct test_request *request)
{
    struct curl_slist *headers = headers_of(request);
    struct text body = { .until = request->until };
    CURLcode code;
    struct text head = { 0 };
    struct test_reply reply = { 0 };
    CURL *curl = curl_easy_init();

    assert_non_null(curl);
    curl_easy_setopt(curl, CURLOPT_URL, request->url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->verb);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request->timeout_ms ? request->timeout_ms : TIMEOUT_MS);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &head);
    if (request->body) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE,
                         (long)(request->body_size ? request->body_size : strlen(request->body)));
    } else if (strcmp(request->verb, "POST") == 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "");
    }
    code = curl_easy_perform(curl);
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && request->until))
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    reply.body = body.data;
    reply.size = body.size;
    reply.head = head.data;
    reply.json = body.data ? json_loadb(body.data, body.size, 0, NULL) : NULL;
    return reply;
}

struct test_reply
test_http_get(const char *url, const char *token)
{
    return test_http(&(struct test_request){ .verb = "GET", .url = url, .token = token });
}

long
test_http_status(const char *url)
{
    struct test_reply reply = test_http(&(struct test_request){ .verb = "GET", .url = url, .timeout_ms = 1000 });
    long status = reply.status;

    test_reply_done(&reply);
    return status;
}

void
test_reply_done(struct test_reply *reply)
{
    free(reply->body);
    free(reply->head);
    json_decref(reply->json);
    *reply = (struct test_reply){ 0 };
}

const char *
test_reply_header(const struct test_reply *reply, const char *name)
{
    static char value[512];
    size_t length = strlen(name);

    value[0] = '\0';
    for (const char *line = reply->head; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncasecmp(line, name, length) == 0 && line[length] == ':')
            snprintf(value, sizeof value, "%.*s", (int)strcspn(line + length + 1, "\r\n"), line + length + 1);
    return value[0] == ' ' ? value + 1 : value;
}

const char *
test_reply_text(const struct test_reply *reply, const char *key)
{
    const char *text = json_string_value(json_object_get(reply->json, key));

    if (!text)
        fail_msg("no text \"%s\" in status %ld: %s", key, reply->status, reply->body ? reply->body : "");
    return text;
}

long
test_reply_number(const struct test_reply *reply, const char *key)
{
    json_t *value = json_object_get(reply->json, key);

    if (!json_is_integer(value))
        fail_msg("no number \"%s\" in status %ld: %s", key, reply->status, reply->body ? reply->body : "");
    return (long)json_integer_value(value);
}
