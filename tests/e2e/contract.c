/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and answers by the OpenAPI document. The test's thread; owns the system of a scenario. */
#include "e2e/contract.h"

#include <ctype.h>
#include <stdio.h>

#include "e2e/json_schema.h"
#include "support/cmocka_all.h"

#define BASE         "/api/v1"
#define EXPAND       4096
#define NOBODY       "01900000-0000-7000-8000-000000000000"
#define UPLOAD       "01900000-0000-7000-8000-00000000f11e" /* of a file that a call puts */
#define UPLOAD_PAPER "01900000-0000-7000-8000-00000000f11f" /* of another */

struct contract *
contract_new(void)
{
    struct contract *contract = calloc(1, sizeof *contract);

    assert_non_null(contract);
    contract->pg = test_pg_open();
    contract->system = test_system_new(contract->pg);
    contract->operations = json_load_file(LIANGXIN_GENERATED "/operations.json", 0, NULL);
    assert_true(json_array_size(contract->operations) > 0);
    return contract;
}

static void
take_document(struct contract *contract)
{
    struct test_reply reply = api_get(&contract->api, NULL, "/openapi.json");

    assert_int_equal(reply.status, 200);
    contract->document = json_incref(reply.json);
    assert_true(json_is_object(contract->document));
    test_reply_done(&reply);
}

/* What no answer of the API tells first. */
static void
set_from_rows(struct contract *contract)
{
    static const struct {
        const char *name;
        const char *sql;
    } rows[] = {
        { "unit", "select u.id from unit u join organization o on o.id = u.organization_id where o.code = 'E101'" },
        { "person", "select m.person_id from member m join organization o on o.id = m.organization_id"
                    " where o.code = 'E101'" },
        { "today", "select (current_timestamp at time zone 'Asia/Shanghai')::date" },
        { "year", "select extract(year from now() at time zone 'Asia/Shanghai')::text" },
        { "half", "select ((extract(month from now() at time zone 'Asia/Shanghai')::int + 5) / 6)::text" },
        { "walker", "select id from account where name = 'walker'" },
        { "issued_on", "select (now() at time zone 'Asia/Shanghai')::date" }, /* until a letter says its own */
        { "walker_post",
          "select p.id from account_post p join account a on a.id = p.account_id where a.name = 'walker'" },
    };
    char token[256];

    api_account(&contract->api, "walker", "instructor", contract->towns.east, token);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *id = test_pg_text(contract->pg, "organizations", rows[i].sql);

        assert_non_null(id);
        contract_set(contract, rows[i].name, id, 0);
        free(id);
    }
}

static void
load(struct contract *contract)
{
    static const char *const made[] = {
        "account", "heir", "first_post", "message", "dispatch", "instructor", "file"
    }; /* by calls; until then nobody's */
    const struct two_towns *towns = &contract->towns;

    two_towns_load(&contract->api, &contract->towns);
    take_document(contract);
    contract_set(contract, "member", towns->member, 0);
    contract_set(contract, "east", towns->east, 0);
    contract_set(contract, "east_branch", towns->east_branch, 0);
    contract_set(contract, "east_second", towns->east_second, 0);
    contract_set(contract, "west", towns->west, 0);
    contract_set(contract, "north", towns->north, 0);
    contract_set(contract, "region", "320697001", 0);
    contract_set(contract, "west_branch", towns->west_branch, 0);
    contract_set(contract, "upload", UPLOAD, 0);
    contract_set(contract, "paper", UPLOAD_PAPER, 0);
    set_from_rows(contract);
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        contract_set(contract, made[i], NOBODY, 0);
}

void
contract_start(struct contract *contract)
{
    api_open(&contract->api, contract->system);
    test_system_start_all(contract->system);
    load(contract);
}

void
contract_start_logged(struct contract *contract, struct log_scan *logs)
{
    api_open(&contract->api, contract->system);
    log_scan_begin(logs);
    test_system_start_all(contract->system);
    log_scan_end(logs);
    load(contract);
}

void
contract_free(struct contract *contract)
{
    test_system_free(contract->system);
    test_pg_close(contract->pg);
    json_decref(contract->operations);
    json_decref(contract->document);
    free(contract);
}

static size_t
find(const struct contract *contract, const char *name, size_t size)
{
    size_t i = 0;

    while (i < contract->variables &&
           (strlen(contract->variable[i].name) != size || strncmp(contract->variable[i].name, name, size) != 0))
        i++;
    return i;
}

static size_t
must_find(const struct contract *contract, const char *name, size_t size)
{
    size_t i = find(contract, name, size);

    if (i == contract->variables)
        fail_msg("no variable %.*s", (int)size, name);
    return i;
}

const char *
contract_get(const struct contract *contract, const char *name)
{
    return contract->variable[must_find(contract, name, strlen(name))].value;
}

long
contract_version(const struct contract *contract, const char *name)
{
    return contract->variable[must_find(contract, name, strlen(name))].version;
}

void
contract_set(struct contract *contract, const char *name, const char *value, long version)
{
    size_t i = find(contract, name, strlen(name));

    assert_true(i < CONTRACT_VARIABLES);
    if (i == contract->variables)
        contract->variables++;
    snprintf(contract->variable[i].name, sizeof contract->variable[i].name, "%s", name);
    snprintf(contract->variable[i].value, sizeof contract->variable[i].value, "%s", value);
    if (version)
        contract->variable[i].version = version;
}

char *
contract_expand(const struct contract *contract, const char *text)
{
    char *out = text ? calloc(1, EXPAND) : NULL;
    size_t used = 0;

    while (text && *text) {
        size_t name = 0;

        if (*text == '$')
            while (islower(text[1 + name]) || text[1 + name] == '_')
                name++;
        assert_true(used < EXPAND - 64);
        if (name)
            used += (size_t)snprintf(out + used, EXPAND - used, "%s",
                                     contract->variable[must_find(contract, text + 1, name)].value);
        else
            out[used++] = *text;
        text += name ? name + 1 : 1;
    }
    return out;
}

json_t *
contract_operation(const struct contract *contract, const char *id)
{
    size_t i;
    json_t *operation;

    json_array_foreach(contract->operations, i,
                       operation) if (strcmp(contract_word(operation, "id"), id) == 0) return operation;
    fail_msg("no operation %s", id);
    return NULL;
}

bool
contract_says(const json_t *operation, const char *flag)
{
    return json_is_true(json_object_get(operation, flag));
}

const char *
contract_word(const json_t *operation, const char *name)
{
    return json_string_value(json_object_get(operation, name));
}

void
contract_url(const struct contract *contract, const json_t *operation, const char *id, const char *query,
             char ret_url[512])
{
    const char *path = contract_word(operation, "path") + strlen(BASE);
    const char *open = strchr(path, '{');
    int before = (int)(open ? (size_t)(open - path) : strlen(path));
    const char *after = open ? strchr(open, '}') + 1 : "";

    char *asked = contract_expand(contract, query);

    assert_true(!open || id);
    snprintf(ret_url, 512, "%s%.*s%s%s%s", contract->api.base, before, path, open ? id : "", after, asked ? asked : "");
    free(asked);
}

static const json_t *
described(const struct contract *contract, const json_t *operation, long status)
{
    const json_t *path =
        json_object_get(json_object_get(contract->document, "paths"), contract_word(operation, "path"));
    char verb[16] = "";
    char code[16];

    for (size_t i = 0; contract_word(operation, "verb")[i] && i < sizeof verb - 1; i++)
        verb[i] = (char)tolower(contract_word(operation, "verb")[i]);
    snprintf(code, sizeof code, "%ld", status);
    return json_schema_resolve(contract->document,
                               json_object_get(json_object_get(json_object_get(path, verb), "responses"), code));
}

/* A page with another behind it names that one. */
static void
check_link(const json_t *operation, const struct test_reply *reply)
{
    const char *cursor = json_string_value(json_object_get(reply->json, "next_cursor"));
    const char *link = test_reply_header(reply, "Link");

    if (cursor && (!strstr(link, cursor) || !strstr(link, "rel=\"next\"")))
        fail_msg("%s: Link is \"%s\"", contract_word(operation, "id"), link);
}

/* Lines that a response has only when the document says so. */
static const char *const described_lines[] = { "ETag",
                                               "Link",
                                               "RateLimit",
                                               "RateLimit-Policy",
                                               "Retry-After",
                                               "Idempotency-Replayed",
                                               "Content-Disposition",
                                               "WWW-Authenticate" };

static void
check_headers(const struct contract *contract, const json_t *operation, const json_t *answer,
              const struct test_reply *reply)
{
    const json_t *headers = json_object_get(answer, "headers");
    const char *id = contract_word(operation, "id");

    for (void *at = json_object_iter((json_t *)(uintptr_t)headers); at;
         at = json_object_iter_next((json_t *)(uintptr_t)headers, at)) {
        const json_t *header = json_schema_resolve(contract->document, json_object_iter_value(at));

        if (contract_says(header, "required") && !test_reply_header(reply, json_object_iter_key(at))[0])
            fail_msg("%s: %ld without %s", id, reply->status, json_object_iter_key(at));
    }
    for (size_t i = 0; i < sizeof described_lines / sizeof *described_lines; i++)
        if (test_reply_header(reply, described_lines[i])[0] && !json_object_get(headers, described_lines[i]))
            fail_msg("%s: %ld has a %s that is not described", id, reply->status, described_lines[i]);
    assert_int_equal(strlen(test_reply_header(reply, "X-Request-Id")), 36);
    assert_non_null(strstr(test_reply_header(reply, "Content-Security-Policy"), "default-src 'none'"));
    assert_string_equal(test_reply_header(reply, "X-Content-Type-Options"), "nosniff");
    if (contract_says(operation, "no_store") || reply->status >= 400)
        assert_string_equal(test_reply_header(reply, "Cache-Control"), "no-store");
}

static void
check_body(const struct contract *contract, const json_t *operation, const json_t *answer,
           const struct test_reply *reply)
{
    const char *type;
    json_t *content;
    char fault[1024];
    bool typed = false;

    json_object_foreach(json_object_get(answer, "content"), type, content)
    {
        bool any = strcmp(type, "*/*") == 0; /* a file: told by its bytes */

        if (!any && strcmp(test_reply_header(reply, "Content-Type"), type) != 0)
            continue;
        typed = true;
        if (contract_says(operation, "stream") && reply->status < 300)
            continue; /* its events are scenario_stream's */
        if (!any &&
            !json_schema_fits(contract->document, json_object_get(content, "schema"), reply->json, fault, sizeof fault))
            fail_msg("%s: %ld: %s: %s", contract_word(operation, "id"), reply->status, fault, reply->body);
    }
    if (!typed && json_object_size(json_object_get(answer, "content")))
        fail_msg("%s: %ld of type %s", contract_word(operation, "id"), reply->status,
                 test_reply_header(reply, "Content-Type"));
}

void
contract_check(const struct contract *contract, const json_t *operation, const struct test_reply *reply)
{
    const json_t *answer = described(contract, operation, reply->status);

    if (!answer)
        fail_msg("%s: the document does not know %ld: %s", contract_word(operation, "id"), reply->status,
                 reply->body ? reply->body : "");
    check_headers(contract, operation, answer, reply);
    check_link(operation, reply);
    check_body(contract, operation, answer, reply);
}

void
contract_check_problem(const struct contract *contract, const json_t *operation, struct test_reply *reply, long status,
                       const char *code)
{
    const char *id = contract_word(operation, "id");

    if (reply->status != status || strcmp(test_reply_text(reply, "code"), code) != 0)
        fail_msg("%s: %ld %s instead of %ld %s: %s", id, reply->status, test_reply_text(reply, "code"), status, code,
                 reply->body);
    contract_check(contract, operation, reply);
    if (json_integer_value(json_object_get(json_object_get(operation, "problems"), code)) != status)
        fail_msg("%s: %s is not among its problems", id, code);
    assert_string_equal(test_reply_text(reply, "instance"), test_reply_header(reply, "X-Request-Id"));
    assert_true(strcmp(test_reply_header(reply, "Content-Language"), "zh-CN") == 0);
    test_reply_done(reply);
}
