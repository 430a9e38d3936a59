/* SPDX-License-Identifier: Apache-2.0 */
/* Findings, collected. Owns its text. */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/banned.h"

enum { TEXT_LIMIT = 1024 * 1024, LINE_LIMIT = 1024 };

void
findings_init(struct findings *findings)
{
    *findings = (struct findings){ .count = 0 };
    strbuf_init(&findings->text, TEXT_LIMIT);
}

void
findings_done(struct findings *findings)
{
    strbuf_done(&findings->text);
}

void
findings_add(struct findings *findings, struct place place, const char *name, const char *format, ...)
{
    char what[LINE_LIMIT];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    strbuf_printf(&findings->text, "%s:%d: %s: %s\n", place.file, place.line, name, what);
    findings->count++;
}
