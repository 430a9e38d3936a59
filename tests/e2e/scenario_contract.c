/* SPDX-License-Identifier: Apache-2.0 */
/* The API does what its document says: every operation answers as described, and every common problem is told. */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "e2e/contract.h"
#include "e2e/contract_calls.h"
#include "io/seal.h"
#include "support/cmocka_all.h"

#define AWAIT_MS 10000
#define TICK_MS  20
#define NOBODY   "01900000-0000-7000-8000-000000000000"

struct world {
    struct contract *contract;
    char roleless[256]; /* token of somebody who may do nothing */
    int keys;
};

/* A one-time code is told once by the API, and the table of calls keeps ids only: this one is known beforehand. */
static void
give_code(struct contract *contract)
{
    static const char code[] = CONTRACT_CODE;
    char typed[sizeof code];
    uint8_t hash[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];
    char sql[256];
    size_t size = 0;

    for (size_t i = 0; code[i]; i++)
        if (code[i] != '-')
            typed[size++] = code[i];
    seal_hash(slice_make(typed, size), hash);
    seal_hex_format(hash, sizeof hash, hex);
    snprintf(sql, sizeof sql,
             "update account set code_hash = decode('%s', 'hex'), code_until = now() + interval '1 day'"
             " where name = 'west_secretary'",
             hex);
    test_pg_run(contract->pg, "organizations", sql);
}

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    world->contract = contract_new();
    contract_start(world->contract);
    api_account(&world->contract->api, "auditor", "audit_administrator", world->contract->towns.east, world->roleless);
    give_code(world->contract);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    contract_free(world->contract);
    free(world);
    return 0;
}

static void
the_document_served_is_the_one_generated(void **state)
{
    struct world *world = *state;
    json_t *generated = json_load_file(LIANGXIN_GENERATED "/openapi.json", 0, NULL);
    size_t i;
    json_t *operation;

    assert_non_null(generated);
    assert_true(json_equal(generated, world->contract->document));
    json_decref(generated);
    json_array_foreach(world->contract->operations, i, operation)
    {
        json_t *path =
            json_object_get(json_object_get(world->contract->document, "paths"), contract_word(operation, "path"));

        assert_true(json_object_size(path) > 0);
    }
}

static const struct contract_call *
first_call(const char *operation)
{
    for (size_t i = 0; i < contract_calls_count; i++)
        if (strcmp(contract_calls[i].operation, operation) == 0)
            return &contract_calls[i];
    return NULL;
}

static void
every_operation_has_its_row(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;

    json_array_foreach(world->contract->operations, i, operation) if (!first_call(contract_word(operation, "id")))
        fail_msg("%s has no row in contract_calls.c", contract_word(operation, "id"));
    for (size_t call = 0; call < contract_calls_count; call++)
        contract_operation(world->contract, contract_calls[call].operation);
}

static const char *
token_of(const struct world *world, enum contract_actor actor)
{
    const struct two_towns *towns = &world->contract->towns;
    const char *const tokens[CONTRACT_ACTORS] = {
        [CONTRACT_CITY] = world->contract->api.city,       [CONTRACT_EAST_CLERK] = towns->east_clerk,
        [CONTRACT_EAST_SECRETARY] = towns->east_secretary, [CONTRACT_WEST_CLERK] = towns->west_clerk,
        [CONTRACT_WEST_SECRETARY] = towns->west_secretary,
    };

    return tokens[actor];
}

/* A call and what its request points into. */
struct asking {
    const struct contract_call *call;
    json_t *operation;
    struct test_request request;
    char url[512];
    char key[64];
    char *body;
};

static void
prepare(struct world *world, const struct contract_call *call, struct asking *ret_asking)
{
    struct contract *contract = world->contract;
    struct asking *asking = ret_asking;
    const char *raw;
    const char *upload;

    *asking = (struct asking){ .call = call, .operation = contract_operation(contract, call->operation) };
    raw = contract_word(asking->operation, "raw_body");
    upload = contract_word(asking->operation, "upload");
    contract_url(contract, asking->operation, call->object ? contract_get(contract, call->object) : NULL, call->query,
                 asking->url);
    asking->body = contract_expand(contract, call->body);
    snprintf(asking->key, sizeof asking->key, "contract-%d-%d", (int)getpid(), ++world->keys);
    asking->request = (struct test_request){
        .verb = contract_word(asking->operation, "verb"),
        .url = asking->url,
        .token = token_of(world, call->actor),
        .key = contract_says(asking->operation, "idempotency_key") ? asking->key : NULL,
        .version = contract_says(asking->operation, "if_match") ? contract_version(contract, call->object) : 0,
        .type = raw[0] || upload[0] ? "text/csv" : NULL,
        .body = asking->body,
        .until = contract_says(asking->operation, "stream") ? "\n\n" : NULL,
    };
}

static const json_t *
object_of(const struct test_reply *reply)
{
    const json_t *items = json_object_get(reply->json, "items");

    return items ? json_array_get(items, 0) : reply->json;
}

static bool
is_there(const struct contract_call *call, const struct test_reply *reply)
{
    const char *text = call->key ? json_string_value(json_object_get(reply->json, call->key)) : NULL;

    return reply->status < 300 && (!call->key || (text && strcmp(text, call->value) == 0)) &&
           (!call->keep || json_object_get(object_of(reply), "id"));
}

/* Not there yet: news takes its time from one service to another, and a job works on what it was asked for. */
static bool
is_early(const struct test_reply *reply)
{
    const char *code = json_string_value(json_object_get(reply->json, "code"));

    return reply->status < 300 || reply->status == 404 || reply->status == 503 ||
           (reply->status == 409 && code && strcmp(code, "busy") == 0);
}

static struct test_reply
ask(const struct asking *asking)
{
    struct test_reply reply = test_http(&asking->request);

    for (int waited = 0; waited < AWAIT_MS && !is_there(asking->call, &reply); waited += TICK_MS) {
        if (!is_early(&reply))
            return reply;
        test_reply_done(&reply);
        poll(NULL, 0, TICK_MS);
        reply = test_http(&asking->request);
    }
    return reply;
}

static void
note(struct contract *contract, const struct contract_call *call, const struct test_reply *reply)
{
    const json_t *object = object_of(reply);
    const char *id = json_string_value(json_object_get(object, "id"));
    const char *code = json_string_value(json_object_get(object, "check_code"));
    const char *issued_on = json_string_value(json_object_get(object, "issued_on"));
    long version = (long)json_integer_value(json_object_get(object, "version"));

    if (call->keep) {
        assert_non_null(id);
        contract_set(contract, call->keep, id, version);
    } else if (call->object && id && strcmp(id, contract_get(contract, call->object)) == 0) {
        contract_set(contract, call->object, id, version);
    }
    if (code && code[0])
        contract_set(contract, "check_code", code, 0);
    if (issued_on)
        contract_set(contract, "issued_on", issued_on, 0);
}

static void
replay(struct contract *contract, const struct asking *asking, const struct test_reply *first)
{
    struct test_reply again = test_http(&asking->request);

    contract_check(contract, asking->operation, &again);
    assert_int_equal(again.status, first->status);
    assert_string_equal(again.body, first->body);
    assert_string_equal(test_reply_header(&again, "Idempotency-Replayed"), "true");
    test_reply_done(&again);
}

/* Another good body of an operation that has one and no If-Match. */
static const char *
other_body(const char *operation)
{
    static const char *const bodies[][2] = {
        { "organizations_create_account",
          "{\"name\":\"another\",\"role\":\"member\",\"organization_id\":\"" NOBODY "\"}" },
        { "organizations_create_post",
          "{\"account_id\":\"" NOBODY "\",\"role\":\"member\",\"organization_id\":\"" NOBODY "\"}" },
        { "organizations_hand_over_post", "{\"to_account_id\":\"" NOBODY "\"}" },
        { "transfers_draft", "{\"member_id\":\"" NOBODY "\",\"to_committee_id\":\"" NOBODY "\",\"reason\":\"other\"}" },
    };

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (strcmp(operation, bodies[i][0]) == 0)
            return bodies[i][1];
    return NULL;
}

static void
reuse_key(struct contract *contract, const struct asking *asking)
{
    struct test_request other = asking->request;
    struct test_reply reply;

    other.body = other_body(asking->call->operation);
    if (!other.body)
        return;
    reply = test_http(&other);
    contract_check_problem(contract, asking->operation, &reply, 422, "key-reused");
}

/* Asks again with the tag of the answer before. News may arrive between two questions and change the record: then,
 * and only then, a whole answer comes, with another tag, and the question is put again with that one. */
static void
unchanged(const struct contract *contract, const struct asking *asking, const struct test_reply *first)
{
    char tag[96], line[128];
    struct test_request request = asking->request;
    struct test_reply reply;
    int asked = 0;
    long status;

    snprintf(tag, sizeof tag, "%s", test_reply_header(first, "ETag"));
    if (!tag[0])
        return;
    request.header = line;
    do {
        snprintf(line, sizeof line, "If-None-Match: %s", tag);
        reply = test_http(&request);
        status = reply.status;
        if (status == 200 && strcmp(test_reply_header(&reply, "ETag"), tag) == 0)
            fail_msg("%s: a whole answer with the tag that was sent", asking->call->operation);
        snprintf(tag, sizeof tag, "%s", test_reply_header(&reply, "ETag"));
        contract_check(contract, asking->operation, &reply);
        if (status == 304)
            assert_int_equal(reply.size, 0);
        test_reply_done(&reply);
    } while (status == 200 && ++asked < 10);
    if (status != 304)
        fail_msg("%s: %ld instead of 304", asking->call->operation, status);
}

static void
make(struct world *world, const struct contract_call *call)
{
    struct asking asking;
    struct test_reply reply;
    long success;

    prepare(world, call, &asking);
    success = (long)json_integer_value(json_object_get(asking.operation, "success"));
    reply = ask(&asking);
    if (reply.status != success)
        fail_msg("%s: %ld instead of %ld: %s", call->operation, reply.status, success, reply.body ? reply.body : "");
    contract_check(world->contract, asking.operation, &reply);
    note(world->contract, call, &reply);
    if (asking.request.key) {
        replay(world->contract, &asking, &reply);
        reuse_key(world->contract, &asking);
    } else {
        unchanged(world->contract, &asking, &reply);
    }
    test_reply_done(&reply);
    free(asking.body);
}

static void
every_operation_answers_as_described(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < contract_calls_count; i++)
        make(world, &contract_calls[i]);
}

/* One way to spoil a good request, for whom it is a fault, and what is told. */
struct spoiling {
    bool (*applies)(const struct asking *asking);
    void (*spoil)(struct world *world, struct asking *asking);
    long status;
    const char *code;
};

static bool
always(const struct asking *asking)
{
    return !contract_says(asking->operation, "open");
}

static void
without_token(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.token = NULL;
}

/* Everybody may ask after himself. */
static bool
needs_a_role(const struct asking *asking)
{
    return always(asking) && strncmp(contract_word(asking->operation, "permission"), "session.", 8) != 0;
}

static void
without_permission(struct world *world, struct asking *asking)
{
    asking->request.token = world->roleless;
}

static bool
has_object(const struct asking *asking)
{
    return asking->call->object != NULL;
}

/* What is open is named by a code, not by an id. */
static bool
has_id(const struct asking *asking)
{
    return has_object(asking) && always(asking) && strcmp(asking->call->object, "region") != 0;
}

/* A file is put under an id of the caller's choosing, of any type and longer than other bodies. */
static bool
is_upload(const struct asking *asking)
{
    return contract_word(asking->operation, "upload")[0] != '\0';
}

static bool
looks_for_object(const struct asking *asking)
{
    return has_object(asking) && !is_upload(asking);
}

static void
of_nobody(struct world *world, struct asking *asking)
{
    contract_url(world->contract, asking->operation, NOBODY, asking->call->query, asking->url);
}

static void
of_no_uuid(struct world *world, struct asking *asking)
{
    contract_url(world->contract, asking->operation, "7", asking->call->query, asking->url);
}

static void
with_a_parameter(struct world *world, struct asking *asking)
{
    (void)world;
    strcat(asking->url, asking->call->query ? "&surplus=1" : "?surplus=1");
}

static bool
takes_json(const struct asking *asking)
{
    return asking->body && !asking->request.type;
}

static void
with_a_field(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.body = "{\"surplus\":1}";
}

static void
with_half_a_body(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.body = "{\"note\":";
}

static void
as_a_form(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.type = "application/x-www-form-urlencoded";
}

static bool
has_body(const struct asking *asking)
{
    return asking->body != NULL && !is_upload(asking);
}

static void
with_two_megabytes(struct world *world, struct asking *asking)
{
    static char large[2 * 1024 * 1024];

    (void)world;
    memset(large, ' ', sizeof large);
    asking->request.body = large;
    asking->request.body_size = sizeof large;
}

static bool
has_key(const struct asking *asking)
{
    return asking->request.key != NULL;
}

static void
without_key(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.key = NULL;
}

static bool
has_version(const struct asking *asking)
{
    return contract_says(asking->operation, "if_match");
}

static void
without_version(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.version = 0;
}

static void
with_an_old_version(struct world *world, struct asking *asking)
{
    (void)world;
    asking->request.version = 999999;
}

static const struct spoiling spoilings[] = {
    { always, without_token, 401, "unauthentic" },
    { needs_a_role, without_permission, 403, "denied" },
    { looks_for_object, of_nobody, 404, "not-found" },
    { has_id, of_no_uuid, 400, "bad-format" },
    { always, with_a_parameter, 400, "unknown-parameter" },
    { takes_json, with_a_field, 400, "unknown-field" },
    { takes_json, with_half_a_body, 400, "malformed" },
    { has_body, as_a_form, 415, "media-type" },
    { has_body, with_two_megabytes, 413, "too-large" },
    { has_key, without_key, 400, "idempotency-key-required" },
    { has_version, without_version, 428, "version-required" },
    { has_version, with_an_old_version, 412, "stale" },
};

static void
every_common_problem_is_told(void **state)
{
    struct world *world = *state;
    struct test_reply reply;
    size_t i;
    json_t *operation;

    json_array_foreach(world->contract->operations, i, operation)
    {
        const struct contract_call *call = first_call(contract_word(operation, "id"));

        for (size_t way = 0; call && way < sizeof spoilings / sizeof *spoilings; way++) {
            struct asking asking;

            prepare(world, call, &asking);
            if (spoilings[way].applies(&asking)) {
                spoilings[way].spoil(world, &asking);
                reply = test_http(&asking.request);
                contract_check_problem(world->contract, operation, &reply, spoilings[way].status, spoilings[way].code);
            }
            free(asking.body);
        }
    }
}

/* A verb that the operation's path does not offer. */
static const char *
other_verb(const struct contract *contract, const json_t *operation)
{
    static const char *const verbs[] = { "PUT", "PATCH", "DELETE" };
    const json_t *path =
        json_object_get(json_object_get(contract->document, "paths"), contract_word(operation, "path"));
    static const char *const keys[] = { "put", "patch", "delete" };

    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!json_object_get(path, keys[i]))
            return verbs[i];
    fail_msg("%s offers every verb", contract_word(operation, "path"));
    return NULL;
}

static void
another_verb_is_refused_with_those_offered(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;

    json_array_foreach(world->contract->operations, i, operation)
    {
        char url[512];
        struct test_reply reply;

        contract_url(world->contract, operation, NOBODY, NULL, url);
        reply = test_http(&(struct test_request){ .verb = other_verb(world->contract, operation), .url = url });
        assert_int_equal(reply.status, 405);
        assert_non_null(strstr(test_reply_header(&reply, "Allow"), contract_word(operation, "verb")));
        test_reply_done(&reply);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_served_is_the_one_generated),   cmocka_unit_test(every_operation_has_its_row),
        cmocka_unit_test(every_operation_answers_as_described),       cmocka_unit_test(every_common_problem_is_told),
        cmocka_unit_test(another_verb_is_refused_with_those_offered),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
