/* SPDX-License-Identifier: Apache-2.0 */
/* The known kinds of files as a table of what they begin with. Pure. */
#include "base/media_type.h"

#include <stddef.h>

#include "base/banned.h"

#define WORKBOOK "xl/workbook.xml"

static const struct {
    enum media_type type;
    const char *name;
    struct slice head; /* empty: known by what it lacks */
} media_types[] = {
    { MEDIA_CSV, "text/csv", { "", 0 } },
    { MEDIA_XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", { "PK\x03\x04", 4 } },
    { MEDIA_PDF, "application/pdf", { "%PDF-", 5 } },
    { MEDIA_JPEG, "image/jpeg", { "\xff\xd8\xff", 3 } },
    { MEDIA_PNG, "image/png", { "\x89PNG\r\n\x1a\n", 8 } },
};

const char *
media_type_name(enum media_type type)
{
    for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++)
        if (media_types[i].type == type)
            return media_types[i].name;
    return NULL;
}

static enum media_type
type_of_head(struct slice piece)
{
    for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++) {
        struct slice head = media_types[i].head;

        if (head.size && piece.size >= head.size && memcmp(piece.data, head.data, head.size) == 0)
            return media_types[i].type;
    }
    return MEDIA_CSV;
}

static bool
holds_workbook(struct slice piece)
{
    const size_t size = sizeof WORKBOOK - 1;

    for (size_t at = 0; at + size <= piece.size; at++) {
        const char *next = memchr(piece.data + at, WORKBOOK[0], piece.size - size - at + 1);

        if (!next)
            return false;
        if (memcmp(next, WORKBOOK, size) == 0)
            return true;
        at = (size_t)(next - piece.data);
    }
    return false;
}

static bool
holds_control(struct slice piece)
{
    for (size_t i = 0; i < piece.size; i++) {
        unsigned char byte = (unsigned char)piece.data[i];

        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f)
            return true;
    }
    return false;
}

void
media_sniff(struct media_sniffer *sniffer, struct slice piece)
{
    if (piece.size == 0)
        return;
    if (!sniffer->begun)
        sniffer->head = type_of_head(piece);
    sniffer->begun = true;
    if (sniffer->head == MEDIA_XLSX)
        sniffer->has_workbook = sniffer->has_workbook || holds_workbook(piece);
    if (sniffer->head == MEDIA_CSV)
        sniffer->has_control = sniffer->has_control || holds_control(piece);
}

enum media_type
media_sniffed(const struct media_sniffer *sniffer)
{
    bool fits = sniffer->begun && (sniffer->head != MEDIA_XLSX || sniffer->has_workbook) && !sniffer->has_control;

    return fits ? sniffer->head : MEDIA_UNKNOWN;
}
