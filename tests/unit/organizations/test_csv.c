/* SPDX-License-Identifier: Apache-2.0 */
/* CSV as RFC 4180 has it. Records are written "row:cell|cell" here; a broken one as "row!". */
#include "base/strbuf.h"
#include "organizations/tables/csv.h"
#include "support/cmocka_all.h"

static void
expect(const char *text, const char *records)
{
    struct arena *arena = arena_new(65536);
    struct csv_reader reader;
    struct record record;
    struct strbuf read;

    strbuf_init(&read, 4096);
    csv_open(&reader, slice_of(text));
    while (csv_next(&reader, arena, &record)) {
        strbuf_printf(&read, read.size ? "\n%d%c" : "%d%c", (int)record.row, record.broken ? '!' : ':');
        for (size_t i = 0; i < record.count && !record.broken; i++) {
            strbuf_text(&read, i ? "|" : "");
            strbuf_add(&read, record.cell[i].data, record.cell[i].size);
        }
    }
    assert_string_equal(read.data ? read.data : "", records);
    strbuf_done(&read);
    arena_free(arena);
}

static void
cells_and_line_ends(void **state)
{
    (void)state;
    expect("", "");
    expect("a", "1:a");
    expect("a,b\nc,d\n", "1:a|b\n2:c|d");
    expect("a,b\r\nc,d\r\n", "1:a|b\n2:c|d");
    expect("a,\n,b", "1:a|\n2:|b");
    expect(",", "1:|");
    expect("a\r", "1:a");
}

static void
quotes_hold_commas_lines_and_quotes(void **state)
{
    (void)state;
    expect("\"a,b\",c", "1:a,b|c");
    expect("\"a\r\nb\",c\nd,e", "1:a\r\nb|c\n2:d|e");
    expect("\"a\"\"b\"", "1:a\"b");
    expect("\"\"\"\"", "1:\"");
    expect("\"\",\"\"", "1:|");
}

static void
blank_lines_count_but_are_no_rows(void **state)
{
    (void)state;
    expect("\n\na\n\n\nb\n\n", "3:a\n6:b");
    expect("\"\"\na", "2:a");
}

static void
broken_rows_are_named_and_reading_goes_on(void **state)
{
    (void)state;
    expect("a\"b,c\nd", "1!\n2:d");
    expect("\"a\"b,c\nd", "1!\n2:d");
    expect("a\rb\nc", "1!\n2:c");
    expect("\"a,b\nc,d", "1!\n2:c|d");
    expect("\"", "1!");
}

static void
a_record_has_a_limit_of_cells(void **state)
{
    char text[200] = "";

    (void)state;
    memset(text, ',', RECORD_CELLS);
    expect(text, "1!");
    text[RECORD_CELLS - 1] = '\0';
    expect(text, "1:|||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||||");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_line_ends),
        cmocka_unit_test(quotes_hold_commas_lines_and_quotes),
        cmocka_unit_test(blank_lines_count_but_are_no_rows),
        cmocka_unit_test(broken_rows_are_named_and_reading_goes_on),
        cmocka_unit_test(a_record_has_a_limit_of_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
