/* SPDX-License-Identifier: Apache-2.0 */
/* Drawing with cairo and pango. On the caller's thread: pango keeps a font map for each thread, so that a worker's
 * second sheet finds its fonts open. */
#include "transfers/paper/drawing.h"

#include <pango/pangocairo.h>
#include <cairo-pdf.h>

#include "base/strbuf.h"
#include "transfers/paper/qr.h"
#include "base/banned.h"

#define MM           (72.0 / 25.4) /* points */
#define PAGE_WIDTH   210.0         /* millimetres */
#define PAGE_HEIGHT  297.0
#define LINE_SPACING 1.35F
#define PDF_LIMIT    ((size_t)64 * 1024 * 1024)
#define PAGE_ARENA   ((size_t)1024 * 1024)
#define SEAM_GAP     70.0 /* millimetres of a seam that its number takes */
#define THIN         0.5  /* points */

struct drawing {
    struct arena *arena; /* the caller's: what a refusal is told in */
    struct arena *page;  /* emptied with each page */
    struct strbuf pdf;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoLayout *layout;
    PangoFontDescription *font;
    bool failed; /* a code too long, a sign without a glyph */
};

static cairo_status_t
take_bytes(void *closure, const unsigned char *data, unsigned int size)
{
    struct strbuf *pdf = closure;

    strbuf_add(pdf, data, size);
    return pdf->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static bool
font_is_there(struct drawing *drawing)
{
    PangoFontMap *map = pango_cairo_font_map_get_default();
    PangoFont *font = pango_font_map_load_font(map, pango_layout_get_context(drawing->layout), drawing->font);
    PangoFontDescription *found = font ? pango_font_describe(font) : NULL;
    bool is_it = found && strcmp(pango_font_description_get_family(found), DRAWING_FONT) == 0;

    pango_font_description_free(found);
    if (font)
        g_object_unref(font);
    return is_it;
}

static void
name_document(cairo_surface_t *surface, date_t day, const char *title)
{
    char text[DATE_SIZE];
    char at[DATE_SIZE + 16];

    date_format(day, text);
    snprintf(at, sizeof at, "%sT00:00:00+08:00", text);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, at);
}

status_t
drawing_new(struct arena *arena, date_t day, const char *title, struct drawing **ret_drawing)
{
    struct drawing *drawing = arena_alloc(arena, sizeof *drawing);

    drawing->arena = arena;
    drawing->page = arena_new(PAGE_ARENA);
    strbuf_init(&drawing->pdf, PDF_LIMIT);
    drawing->surface =
        cairo_pdf_surface_create_for_stream(take_bytes, &drawing->pdf, PAGE_WIDTH * MM, PAGE_HEIGHT * MM);
    name_document(drawing->surface, day, title);
    drawing->cairo = cairo_create(drawing->surface);
    drawing->layout = pango_cairo_create_layout(drawing->cairo);
    drawing->font = pango_font_description_from_string(DRAWING_FONT);
    if (!font_is_there(drawing)) {
        drawing_free(drawing);
        return status_detail(arena, PROBLEM_UNAVAILABLE, "the font " DRAWING_FONT " is not installed");
    }
    *ret_drawing = drawing;
    return OK;
}

/* --- text ----------------------------------------------------------------------------------------------------------
 */

static void
mark_spans(PangoLayout *layout, const struct sheet_text *text)
{
    PangoAttrList *list = pango_attr_list_new();

    pango_attr_list_insert(list, pango_attr_fallback_new(FALSE));
    for (size_t i = 0; i < text->n_spans; i++) {
        PangoAttribute *attribute;

        if (text->spans[i].style != SHEET_VALUE)
            continue;
        attribute = pango_attr_underline_new(PANGO_UNDERLINE_SINGLE);
        attribute->start_index = (guint)text->spans[i].begin;
        attribute->end_index = (guint)text->spans[i].end;
        pango_attr_list_insert(list, attribute);
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* A ring around what is chosen, a stroke through what is not. A choice is never broken over lines: one or two signs. */
static void
draw_choice(struct drawing *drawing, const struct sheet_box *box, const struct sheet_span *span)
{
    cairo_t *cairo = drawing->cairo;
    PangoRectangle first;
    PangoRectangle last;
    double x, y, width, height;

    pango_layout_index_to_pos(drawing->layout, (int)span->begin, &first);
    pango_layout_index_to_pos(drawing->layout, (int)span->end, &last);
    x = box->x * MM + pango_units_to_double(first.x);
    y = box->y * MM + pango_units_to_double(first.y);
    width = pango_units_to_double(last.x - first.x);
    height = pango_units_to_double(first.height);
    cairo_set_line_width(cairo, 2 * THIN);
    if (span->style == SHEET_UNCHOSEN) {
        cairo_move_to(cairo, x, y + height / 2);
        cairo_line_to(cairo, x + width, y + height / 2);
    } else {
        cairo_save(cairo);
        cairo_translate(cairo, x + width / 2, y + height / 2);
        cairo_scale(cairo, width / 2 + 3, box->size * 0.72);
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, 0, 0, 1, 0, 2 * G_PI);
        cairo_restore(cairo);
    }
    cairo_stroke(cairo);
}

static void
draw_text(struct drawing *drawing, const struct sheet_box *box, const struct sheet_values *values)
{
    static const PangoAlignment alignments[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
    PangoLayout *layout = drawing->layout;
    struct sheet_text text;

    sheet_expand(drawing->page, box->text, values, &text);
    pango_font_description_set_absolute_size(drawing->font, box->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, drawing->font);
    pango_layout_set_width(layout, pango_units_from_double(box->width * MM));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignments[box->align]);
    pango_layout_set_line_spacing(layout, LINE_SPACING);
    pango_layout_set_text(layout, text.text, -1);
    mark_spans(layout, &text);
    cairo_move_to(drawing->cairo, box->x * MM, box->y * MM);
    pango_cairo_show_layout(drawing->cairo, layout);
    for (size_t i = 0; i < text.n_spans; i++)
        if (text.spans[i].style != SHEET_VALUE)
            draw_choice(drawing, box, &text.spans[i]);
}

/* --- lines ---------------------------------------------------------------------------------------------------------
 */

static void
draw_frame(struct drawing *drawing, const struct sheet_box *box)
{
    static const double dashes[] = { 3, 3 };
    cairo_t *cairo = drawing->cairo;

    cairo_save(cairo);
    cairo_set_line_width(cairo, THIN);
    if (box->mark == SHEET_DASHED_FRAME)
        cairo_set_dash(cairo, dashes, 2, 0);
    cairo_rectangle(cairo, box->x * MM, box->y * MM, box->width * MM, box->height * MM);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

/* The line along which parts are cut, with the number in its middle, to be sealed across (骑缝章). */
static void
draw_seam(struct drawing *drawing, const struct sheet_box *box, const struct sheet_values *values)
{
    static const double dashes[] = { 6, 4 };
    cairo_t *cairo = drawing->cairo;
    struct sheet_box label = *box;
    double side = (box->width - SEAM_GAP) / 2;

    cairo_save(cairo);
    cairo_set_line_width(cairo, THIN);
    cairo_set_dash(cairo, dashes, 2, 0);
    cairo_move_to(cairo, box->x * MM, box->y * MM);
    cairo_rel_line_to(cairo, side * MM, 0);
    cairo_move_to(cairo, (box->x + side + SEAM_GAP) * MM, box->y * MM);
    cairo_rel_line_to(cairo, side * MM, 0);
    cairo_stroke(cairo);
    cairo_restore(cairo);
    label.y -= box->size * 0.75 / MM;
    draw_text(drawing, &label, values);
}

/* Runs of dark modules, row by row. */
static void
draw_qr(struct drawing *drawing, const struct sheet_box *box, const struct sheet_values *values)
{
    cairo_t *cairo = drawing->cairo;
    struct qr qr;
    double module;

    if (!qr_make(drawing->page, values->qr, &qr)) {
        drawing->failed = true;
        return;
    }
    module = box->width * MM / qr.width;
    for (int y = 0; y < qr.width; y++) {
        for (int x = 0, begin; x < qr.width; x++) {
            if (!qr.dark[y * qr.width + x])
                continue;
            for (begin = x; x + 1 < qr.width && qr.dark[y * qr.width + x + 1];)
                x++;
            cairo_rectangle(cairo, box->x * MM + begin * module, box->y * MM + y * module, (x - begin + 1) * module,
                            module);
        }
    }
    cairo_fill(cairo);
}

void
drawing_page(struct drawing *drawing, const struct sheet_box *form, const struct sheet_values *values)
{
    for (const struct sheet_box *box = form; box->text; box++) {
        if (!sheet_shows(box, values))
            continue;
        switch (box->mark) {
        case SHEET_TEXT:
            draw_text(drawing, box, values);
            break;
        case SHEET_FRAME:
        case SHEET_DASHED_FRAME:
            draw_frame(drawing, box);
            break;
        case SHEET_SEAM:
            draw_seam(drawing, box, values);
            break;
        case SHEET_QR:
            draw_qr(drawing, box, values);
            break;
        }
    }
    cairo_show_page(drawing->cairo);
    arena_reset(drawing->page);
}

status_t
drawing_close(struct drawing *drawing, struct slice *ret_pdf)
{
    cairo_status_t verdict = cairo_status(drawing->cairo);

    cairo_surface_finish(drawing->surface);
    if (!verdict)
        verdict = cairo_surface_status(drawing->surface);
    if (verdict || drawing->failed || drawing->pdf.failed)
        return status_detail(drawing->arena, PROBLEM_INTERNAL, "a sheet could not be drawn: %s",
                             cairo_status_to_string(verdict));
    *ret_pdf = strbuf_slice(&drawing->pdf);
    return OK;
}

void
drawing_free(struct drawing *drawing)
{
    if (!drawing)
        return;
    pango_font_description_free(drawing->font);
    g_object_unref(drawing->layout);
    cairo_destroy(drawing->cairo);
    cairo_surface_destroy(drawing->surface);
    strbuf_done(&drawing->pdf);
    arena_free(drawing->page);
}
