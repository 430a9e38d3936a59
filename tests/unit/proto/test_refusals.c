/* SPDX-License-Identifier: Apache-2.0 */
/* Every rule of the checks refuses its sample and says file, line, name and what; the good sample passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "check.h"
#include "sample.h"

static const struct refusal {
    const char *sample;
    const char *line;
} refusals[] = {
    { "recursive_type",
      "recursive_type.proto:4: liangxin.bad.v1.Tree: the type contains itself: Tree -> Branch -> Tree" },
    { "recursive_below", "recursive_below.proto:5: liangxin.bad.v1.Tree: the type contains itself: Tree -> Tree" },
    { "map", "map.proto:4: liangxin.bad.v1.Table.rows: maps are not used" },
    { "optional", "optional.proto:4: liangxin.bad.v1.Patch.name: proto3 optional is not known" },
    { "number", "number.proto:4: liangxin.bad.v1.Wide.name: field numbers from 19000 on" },
    { "enum_prefix", "enum_prefix.proto:4: RED: the values of Colour begin with COLOUR_" },
    { "enum_zero", "enum_zero.proto:4: COLOUR_RED: the first value of Colour, and no other, is COLOUR_UNSPECIFIED" },
    { "format", "format.proto:5: liangxin.bad.v1.Person.name: the format is not known" },
    { "example", "example.proto:5: liangxin.bad.v1.Person.name: the example is not JSON" },
    { "no_rule", "no_rule.proto:5: bad.v1.Things/Find: the method has no rule" },
    { "unknown_problem", "unknown_problem.proto:7: bad.v1.Things/Find: no problem \"bad-weather\"" },
    { "path_parameter", "path_parameter.proto:7: bad.v1.Things/Find: {name} is no field of Ask" },
    { "same_path", "bad.v1.Things/Seek: GET /api/v1/things/{id} leads to bad.v1.Things/Find already" },
    { "command_get", "command_get.proto:7: bad.v1.Things/Drop: a GET must not change anything" },
    { "upload_fields", "upload_fields.proto:8: bad.v1.Things/Take: the effect of an upload is EFFECT_APPLY" },
    { "upload_fields", "bad.v1.Things/Take: Piece carries a piece of a file and has no fitting field offset" },
    { "download_fields", "bad.v1.Things/Give: Piece carries a piece of a file and has no fitting field file_name" },
    { "open_command", "open_command.proto:7: bad.v1.Things/Drop: a command belongs to an account" },
    { "same_method", "same_method.proto:10: bad.v1.Others/Find: bad.v1.Things/Find has the same name" },
};

static size_t
check_sample(struct arena *arena, const char *name, struct findings *findings)
{
    struct schema *schema = sample_schema(arena, name);

    assert_non_null(schema);
    check_types(schema, findings);
    check_methods(schema, findings);
    return findings->count;
}

static void
each_bad_sample_is_refused_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct arena *arena = arena_new(16 * SAMPLE_LIMIT);
        struct findings findings;

        findings_init(&findings);
        assert_true(check_sample(arena, refusals[i].sample, &findings) > 0);
        if (!strstr(findings.text.data, refusals[i].line))
            fail_msg("%s: %s", refusals[i].sample, findings.text.data);
        findings_done(&findings);
        arena_free(arena);
    }
}

static void
the_good_sample_passes(void **state)
{
    struct arena *arena = arena_new(16 * SAMPLE_LIMIT);
    struct findings findings;

    (void)state;
    findings_init(&findings);
    if (check_sample(arena, "good", &findings))
        fail_msg("%s", findings.text.data);
    findings_done(&findings);
    arena_free(arena);
}

static void
other_bytes_are_no_schema(void **state)
{
    struct arena *arena = arena_new(SAMPLE_LIMIT);

    (void)state;
    assert_null(schema_read(arena, "\x0a\xff", 2));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_sample_is_refused_by_name),
        cmocka_unit_test(the_good_sample_passes),
        cmocka_unit_test(other_bytes_are_no_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
