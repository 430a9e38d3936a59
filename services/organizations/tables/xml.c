/* SPDX-License-Identifier: Apache-2.0 */
/* expat, fed with what comes out of the archive. The thread that reads a table. */
#include "organizations/tables/xml.h"

#include <expat.h>

#include "base/check.h"
#include "base/banned.h"

#define PIECE     16384
#define SEPARATOR '\x1f' /* between a namespace and a name */

struct xml {
    struct arena *arena;
    XML_Parser parser;
    const struct xml_handler *handler;
    int depth;
    status_t st; /* the first thing wrong */
};

static const char *
local(const char *name)
{
    const char *end = strrchr(name, SEPARATOR);

    return end ? end + 1 : name;
}

static void
refuse(struct xml *xml, status_t st)
{
    if (!st || xml->st)
        return;
    xml->st = st;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void
on_begin(void *context, const char *name, const char **attributes)
{
    struct xml *xml = context;

    if (xml->st)
        return;
    if (++xml->depth > XML_DEPTH)
        refuse(xml, status_detail(xml->arena, PROBLEM_BAD_XLSX, "nested deeper than %d", XML_DEPTH));
    else if (xml->handler->begin)
        refuse(xml, xml->handler->begin(xml->handler->context, local(name), attributes));
}

static void
on_end(void *context, const char *name)
{
    struct xml *xml = context;

    xml->depth--;
    if (!xml->st && xml->handler->end)
        refuse(xml, xml->handler->end(xml->handler->context, local(name)));
}

static void
on_text(void *context, const char *text, int size)
{
    struct xml *xml = context;

    if (!xml->st && xml->handler->text)
        refuse(xml, xml->handler->text(xml->handler->context, slice_make(text, (size_t)size)));
}

static void
on_doctype(void *context, const char *name, const char *place, const char *public_name, int internal)
{
    struct xml *xml = context;

    (void)name;
    (void)place;
    (void)public_name;
    (void)internal;
    refuse(xml, status_detail(xml->arena, PROBLEM_BAD_XLSX, "a document type is declared"));
}

static status_t
feed(struct xml *xml, struct zip *zip)
{
    char *piece = arena_alloc(xml->arena, PIECE);
    size_t n = 0;

    do {
        status_t st = zip_read(zip, piece, PIECE, &n);

        if (st)
            return st;
        if (XML_Parse(xml->parser, piece, (int)n, n == 0) != XML_STATUS_OK)
            return xml->st ? xml->st : status_detail(xml->arena, PROBLEM_BAD_XLSX, "a part is no XML");
    } while (n > 0);
    return xml->st;
}

status_t
xml_read(struct arena *arena, struct zip *zip, const char *part, const struct xml_handler *handler)
{
    struct xml xml = { .arena = arena, .handler = handler };
    status_t st = zip_open_part(zip, part);

    if (st)
        return st;
    xml.parser = XML_ParserCreateNS(NULL, SEPARATOR);
    CHECK(xml.parser);
    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, on_begin, on_end);
    XML_SetCharacterDataHandler(xml.parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml.parser, on_doctype);
    st = feed(&xml, zip);
    XML_ParserFree(xml.parser);
    return st;
}

const char *
xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}
