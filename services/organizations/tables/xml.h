/* SPDX-License-Identifier: Apache-2.0 */
/* XML of a spreadsheet's parts, pushed through handlers: no DTD, no entities but the five, a limit of depth. Names come
 * without prefix or namespace. Pure but for the arena. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_XML_H
#define LIANGXIN_ORGANIZATIONS_TABLES_XML_H

#include "organizations/tables/zip.h"

#define XML_DEPTH 32 /* elements within each other */

/* Each may be NULL. A status ends the reading. */
struct xml_handler {
    void *context;
    status_t (*begin)(void *context, const char *name, const char **attributes);
    status_t (*end)(void *context, const char *name);
    status_t (*text)(void *context, struct slice text);
};

/* The part of the archive, whole. NOT_FOUND without it; BAD_XLSX when it is no XML, has a DTD or is too deep. */
status_t xml_read(struct arena *arena, struct zip *zip, const char *part, const struct xml_handler *handler);
/* The attribute's value; NULL when it is not there. */
const char *xml_attribute(const char **attributes, const char *name);

#endif
