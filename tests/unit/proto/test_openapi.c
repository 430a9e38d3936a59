/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenAPI document of the good sample, read back as the gateway serves it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "openapi.h"
#include "operations.h"
#include "sample.h"

#include "gateway/transcode/route.h"

static json_t *document;

static int
load_document(void **state)
{
    (void)state;
    document = json_loadb(openapi_document, openapi_document_size, JSON_REJECT_DUPLICATES, NULL);
    return document ? 0 : -1;
}

static int
drop_document(void **state)
{
    (void)state;
    json_decref(document);
    return 0;
}

static json_t *
operation(const char *path, const char *verb)
{
    json_t *found = json_object_get(json_object_get(json_object_get(document, "paths"), path), verb);

    assert_non_null(found);
    return found;
}

static json_t *
component(const char *name)
{
    return json_object_get(json_object_get(json_object_get(document, "components"), "schemas"), name);
}

static const char *
text_at(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static json_t *
property(const char *type, const char *name)
{
    return json_object_get(json_object_get(component(type), "properties"), name);
}

static void
an_operation_carries_comment_and_parameters(void **state)
{
    json_t *get = operation("/api/v1/letters/{id}", "get");
    json_t *id = json_array_get(json_object_get(get, "parameters"), 0);

    (void)state;
    assert_string_equal(text_at(get, "operationId"), "letters_get");
    assert_string_equal(text_at(get, "summary"), "Reads a letter");
    assert_string_equal(text_at(id, "in"), "path");
    assert_string_equal(text_at(json_object_get(id, "schema"), "format"), "uuid");
}

static void
a_command_wants_key_and_version(void **state)
{
    json_t *parameters = json_object_get(operation("/api/v1/letters/{id}/send-up", "post"), "parameters");

    (void)state;
    assert_int_equal(json_array_size(parameters), 3);
    assert_string_equal(text_at(json_array_get(parameters, 1), "$ref"), "#/components/parameters/IdempotencyKey");
    assert_string_equal(text_at(json_array_get(parameters, 2), "$ref"), "#/components/parameters/IfMatch");
}

static void
a_body_leaves_out_what_the_path_binds(void **state)
{
    json_t *body = json_object_get(operation("/api/v1/letters/{id}/send-up", "post"), "requestBody");
    json_t *media = json_object_get(json_object_get(body, "content"), "application/json");
    json_t *properties = json_object_get(json_object_get(media, "schema"), "properties");

    (void)state;
    assert_null(json_object_get(properties, "id"));
    assert_non_null(json_object_get(properties, "reason"));
    assert_string_equal(text_at(json_object_get(media, "example"), "reason"), "moved \"north\"");
    assert_string_equal(text_at(json_object_get(json_object_get(media, "example"), "address"), "region"), "320602");
}

static void
a_raw_body_is_bytes_and_the_rest_query(void **state)
{
    json_t *put = operation("/api/v1/letters/{id}/scan", "put");
    json_t *content = json_object_get(json_object_get(put, "requestBody"), "content");

    (void)state;
    assert_non_null(json_object_get(content, "application/octet-stream"));
    assert_string_equal(text_at(json_array_get(json_object_get(put, "parameters"), 1), "in"), "query");
    assert_null(json_object_get(json_object_get(json_object_get(put, "responses"), "204"), "content"));
}

static void
a_file_travels_as_it_is_without_its_pieces(void **state)
{
    json_t *put = operation("/api/v1/letters/{id}/file", "put");
    json_t *get = operation("/api/v1/letters/{id}/file", "get");
    json_t *success = json_object_get(json_object_get(get, "responses"), "200");

    (void)state;
    assert_non_null(json_object_get(json_object_get(json_object_get(put, "requestBody"), "content"), "*/*"));
    assert_int_equal(json_array_size(json_object_get(put, "parameters")), 2); /* id, name */
    assert_non_null(json_object_get(json_object_get(success, "content"), "*/*"));
    assert_non_null(json_object_get(json_object_get(success, "headers"), "Content-Disposition"));
}

static void
responses_name_their_problems(void **state)
{
    json_t *responses = json_object_get(operation("/api/v1/letters/{id}/send-up", "post"), "responses");
    json_t *refused = json_object_get(json_object_get(responses, "422"), "x-problems");
    json_t *open = operation("/api/v1/letters/overdue", "get");

    (void)state;
    assert_non_null(json_object_get(json_object_get(json_object_get(responses, "200"), "headers"), "ETag"));
    assert_string_equal(json_string_value(json_array_get(refused, 0)), "key-reused");
    assert_string_equal(json_string_value(json_array_get(refused, 1)), "letter-open");
    assert_non_null(json_object_get(responses, "412"));
    assert_null(json_object_get(json_object_get(open, "responses"), "401"));
    assert_int_equal(json_array_size(json_object_get(open, "security")), 0);
}

static void
headers_are_described_where_they_come(void **state)
{
    json_t *described = json_object_get(json_object_get(document, "components"), "headers");
    json_t *responses = json_object_get(operation("/api/v1/letters/{id}", "get"), "responses");
    json_t *read = json_object_get(json_object_get(responses, "200"), "headers");
    json_t *same = json_object_get(json_object_get(responses, "304"), "headers");
    json_t *sent = json_object_get(operation("/api/v1/letters/{id}/send-up", "post"), "responses");

    (void)state;
    assert_string_equal(text_at(json_object_get(read, "ETag"), "$ref"), "#/components/headers/ETag");
    assert_non_null(json_object_get(read, "RateLimit"));
    assert_non_null(json_object_get(same, "ETag"));
    assert_null(json_object_get(read, "Link"));
    assert_null(json_object_get(read, "Idempotency-Replayed"));
    assert_non_null(json_object_get(json_object_get(json_object_get(sent, "200"), "headers"), "Idempotency-Replayed"));
    assert_null(json_object_get(sent, "304"));
    assert_true(json_is_true(json_object_get(json_object_get(described, "ETag"), "required")));
    assert_true(json_is_false(json_object_get(json_object_get(described, "Retry-After"), "required")));
}

static void
what_passes_says_when_to_try_again(void **state)
{
    static const char *const slugs[] = { "exhausted", "unavailable", "timeout" };
    json_t *shared = json_object_get(json_object_get(document, "components"), "responses");

    (void)state;
    for (size_t i = 0; i < sizeof slugs / sizeof slugs[0]; i++)
        assert_non_null(json_object_get(json_object_get(json_object_get(shared, slugs[i]), "headers"), "Retry-After"));
    assert_null(json_object_get(json_object_get(json_object_get(shared, "not-found"), "headers"), "Retry-After"));
}

static void
types_become_schemas(void **state)
{
    json_t *codes = json_object_get(component("letters.LetterState"), "enum");
    json_t *paid = property("letters.Letter", "paid_fen");

    (void)state;
    assert_int_equal(json_array_size(codes), 2);
    assert_string_equal(json_string_value(json_array_get(codes, 1)), "up_review");
    assert_string_equal(text_at(paid, "x-unit"), "fen");
    assert_true(json_integer_value(json_object_get(paid, "maximum")) == INT64_C(9007199254740991));
    assert_string_equal(text_at(property("letters.Letter", "scan"), "contentEncoding"), "base64");
    assert_int_equal(json_integer_value(json_object_get(property("letters.Letter", "scan"), "maxLength")), 16);
    assert_int_equal(json_integer_value(json_object_get(property("letters.Letter", "lines"), "maxItems")), 3);
    assert_string_equal(text_at(component("letters.Letter.Line"), "description"), "One line of a letter.");
}

static void
what_is_sent_is_strict_and_what_is_answered_complete(void **state)
{
    json_t *sent = component("places.Address.sent");
    json_t *answered = component("letters.Letter");
    json_t *list = json_object_get(operation("/api/v1/letters/overdue", "get"), "parameters");
    json_t *limit = json_object_get(json_array_get(list, 1), "schema");
    json_t *required = json_object_get(answered, "required");

    (void)state;
    assert_true(json_is_false(json_object_get(sent, "additionalProperties")));
    assert_string_equal(json_string_value(json_array_get(json_object_get(sent, "required"), 0)), "region");
    assert_int_equal(json_integer_value(json_object_get(limit, "minimum")), 1);
    assert_null(json_object_get(answered, "additionalProperties"));
    assert_int_equal(json_integer_value(json_object_get(property("letters.Letter", "paid_fen"), "minimum")), 0);
    assert_string_equal(text_at(property("letters.Letter", "closed_on"), "format"), "date");
    assert_int_equal(json_array_size(required), 5);
    assert_string_equal(json_string_value(json_array_get(required, 0)), "id");
}

static void
every_reference_leads_somewhere(void **state)
{
    const char *prefix = "\"#/components/";
    json_t *components = json_object_get(document, "components");
    const char *at = openapi_document;

    (void)state;
    while ((at = strstr(at, prefix))) {
        char kind[32];
        char name[128];

        at += strlen(prefix);
        assert_int_equal(sscanf(at, "%31[^/]/%127[^\"]", kind, name), 2);
        if (!json_object_get(json_object_get(components, kind), name))
            fail_msg("%s/%s is not there", kind, name);
    }
}

static void
a_shared_problem_is_written_once(void **state)
{
    json_t *responses = json_object_get(operation("/api/v1/letters/{id}", "get"), "responses");
    json_t *shared = json_object_get(json_object_get(document, "components"), "responses");

    (void)state;
    assert_string_equal(text_at(json_object_get(responses, "404"), "$ref"), "#/components/responses/not-found");
    assert_non_null(json_object_get(json_object_get(shared, "not-found"), "content"));
}

static void
operations_are_listed_with_their_examples(void **state)
{
    struct arena *arena = arena_new(16 * SAMPLE_LIMIT);
    struct strbuf text;
    json_t *operations;
    json_t *send_up;

    (void)state;
    strbuf_init(&text, SAMPLE_LIMIT);
    operations_json(sample_schema(arena, "good"), &text);
    operations = json_loads(text.data, 0, NULL);
    send_up = json_array_get(operations, 5);
    assert_int_equal(json_array_size(operations), 6);
    assert_string_equal(text_at(send_up, "id"), "letters_send_up");
    assert_true(json_is_true(json_object_get(send_up, "idempotency_key")));
    assert_string_equal(text_at(json_object_get(send_up, "body_example"), "reason"), "moved \"north\"");
    assert_int_equal(json_integer_value(json_object_get(json_object_get(send_up, "problems"), "letter-open")), 422);
    json_decref(operations);
    strbuf_done(&text);
    arena_free(arena);
}

static void
the_same_schema_gives_the_same_bytes(void **state)
{
    struct arena *arena = arena_new(16 * SAMPLE_LIMIT);
    struct strbuf text;

    (void)state;
    strbuf_init(&text, SAMPLE_LIMIT);
    openapi_json(sample_schema(arena, "good"), &text);
    assert_int_equal(text.size, openapi_document_size);
    assert_memory_equal(text.data, openapi_document, text.size);
    strbuf_done(&text);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_carries_comment_and_parameters),
        cmocka_unit_test(a_command_wants_key_and_version),
        cmocka_unit_test(a_body_leaves_out_what_the_path_binds),
        cmocka_unit_test(a_raw_body_is_bytes_and_the_rest_query),
        cmocka_unit_test(a_file_travels_as_it_is_without_its_pieces),
        cmocka_unit_test(responses_name_their_problems),
        cmocka_unit_test(headers_are_described_where_they_come),
        cmocka_unit_test(what_passes_says_when_to_try_again),
        cmocka_unit_test(types_become_schemas),
        cmocka_unit_test(what_is_sent_is_strict_and_what_is_answered_complete),
        cmocka_unit_test(every_reference_leads_somewhere),
        cmocka_unit_test(a_shared_problem_is_written_once),
        cmocka_unit_test(operations_are_listed_with_their_examples),
        cmocka_unit_test(the_same_schema_gives_the_same_bytes),
    };

    return cmocka_run_group_tests(tests, load_document, drop_document);
}
