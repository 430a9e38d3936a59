/* SPDX-License-Identifier: Apache-2.0 */
/* Workbooks: what people see in the cells comes out; what a stranger made large or crooked is refused by name. */
#include "organizations/tables/xlsx.h"

#include <stdio.h>
#include <stdlib.h>

#include "organizations/tables/zip.h"
#include "support/archive.h"
#include "support/cmocka_all.h"

#define HEADER                                                                                                         \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\" "                                       \
    "t=\"inlineStr\"><is><t>b</t></is></c></row>"
#define CELL(x) "<c t=\"inlineStr\"><is><t>" x "</t></is></c>"
#define END     22 /* bytes of an archive's last record */
#define ARENA   ((size_t)400 << 20)

struct made {
    struct arena *arena;
    struct archive archive;
    struct xlsx *xlsx;
    status_t st;
};

static struct made
open_workbook(const struct workbook *workbook, const char *sheet)
{
    struct made made = { .arena = arena_new(ARENA) };

    made.st = xlsx_open(made.arena, workbook_make(&made.archive, workbook), sheet, &made.xlsx);
    return made;
}

static void
close_workbook(struct made *made)
{
    archive_free(&made->archive);
    arena_free(made->arena);
}

static void
expect_refused(const struct workbook *workbook, enum problem_name problem)
{
    struct made made = open_workbook(workbook, NULL);

    if (!made.st || !status_is(made.st, problem))
        fail_msg("expected %s, not %s", problem_of(problem)->slug, made.st ? made.st->problem->slug : "ok");
    close_workbook(&made);
}

/* The first cell of the second row. */
static void
expect_cell(const struct workbook *workbook, const char *text, enum cell_fault fault)
{
    struct made made = open_workbook(workbook, NULL);
    struct record record;

    assert_null(made.st);
    assert_true(xlsx_next(made.xlsx, &record));
    assert_true(xlsx_next(made.xlsx, &record));
    assert_int_equal(record.fault[0], fault);
    if (fault == CELL_FINE)
        assert_string_equal(arena_text_slice(made.arena, record.cell[0]), text);
    close_workbook(&made);
}

static void
cells_come_out_as_people_see_them(void **state)
{
    static const char strings[] = "<si><t>共享</t></si><si><r><t>富</t></r><r><t xml:space=\"preserve\">文本 </t></r>"
                                  "<rPh sb=\"0\" eb=\"1\"><t>fu</t></rPh></si>";
    static const char formats[] = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
                                  "<numFmt numFmtId=\"165\" formatCode=\"[Red]0.00&quot;day&quot;\"/></numFmts>"
                                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                                  "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
    static const struct {
        const char *cell;
        const char *text;
        enum cell_fault fault;
    } cases[] = {
        { "<c r=\"A2\" t=\"s\"><v>0</v></c>", "共享", CELL_FINE },
        { "<c r=\"A2\" t=\"s\"><v>1</v></c>", "富文本 ", CELL_FINE },
        { "<c r=\"A2\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>", "甲乙", CELL_FINE },
        { "<c r=\"A2\"><v>6179.46</v></c>", "6179.46", CELL_FINE },
        { "<c r=\"A2\"><v>0.30000000000000004</v></c>", "0.3", CELL_FINE },
        { "<c r=\"A2\"><v>1.3921877313E10</v></c>", "13921877313", CELL_FINE },
        { "<c r=\"A2\"><v>999999999999999</v></c>", "999999999999999", CELL_FINE },
        { "<c r=\"A2\"><v>320699198211191130</v></c>", "", CELL_DIGITS_LOST },
        { "<c r=\"A2\"><v>3.2069919821119098E+17</v></c>", "", CELL_DIGITS_LOST },
        { "<c r=\"A2\" s=\"1\"><v>30274</v></c>", "1982-11-19", CELL_FINE },
        { "<c r=\"A2\" s=\"2\"><v>30274.75</v></c>", "1982-11-19", CELL_FINE },
        { "<c r=\"A2\" s=\"3\"><v>30274</v></c>", "30274", CELL_FINE },
        { "<c r=\"A2\" s=\"1\"><v>1</v></c>", "1900-01-01", CELL_FINE },
        { "<c r=\"A2\" s=\"1\"><v>60</v></c>", "1900-02-29", CELL_FINE },
        { "<c r=\"A2\" s=\"1\"><v>61</v></c>", "1900-03-01", CELL_FINE },
        { "<c r=\"A2\" t=\"d\"><v>1982-11-19T00:00:00</v></c>", "1982-11-19", CELL_FINE },
        { "<c r=\"A2\" t=\"b\"><v>1</v></c>", "是", CELL_FINE },
        { "<c r=\"A2\" t=\"b\"><v>0</v></c>", "否", CELL_FINE },
        { "<c r=\"A2\" t=\"str\"><f>\"a\"&amp;\"b\"</f><v>ab</v></c>", "ab", CELL_FINE },
        { "<c r=\"A2\"><f>1+1</f><v>2</v></c>", "2", CELL_FINE },
        { "<c r=\"A2\"><f>1+1</f></c>", "", CELL_ERROR },
        { "<c r=\"A2\" t=\"e\"><v>#N/A</v></c>", "", CELL_ERROR },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sheet[1024];

        snprintf(sheet, sizeof sheet, HEADER "<row r=\"2\">%s</row>", cases[i].cell);
        expect_cell(&(struct workbook){ .sheet = sheet, .strings = strings, .formats = formats }, cases[i].text,
                    cases[i].fault);
    }
}

static void
a_workbook_may_count_days_from_1904(void **state)
{
    struct workbook workbook = { .sheet = HEADER "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>28812</v></c></row>",
                                 .formats = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
                                 .book = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"x\" r:id=\"rId1\"/>"
                                         "</sheets>" };

    (void)state;
    expect_cell(&workbook, "1982-11-19", CELL_FINE);
}

static void
a_title_is_passed_over_and_a_merged_header_is_one_row(void **state)
{
    struct workbook workbook = {
        .sheet = "<row r=\"1\">" CELL(
            "花名册") "</row>"
                      "<row r=\"2\">" CELL("姓名")
                          CELL("日期") "</row>"
                                       "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>出生日期</t></is></c>"
                                       "<c r=\"C3\" t=\"inlineStr\"><is><t>入党日期</t></is></c></row>"
                                       "<row r=\"4\">" CELL("甲") "</row><row r=\"5\"/><row r=\"9\" hidden=\"1\">" CELL(
                                           "乙") "</row>",
        .merges = "<mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/>",
    };
    struct made made = open_workbook(&workbook, NULL);
    struct record record;

    (void)state;
    assert_null(made.st);
    assert_true(xlsx_next(made.xlsx, &record));
    assert_int_equal(record.count, 3);
    assert_true(slice_is(record.cell[0], "姓名") && slice_is(record.cell[1], "出生日期") &&
                slice_is(record.cell[2], "入党日期"));
    assert_true(xlsx_next(made.xlsx, &record));
    assert_int_equal(record.row, 4);
    assert_int_equal(record.count, 3);
    assert_true(xlsx_next(made.xlsx, &record));
    assert_int_equal(record.row, 9);
    assert_true(slice_is(record.cell[0], "乙"));
    assert_false(xlsx_next(made.xlsx, &record));
    assert_int_equal(xlsx_hidden(made.xlsx), 1);
    close_workbook(&made);
}

static void
a_sheet_is_chosen_by_name_or_is_the_first_that_shows(void **state)
{
    struct workbook workbook = { .sheet = HEADER,
                                 .book = "<sheets><sheet name=\"hidden\" state=\"hidden\" r:id=\"rId2\"/>"
                                         "<sheet name=\"党员\" r:id=\"rId1\"/></sheets>" };
    struct made made = open_workbook(&workbook, "党员");

    (void)state;
    assert_null(made.st);
    close_workbook(&made);
    made = open_workbook(&workbook, NULL);
    assert_null(made.st);
    close_workbook(&made);
    made = open_workbook(&workbook, "别的");
    assert_true(status_is(made.st, PROBLEM_UNKNOWN_SHEET));
    close_workbook(&made);
}

static void
crooked_workbooks_are_refused(void **state)
{
    static const char *const sheets[] = {
        "<row r=\"2\"/><row r=\"1\"/>",
        "<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>",
        "<row r=\"1\"><c r=\"A2\"/></row>",
        "<row r=\"1\"><c r=\"1\"/></row>",
        "<row r=\"1048577\"/>",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" t=\"s\"/></row>",
        "<row></c>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        expect_refused(&(struct workbook){ .sheet = sheets[i] }, PROBLEM_BAD_XLSX);
    expect_refused(&(struct workbook){ .whole = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet/>" }, PROBLEM_BAD_XLSX);
    expect_refused(&(struct workbook){ .sheet = HEADER, .book = "<sheets><sheet name=\"x\" r:id=\"rId2\"/></sheets>" },
                   PROBLEM_BAD_XLSX);
}

/* "<x>" as often as asked. */
static char *
repeated(const char *text, size_t count)
{
    size_t size = strlen(text);
    char *all = malloc(size * count + 1);

    assert_non_null(all);
    for (size_t i = 0; i < count; i++)
        memcpy(all + i * size, text, size + 1);
    return all;
}

static void
each_limit_has_its_code(void **state)
{
    static const struct {
        const char *before;
        const char *again;
        size_t count;
        const char *after;
        enum problem_name problem;
    } cases[] = {
        { "<row>", "<x>", XLSX_SHEETS, "", PROBLEM_BAD_XLSX }, /* depth */
        { "<row>", CELL("x"), RECORD_CELLS + 1, "</row>", PROBLEM_TOO_MANY },
        { "<row><c t=\"str\"><v>", "0123456789", XLSX_CELL / 10 + 1, "</v></c></row>", PROBLEM_TOO_LONG },
        { "", " ", 2u << 20, "", PROBLEM_XLSX_BOMB }, /* ratio */
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *many = repeated(cases[i].again, cases[i].count);
        size_t size = strlen(many) + 256;
        char *sheet = malloc(size);

        assert_non_null(sheet);
        snprintf(sheet, size, "%s%s%s", cases[i].before, many, cases[i].after);
        expect_refused(&(struct workbook){ .sheet = sheet }, cases[i].problem);
        free(sheet);
        free(many);
    }
}

/* Rows that differ, so that no ratio is passed before their number is. */
static void
a_sheet_has_a_limit_of_rows(void **state)
{
    size_t room = (size_t)(XLSX_ROWS + 1) * 80;
    char *sheet = malloc(room);
    size_t n = 0;
    uint32_t x = 1;

    (void)state;
    assert_non_null(sheet);
    for (size_t i = 0; i <= XLSX_ROWS; i++) {
        x = x * 1664525u + 1013904223u;
        n += (size_t)snprintf(sheet + n, room - n, "<row><c><v>%u</v></c></row>", x);
    }
    expect_refused(&(struct workbook){ .sheet = sheet }, PROBLEM_TOO_MANY);
    free(sheet);
}

/* Content that hardly compresses, so that no ratio is passed before the sum of bytes is. */
static char *
noise(size_t size)
{
    char *text = malloc(size + 1);
    uint32_t x = 1;

    assert_non_null(text);
    for (size_t i = 0; i < size; i++) {
        x = x * 1664525u + 1013904223u;
        text[i] = (char)('a' + (x >> 24) % 26);
    }
    text[size] = '\0';
    return text;
}

static void
all_text_and_all_bytes_have_a_limit(void **state)
{
    char *word = noise(XLSX_CELL);
    size_t count = XLSX_TEXT / XLSX_CELL + 1;
    char *strings = malloc(count * (XLSX_CELL + 32));
    char *bytes = noise(ZIP_INFLATED + 1024);
    size_t n = 0;

    (void)state;
    assert_non_null(strings);
    for (size_t i = 0; i < count; i++)
        n += (size_t)sprintf(strings + n, "<si><t>%s</t></si>", word);
    expect_refused(&(struct workbook){ .sheet = HEADER, .strings = strings }, PROBLEM_XLSX_BOMB);
    expect_refused(&(struct workbook){ .sheet = HEADER, .strings = bytes }, PROBLEM_XLSX_BOMB);
    free(strings);
    free(bytes);
    free(word);
}

static void
strings_sheets_formats_and_parts_are_counted(void **state)
{
    char *strings = repeated("<si><t/></si>", XLSX_STRINGS + 1);
    char *sheets = repeated("<sheet name=\"x\"/>", XLSX_SHEETS + 1);
    char *formats = repeated("<xf/>", XLSX_FORMATS + 1);
    char *merges = repeated("<mergeCell ref=\"A1:B1\"/>", XLSX_FORMATS + 1);
    char *cell_formats = malloc(strlen(formats) + 64);

    (void)state;
    assert_non_null(cell_formats);
    sprintf(cell_formats, "<cellXfs>%s</cellXfs>", formats);
    expect_refused(&(struct workbook){ .sheet = HEADER, .book = sheets }, PROBLEM_TOO_MANY);
    expect_refused(&(struct workbook){ .sheet = HEADER, .formats = cell_formats }, PROBLEM_TOO_MANY);
    expect_refused(&(struct workbook){ .sheet = HEADER, .merges = merges }, PROBLEM_TOO_MANY);
    expect_refused(&(struct workbook){ .sheet = HEADER, .strings = strings }, PROBLEM_XLSX_BOMB); /* ratio is first */
    free(strings);
    free(sheets);
    free(formats);
    free(cell_formats);
    free(merges);
}

static void
an_archive_has_a_limit_of_parts_and_may_be_damaged_anywhere(void **state)
{
    struct archive archive;
    struct arena *arena = arena_new(ARENA);
    struct xlsx *xlsx;
    struct slice bytes;

    (void)state;
    archive_open(&archive);
    for (int i = 0; i < 600; i++)
        archive_add(&archive, arena_printf(arena, "x%d", i), slice_of("x"));
    assert_true(status_is(xlsx_open(arena, archive_close(&archive), NULL, &xlsx), PROBLEM_TOO_MANY));
    archive_free(&archive);
    bytes = workbook_make(&archive, &(struct workbook){ .sheet = HEADER });
    assert_true(xlsx_fits(bytes));
    for (size_t cut = 0; cut < bytes.size - END; cut++)
        assert_non_null(xlsx_open(arena, slice_make(bytes.data, cut), NULL, &xlsx));
    archive_free(&archive);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_come_out_as_people_see_them),
        cmocka_unit_test(a_workbook_may_count_days_from_1904),
        cmocka_unit_test(a_title_is_passed_over_and_a_merged_header_is_one_row),
        cmocka_unit_test(a_sheet_is_chosen_by_name_or_is_the_first_that_shows),
        cmocka_unit_test(crooked_workbooks_are_refused),
        cmocka_unit_test(each_limit_has_its_code),
        cmocka_unit_test(a_sheet_has_a_limit_of_rows),
        cmocka_unit_test(all_text_and_all_bytes_have_a_limit),
        cmocka_unit_test(strings_sheets_formats_and_parts_are_counted),
        cmocka_unit_test(an_archive_has_a_limit_of_parts_and_may_be_damaged_anywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
