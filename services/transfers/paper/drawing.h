/* SPDX-License-Identifier: Apache-2.0 */
/* Sheets drawn as a PDF (cairo, pango): one page each, text that can be searched and copied, the font embedded in the
 * part that is used. The same sheets give the same bytes: the document's date is the caller's, the font is one family
 * without a fallback. One drawing belongs to one thread. */
#ifndef LIANGXIN_TRANSFERS_PAPER_DRAWING_H
#define LIANGXIN_TRANSFERS_PAPER_DRAWING_H

#include "base/date.h"
#include "base/status.h"
#include "transfers/paper/sheet.h"

/* The one family: it has the rare characters of names (CJK extension A and much of B), and real song-style strokes. */
#define DRAWING_FONT "Noto Serif CJK SC"

struct drawing;

/* `day` stands in the document as the day of its making. UNAVAILABLE when the font is not there. */
status_t drawing_new(struct arena *arena, date_t day, const char *title, struct drawing **ret_drawing);
/* Adds a page. */
void drawing_page(struct drawing *drawing, const struct sheet_box *form, const struct sheet_values *values);
/* Ends the document; *ret_pdf lives as long as the drawing. INTERNAL when it could not be drawn; OUT of a limit is that
 * as well. */
status_t drawing_close(struct drawing *drawing, struct slice *ret_pdf);
/* Accepts NULL. */
void drawing_free(struct drawing *drawing);

#endif
