/* SPDX-License-Identifier: Apache-2.0 */
/* Problems, conditions, languages, heads of answers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway/http/conditions.h"
#include "gateway/transcode/problem.h"
#include "gateway/http/response.h"
#include "gateway_sample.h"

static struct arena *arena;

static void
test_a_problem_with_its_errors(void **state)
{
    status_t st = status_join(arena, status_field(arena, PROBLEM_REQUIRED, "/name"),
                              status_field(arena, PROBLEM_TOO_LONG, "/note"));
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 4096);
    problem_write(&out, 400, st, LANGUAGE_EN, "r-1");
    assert_string_equal(out.data,
                        "{\"type\":\"urn:liangxin:problem:required\",\"title\":\"A required field is missing\","
                        "\"status\":400,\"instance\":\"r-1\",\"code\":\"required\",\"errors\":["
                        "{\"pointer\":\"/name\",\"code\":\"required\",\"title\":\"A required field is missing\"},"
                        "{\"pointer\":\"/note\",\"code\":\"too-long\",\"title\":\"The value is too long\"}]}");
    strbuf_reset(&out);
    problem_write(&out, 503, status_because(arena, PROBLEM_UNAVAILABLE, st), LANGUAGE_ZH, "r-2");
    assert_string_equal(out.data, "{\"type\":\"urn:liangxin:problem:unavailable\",\"title\":\"服务暂不可用\","
                                  "\"status\":503,\"instance\":\"r-2\",\"code\":\"unavailable\"}");
    strbuf_done(&out);
}

static void
test_a_stale_answer_shows_what_has_changed(void **state)
{
    const struct change changes[] = { { "/state", "issued" }, { "/number", "2026-000001" } };
    const struct comparison comparison = {
        .version = 7, .role = "committee_clerk", .changes = changes, .n_changes = 2
    };
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 4096);
    problem_write(&out, 412, status_stale(arena, &comparison), LANGUAGE_EN, "r-1");
    assert_string_equal(out.data,
                        "{\"type\":\"urn:liangxin:problem:stale\",\"title\":\"Somebody else changed it meanwhile\","
                        "\"status\":412,\"instance\":\"r-1\",\"code\":\"stale\",\"current_version\":7,"
                        "\"changed_by_role\":\"committee_clerk\",\"changes\":["
                        "{\"pointer\":\"/state\",\"value\":\"issued\"},"
                        "{\"pointer\":\"/number\",\"value\":\"2026-000001\"}]}");
    strbuf_done(&out);
}

static const struct {
    const char *key;
    const char *if_match;
    const struct rpc_method *method;
    enum problem_name problem; /* PROBLEM_COUNT: none */
} conditions[] = {
    { "", "", &sample_add, PROBLEM_IDEMPOTENCY_KEY_REQUIRED },
    { "k", "", &sample_add, PROBLEM_COUNT },
    { "a b", "", &sample_add, PROBLEM_BAD_FORMAT },
    { "0123456789012345678901234567890123456789012345678901234567890123", "", &sample_add, PROBLEM_COUNT },
    { "01234567890123456789012345678901234567890123456789012345678901234", "", &sample_add, PROBLEM_BAD_FORMAT },
    { "k", "", &sample_put, PROBLEM_VERSION_REQUIRED },
    { "k", "\"12\"", &sample_put, PROBLEM_COUNT },
    { "k", "\"12-0a1b\"", &sample_put, PROBLEM_COUNT },
    { "k", "\"-0a1b\"", &sample_put, PROBLEM_BAD_FORMAT },
    { "k", "W/\"12\"", &sample_put, PROBLEM_BAD_FORMAT },
    { "k", "*", &sample_put, PROBLEM_BAD_FORMAT },
    { "k", "12", &sample_put, PROBLEM_BAD_FORMAT },
    { "k", "\"\"", &sample_put, PROBLEM_BAD_FORMAT },
    { "k", "\"9999999999999999999\"", &sample_put, PROBLEM_BAD_FORMAT },
    { "", "", &sample_get, PROBLEM_COUNT },
};

static void
test_conditions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
        struct request request = { .idempotency_key = slice_of(conditions[i].key),
                                   .if_match = slice_of(conditions[i].if_match) };
        struct rpc_request call = { 0 };
        status_t st = conditions_read(arena, &request, conditions[i].method, &call);

        if (conditions[i].problem == PROBLEM_COUNT) {
            assert_null(st);
            assert_string_equal(call.idempotency_key, conditions[i].key);
            assert_int_equal(call.version, call.has_version ? 12 : 0);
        } else {
            assert_true(status_is(st, conditions[i].problem));
        }
    }
}

static void
test_what_is_unchanged(void **state)
{
    struct request request = { .if_none_match = slice_of("\"1\", W/\"7-ab\",\"x\"") };

    (void)state;
    assert_true(conditions_unchanged(&request, 7, "ab"));
    assert_true(conditions_unchanged(&request, 1, ""));
    assert_false(conditions_unchanged(&request, 7, "cd"));
    assert_false(conditions_unchanged(&request, 7, ""));
    assert_false(conditions_unchanged(&request, 2, ""));
}

static void
test_languages(void **state)
{
    static const struct {
        const char *field;
        enum language language;
    } cases[] = {
        { "", LANGUAGE_ZH },       { "en", LANGUAGE_EN },           { "zh-CN,zh;q=0.9,en;q=0.8", LANGUAGE_ZH },
        { "de, en", LANGUAGE_EN }, { "en;q=0.5, zh", LANGUAGE_ZH }, { "zh;q=0.4,en-GB;q=0.41", LANGUAGE_EN },
        { "en;q=0", LANGUAGE_ZH }, { ",;,q=", LANGUAGE_ZH },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(language_of(slice_of(cases[i].field)), cases[i].language);
}

static void
test_the_head_of_an_answer(void **state)
{
    struct response response = { .http = 412,
                                 .content_type = "application/problem+json",
                                 .body = slice_of("{}"),
                                 .request_id = "r",
                                 .is_problem = true,
                                 .retry_after_s = 2,
                                 .has_version = true,
                                 .version = 4,
                                 .replayed = true,
                                 .no_store = true };
    struct strbuf out;

    (void)state;
    strbuf_init(&out, 4096);
    response_head(&out, &response);
    assert_non_null(strstr(out.data, "HTTP/1.1 412 Precondition Failed\r\n"));
    assert_non_null(strstr(out.data, "\r\nContent-Length: 2\r\n"));
    assert_non_null(strstr(out.data, "\r\nContent-Language: zh-CN\r\n"));
    assert_non_null(strstr(out.data, "\r\nETag: \"4\"\r\n"));
    assert_non_null(strstr(out.data, "\r\nRetry-After: 2\r\n"));
    assert_non_null(strstr(out.data, "\r\nIdempotency-Replayed: true\r\n"));
    assert_non_null(strstr(out.data, "\r\nX-Request-Id: r\r\n"));
    assert_non_null(strstr(out.data, "\r\nCache-Control: no-store\r\n"));
    assert_non_null(strstr(out.data, "\r\nConnection: close\r\n\r\n"));
    strbuf_reset(&out);
    response = (struct response){ .http = 304, .request_id = "r", .keep_alive = true };
    response_head(&out, &response);
    assert_null(strstr(out.data, "Content-Length"));
    strbuf_done(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_problem_with_its_errors),
        cmocka_unit_test(test_a_stale_answer_shows_what_has_changed),
        cmocka_unit_test(test_conditions),
        cmocka_unit_test(test_what_is_unchanged),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_the_head_of_an_answer),
    };
    int failed;

    arena = arena_new(1 << 20);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
