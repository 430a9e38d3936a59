/* SPDX-License-Identifier: Apache-2.0 */
/* The generated C of the good sample, used as a service and the gateway use it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <liangxin/letters/v1/letters.facts.h>
#include <liangxin/letters/v1/letters.handlers.h>

#include "gateway/transcode/route.h"

struct call {
    struct arena *arena;
};

status_t
handle_send_up(struct call *call, const SendUpRequest *in, Letter *out)
{
    out->id = arena_text(call->arena, in->id);
    out->address = address_new(call->arena);
    return OK;
}

static void
a_thunk_restores_the_types(void **state)
{
    struct call call = { .arena = arena_new(4096) };
    rpc_handler *handler = call_send_up;
    SendUpRequest *in = send_up_request_new(call.arena);
    Letter *out = letter_new(call.arena);

    (void)state;
    in->id = arena_text(call.arena, "7");
    assert_null(handler(&call, &in->base, &out->base));
    assert_string_equal(out->id, "7");
    assert_ptr_equal(out->address->base.descriptor, &liangxin__places__v1__address__descriptor);
    arena_free(call.arena);
}

static void
facts_repeat_the_options(void **state)
{
    const struct rpc_method *method = &letters_send_up;

    (void)state;
    assert_string_equal(method->name, "letters.v1.Letters/SendUp");
    assert_string_equal(method->service, "letters");
    assert_string_equal(method->permission, "letter.send");
    assert_int_equal(method->effect, METHOD_COMMAND);
    assert_int_equal(method->budget_ms, 2000);
    assert_true(method->if_match);
    assert_null(method->callers);
    assert_ptr_equal(method->request, &liangxin__letters__v1__send_up_request__descriptor);
    assert_true(letters_overdue.open);
    assert_null(letters_overdue.permission);
    assert_string_equal(letters_return.name, "letters.v1.Letters/Return");
    assert_int_equal(letters_sweep.effect, METHOD_APPLY);
    assert_string_equal(letters_sweep.callers[1], "training");
    assert_null(letters_sweep.callers[2]);
}

static const struct field_rule *
rule_of(const ProtobufCMessageDescriptor *message, const char *field)
{
    for (const struct message_rules *rules = letters_rules; rules->message; rules++)
        for (size_t i = 0; i < rules->count; i++)
            if (rules->message == message && strcmp(rules->rules[i].field, field) == 0)
                return &rules->rules[i];
    return NULL;
}

static void
field_rules_are_carried_over(void **state)
{
    const struct field_rule *reason = rule_of(&liangxin__letters__v1__send_up_request__descriptor, "reason");
    const struct field_rule *limit = rule_of(&liangxin__letters__v1__list_request__descriptor, "limit");

    (void)state;
    assert_true(reason->required);
    assert_int_equal(reason->max_length, 200);
    assert_null(reason->format);
    assert_true(limit->bounded);
    assert_int_equal(limit->minimum, 1);
    assert_int_equal(limit->maximum, 200);
    assert_null(rule_of(&liangxin__letters__v1__letter__descriptor, "state"));
    assert_int_equal(rule_of(&liangxin__letters__v1__letter__descriptor, "lines")->max_items, 3);
}

static void
options_set_in_parts_are_merged(void **state)
{
    const struct field_rule *paid = rule_of(&liangxin__letters__v1__letter__descriptor, "paid_fen");

    (void)state;
    assert_true(paid->bounded);
    assert_int_equal(paid->minimum, 1);
    assert_true(paid->maximum == INT64_C(9007199254740991));
}

static void
rules_of_imported_messages_are_there(void **state)
{
    (void)state;
    assert_string_equal(rule_of(&liangxin__places__v1__address__descriptor, "region")->format, "region");
}

static void
routes_are_sorted_and_complete(void **state)
{
    static const char *const paths[] = {
        "/api/v1/letters/overdue",   "/api/v1/letters/{id}",      "/api/v1/letters/{id}/file",
        "/api/v1/letters/{id}/file", "/api/v1/letters/{id}/scan", "/api/v1/letters/{id}/send-up",
    };

    (void)state;
    assert_int_equal(routes_count, 6);
    for (size_t i = 0; i < routes_count; i++)
        assert_string_equal(routes[i].path, paths[i]);
    assert_true(routes[1].no_store);
    assert_string_equal(routes[2].download, "data");
    assert_string_equal(routes[3].upload, "data");
    assert_null(routes[3].download);
    assert_string_equal(routes[4].raw_body, "content");
    assert_int_equal(routes[4].success, 204);
    assert_ptr_equal(routes[5].method, &letters_send_up);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thunk_restores_the_types),           cmocka_unit_test(facts_repeat_the_options),
        cmocka_unit_test(field_rules_are_carried_over),         cmocka_unit_test(options_set_in_parts_are_merged),
        cmocka_unit_test(rules_of_imported_messages_are_there), cmocka_unit_test(routes_are_sorted_and_complete),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
