/* SPDX-License-Identifier: Apache-2.0 */
/* workbook.xml, its relations, styles.xml and sharedStrings.xml. The thread that reads a table. */
#include "organizations/tables/xlsx_book.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "organizations/tables/xlsx.h"
#include "organizations/tables/xlsx_number.h"
#include "organizations/tables/xml.h"
#include "base/banned.h"

#define GROWN_FROM 256
#define NAME_SIZE  200 /* bytes of the name of a part */

status_t
grown_add(struct arena *arena, struct grown *grown, size_t size, size_t most, const char *what, void **ret_item)
{
    if (grown->count >= most)
        return status_detail(arena, PROBLEM_TOO_MANY, "more than %zu %s", most, what);
    if (grown->count == grown->room) {
        size_t room = grown->room ? grown->room * 2 : GROWN_FROM;
        char *items = arena_array(arena, room, size);

        if (grown->count)
            memcpy(items, grown->items, grown->count * size);
        grown->items = items;
        grown->room = room;
    }
    *ret_item = grown->items + size * grown->count++;
    return OK;
}

status_t
book_keep(struct xlsx_book *book, struct slice text, struct slice *ret_kept)
{
    if (text.size > XLSX_CELL)
        return status_detail(book->arena, PROBLEM_TOO_LONG, "a cell of more than %d bytes", XLSX_CELL);
    book->text += text.size;
    if (book->text > XLSX_TEXT)
        return status_detail(book->arena, PROBLEM_XLSX_BOMB, "more than %zu MiB of text", XLSX_TEXT >> 20);
    *ret_kept = slice_make(arena_text_slice(book->arena, text), text.size);
    return OK;
}

/* --- workbook.xml ------------------------------------------------------------------------------------------------- */

struct choice {
    struct xlsx_book *book;
    const char *wanted; /* NULL: the first that is not hidden */
    const char *relation;
    size_t sheets;
};

static bool
is_yes(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static status_t
begin_workbook(void *context, const char *name, const char **attributes)
{
    struct choice *choice = context;
    const char *state = xml_attribute(attributes, "state");
    const char *title = xml_attribute(attributes, "name");
    const char *relation = xml_attribute(attributes, "id");

    if (strcmp(name, "workbookPr") == 0)
        choice->book->from_1904 = is_yes(xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return OK;
    if (++choice->sheets > XLSX_SHEETS)
        return status_detail(choice->book->arena, PROBLEM_TOO_MANY, "more than %d sheets", XLSX_SHEETS);
    if (choice->relation || !relation || !title)
        return OK;
    if (choice->wanted ? strcmp(title, choice->wanted) == 0 : !state || strcmp(state, "visible") == 0)
        choice->relation = arena_text(choice->book->arena, relation);
    return OK;
}

static status_t
begin_relation(void *context, const char *name, const char **attributes)
{
    struct choice *choice = context;
    const char *id = xml_attribute(attributes, "Id");
    const char *target = xml_attribute(attributes, "Target");

    if (strcmp(name, "Relationship") != 0 || !id || !target || strcmp(id, choice->relation) != 0)
        return OK;
    if (strlen(target) < NAME_SIZE)
        choice->book->part = target[0] == '/' ? arena_text(choice->book->arena, target + 1)
                                              : arena_printf(choice->book->arena, "xl/%s", target);
    return OK;
}

static status_t
no_workbook(struct arena *arena, status_t st)
{
    return status_is(st, PROBLEM_NOT_FOUND) ? status_detail(arena, PROBLEM_BAD_XLSX, "no workbook in the archive") : st;
}

static status_t
find_sheet(struct xlsx_book *book, const char *wanted)
{
    struct choice choice = { .book = book, .wanted = wanted && wanted[0] ? wanted : NULL };
    struct xml_handler handler = { .context = &choice, .begin = begin_workbook };
    status_t st = xml_read(book->arena, book->zip, "xl/workbook.xml", &handler);

    if (!st && !choice.relation)
        return status_plain(PROBLEM_UNKNOWN_SHEET);
    handler.begin = begin_relation;
    if (!st)
        st = xml_read(book->arena, book->zip, "xl/_rels/workbook.xml.rels", &handler);
    if (!st && !book->part)
        return status_detail(book->arena, PROBLEM_BAD_XLSX, "the sheet has no part");
    return no_workbook(book->arena, st);
}

/* --- styles.xml --------------------------------------------------------------------------------------------------- */

struct styles {
    struct xlsx_book *book;
    struct grown codes; /* long: format ids whose code shows a day */
    bool in_formats;    /* within cellXfs */
};

static bool
shows_day(const struct styles *styles, long id)
{
    for (size_t i = 0; i < styles->codes.count; i++)
        if (((const long *)(const void *)styles->codes.items)[i] == id)
            return true;
    return format_id_is_date(id);
}

static status_t
begin_style(void *context, const char *name, const char **attributes)
{
    struct styles *styles = context;
    const char *id = xml_attribute(attributes, "numFmtId");
    const char *code = xml_attribute(attributes, "formatCode");
    void *item = NULL;
    status_t st = OK;

    if (strcmp(name, "cellXfs") == 0)
        styles->in_formats = true;
    if (strcmp(name, "numFmt") == 0 && id && code && format_code_is_date(code)) {
        st = grown_add(styles->book->arena, &styles->codes, sizeof(long), RECORD_CELLS * 4, "number formats", &item);
        if (!st)
            *(long *)item = strtol(id, NULL, 10);
    }
    if (strcmp(name, "xf") == 0 && styles->in_formats) {
        st = grown_add(styles->book->arena, &styles->book->dates, sizeof(bool), XLSX_FORMATS, "cell formats", &item);
        if (!st)
            *(bool *)item = id && shows_day(styles, strtol(id, NULL, 10));
    }
    return st;
}

static status_t
end_style(void *context, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        ((struct styles *)context)->in_formats = false;
    return OK;
}

/* --- sharedStrings.xml -------------------------------------------------------------------------------------------- */

struct strings {
    struct xlsx_book *book;
    struct strbuf text; /* of the string in hand, all its runs */
    bool in_text;       /* within t */
    int phonetic;       /* within rPh: how it is read, not what it says */
};

static status_t
begin_string(void *context, const char *name, const char **attributes)
{
    struct strings *strings = context;

    (void)attributes;
    if (strcmp(name, "si") == 0)
        strbuf_reset(&strings->text);
    if (strcmp(name, "rPh") == 0)
        strings->phonetic++;
    strings->in_text = strcmp(name, "t") == 0 && !strings->phonetic;
    return OK;
}

static status_t
add_text(void *context, struct slice text)
{
    struct strings *strings = context;

    if (strings->in_text)
        strbuf_add(&strings->text, text.data, text.size);
    if (strings->text.failed)
        return status_detail(strings->book->arena, PROBLEM_TOO_LONG, "a cell of more than %d bytes", XLSX_CELL);
    return OK;
}

static status_t
end_string(void *context, const char *name)
{
    struct strings *strings = context;
    void *item;
    status_t st;

    strings->in_text = false;
    if (strcmp(name, "rPh") == 0)
        strings->phonetic--;
    if (strcmp(name, "si") != 0)
        return OK;
    st = grown_add(strings->book->arena, &strings->book->strings, sizeof(struct slice), XLSX_STRINGS, "strings", &item);
    return st ? st : book_keep(strings->book, strbuf_slice(&strings->text), item);
}

/* Formats and strings are parts that a workbook may do without. */
static status_t
if_there(status_t st)
{
    return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
}

static status_t
read_strings(struct xlsx_book *book)
{
    struct strings strings = { .book = book };
    struct xml_handler handler = { .context = &strings, .begin = begin_string, .end = end_string, .text = add_text };
    status_t st;

    strbuf_init(&strings.text, XLSX_CELL);
    st = if_there(xml_read(book->arena, book->zip, "xl/sharedStrings.xml", &handler));
    strbuf_done(&strings.text);
    return st;
}

static status_t
read_styles(struct xlsx_book *book)
{
    struct styles styles = { .book = book };
    struct xml_handler handler = { .context = &styles, .begin = begin_style, .end = end_style };

    return if_there(xml_read(book->arena, book->zip, "xl/styles.xml", &handler));
}

status_t
xlsx_book_open(struct arena *arena, struct slice bytes, const char *sheet, struct xlsx_book *ret_book)
{
    status_t st;

    *ret_book = (struct xlsx_book){ .arena = arena };
    st = zip_open(arena, bytes, &ret_book->zip);
    if (!st)
        st = find_sheet(ret_book, sheet);
    if (!st)
        st = read_styles(ret_book);
    return st ? st : read_strings(ret_book);
}
