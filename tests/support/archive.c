/* SPDX-License-Identifier: Apache-2.0 */
/* The ZIP format, as little of it as a reader needs. The test's thread. */
#include "support/archive.h"

#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/check.h"

#define QUICK_FROM ((size_t)16 << 20) /* larger parts are packed quickly, not well */
#define LIMIT      ((size_t)256 << 20)
#define HEAD                                                                                                           \
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<%s xmlns=\"http://schemas.openxmlformats.org/"    \
    "spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
#define USUAL_BOOK "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
#define RELATIONS                                                                                                      \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "             \
    "Id=\"rId1\" Type=\"x\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"x\" "                   \
    "Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"

static void
add_number(struct strbuf *buf, uint32_t number, int bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        strbuf_char(buf, (char)(number & 0xff));
}

void
archive_open(struct archive *archive)
{
    *archive = (struct archive){ 0 };
    strbuf_init(&archive->bytes, LIMIT);
    strbuf_init(&archive->directory, LIMIT);
}

static struct slice
deflated(struct slice content)
{
    z_stream stream = { 0 };
    size_t room = content.size + content.size / 100 + 64;
    char *bytes = malloc(room);

    CHECK(bytes &&
          deflateInit2(&stream, content.size < QUICK_FROM ? 9 : 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)content.data;
    stream.avail_in = (uInt)content.size;
    stream.next_out = (Bytef *)bytes;
    stream.avail_out = (uInt)room;
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&stream);
    return slice_make(bytes, room - stream.avail_out);
}

/* What head and directory say alike: from the version needed to the length of the extra field. */
static void
add_facts(struct strbuf *buf, const char *name, struct slice content, struct slice packed)
{
    add_number(buf, 20, 2);
    add_number(buf, 0, 2);
    add_number(buf, 8, 2);
    add_number(buf, 0, 4);
    add_number(buf, (uint32_t)crc32(0, (const Bytef *)content.data, (uInt)content.size), 4);
    add_number(buf, (uint32_t)packed.size, 4);
    add_number(buf, (uint32_t)content.size, 4);
    add_number(buf, (uint32_t)strlen(name), 2);
    add_number(buf, 0, 2);
}

void
archive_add(struct archive *archive, const char *name, struct slice content)
{
    struct slice packed = deflated(content);
    size_t at = archive->bytes.size;

    CHECK(archive->n_parts < ARCHIVE_PARTS);
    archive->n_parts++;
    strbuf_text(&archive->bytes, "PK\x03\x04");
    add_facts(&archive->bytes, name, content, packed);
    strbuf_text(&archive->bytes, name);
    strbuf_add(&archive->bytes, packed.data, packed.size);
    strbuf_text(&archive->directory, "PK\x01\x02");
    add_number(&archive->directory, 20, 2);
    add_facts(&archive->directory, name, content, packed);
    add_number(&archive->directory, 0, 4 + 2 + 4); /* comment, disk, attributes inside and outside */
    add_number(&archive->directory, (uint32_t)at, 4);
    strbuf_text(&archive->directory, name);
    free((void *)(uintptr_t)packed.data);
}

struct slice
archive_close(struct archive *archive)
{
    size_t at = archive->bytes.size;

    strbuf_add(&archive->bytes, archive->directory.data, archive->directory.size);
    strbuf_text(&archive->bytes, "PK\x05\x06");
    add_number(&archive->bytes, 0, 4);
    add_number(&archive->bytes, (uint32_t)archive->n_parts, 2);
    add_number(&archive->bytes, (uint32_t)archive->n_parts, 2);
    add_number(&archive->bytes, (uint32_t)archive->directory.size, 4);
    add_number(&archive->bytes, (uint32_t)at, 4);
    add_number(&archive->bytes, 0, 2);
    CHECK(!archive->bytes.failed);
    return strbuf_slice(&archive->bytes);
}

void
archive_free(struct archive *archive)
{
    strbuf_done(&archive->bytes);
    strbuf_done(&archive->directory);
}

static void
add_xml(struct archive *archive, const char *name, const char *root, const char *body)
{
    struct strbuf xml;

    strbuf_init(&xml, LIMIT);
    strbuf_printf(&xml, HEAD, root);
    strbuf_text(&xml, body);
    strbuf_printf(&xml, "</%s>", root);
    CHECK(!xml.failed);
    archive_add(archive, name, strbuf_slice(&xml));
    strbuf_done(&xml);
}

static void
add_sheet(struct archive *archive, const struct workbook *workbook)
{
    struct strbuf body;

    strbuf_init(&body, LIMIT);
    strbuf_text(&body, "<sheetData>");
    strbuf_text(&body, workbook->sheet ? workbook->sheet : "");
    strbuf_text(&body, "</sheetData>");
    if (workbook->merges)
        strbuf_printf(&body, "<mergeCells>%s</mergeCells>", workbook->merges);
    add_xml(archive, "xl/worksheets/sheet1.xml", "worksheet", body.data);
    strbuf_done(&body);
}

struct slice
workbook_make(struct archive *archive, const struct workbook *workbook)
{
    archive_open(archive);
    add_xml(archive, "xl/workbook.xml", "workbook", workbook->book ? workbook->book : USUAL_BOOK);
    archive_add(archive, "xl/_rels/workbook.xml.rels", slice_of(RELATIONS));
    if (workbook->strings)
        add_xml(archive, "xl/sharedStrings.xml", "sst", workbook->strings);
    if (workbook->formats)
        add_xml(archive, "xl/styles.xml", "styleSheet", workbook->formats);
    if (workbook->whole)
        archive_add(archive, "xl/worksheets/sheet1.xml", slice_of(workbook->whole));
    else
        add_sheet(archive, workbook);
    return archive_close(archive);
}

struct slice
workbook_of_csv(struct archive *archive, struct slice csv)
{
    struct strbuf sheet;
    struct slice bytes;

    strbuf_init(&sheet, LIMIT);
    if (csv.size >= 3 && memcmp(csv.data, "\xEF\xBB\xBF", 3) == 0)
        csv = slice_make(csv.data + 3, csv.size - 3);
    strbuf_text(&sheet, "<row><c t=\"inlineStr\"><is><t>");
    for (size_t i = 0; i < csv.size; i++) {
        if (csv.data[i] == ',')
            strbuf_text(&sheet, "</t></is></c><c t=\"inlineStr\"><is><t>");
        else if (csv.data[i] == '\n')
            strbuf_text(&sheet, "</t></is></c></row><row><c t=\"inlineStr\"><is><t>");
        else if (csv.data[i] == '&')
            strbuf_text(&sheet, "&amp;");
        else if (csv.data[i] != '\r')
            strbuf_char(&sheet, csv.data[i]);
    }
    strbuf_text(&sheet, "</t></is></c></row>");
    CHECK(!sheet.failed);
    bytes = workbook_make(archive, &(struct workbook){ .sheet = sheet.data });
    strbuf_done(&sheet);
    return bytes;
}
