/* SPDX-License-Identifier: Apache-2.0 */
/* Names in C: the same that protoc-c would choose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names.h"

static struct arena *arena;

static void
methods_turn_into_snake_case(void **state)
{
    (void)state;
    assert_string_equal(names_snake(arena, "SendUp"), "send_up");
    assert_string_equal(names_snake(arena, "ListV2"), "list_v2");
    assert_string_equal(names_snake(arena, "PDFRead"), "pdfread");
}

static void
types_are_named_as_by_protoc_c(void **state)
{
    (void)state;
    assert_string_equal(names_c_type(arena, "liangxin.letters.v1.Letter.Line"), "Liangxin__Letters__V1__Letter__Line");
    assert_string_equal(names_c_lower(arena, "liangxin.letters.v1.SendUpRequest"),
                        "liangxin__letters__v1__send_up_request");
    assert_string_equal(names_short(arena, "Letter.Line"), "LetterLine");
}

static void
files_and_packages_give_their_folder(void **state)
{
    (void)state;
    assert_string_equal(names_folder(arena, "liangxin.letters.v1"), "letters");
    assert_string_equal(names_dir(arena, "liangxin/letters/v1/letters.proto"), "liangxin/letters/v1");
    assert_string_equal(names_stem(arena, "liangxin/letters/v1/letters.proto"), "liangxin/letters/v1/letters");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(methods_turn_into_snake_case),
        cmocka_unit_test(types_are_named_as_by_protoc_c),
        cmocka_unit_test(files_and_packages_give_their_folder),
    };
    int failed;

    arena = arena_new(1024 * 1024);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
