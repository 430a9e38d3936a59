/* SPDX-License-Identifier: Apache-2.0 */
/* The letter as others see it: a program that reads its text, one that makes a picture, one that reads QR codes from a
 * sheet that lies askew. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <cairo.h>
#include "support/cmocka_all.h"
#include "transfers/paper/drawing.h"

#define ASKEW     (2.0 * 3.14159265358979 / 180.0)
#define INK_WIDE  42 /* cells of the kept picture: 5 mm */
#define INK_HIGH  59
#define INK_OFF   12 /* of 255: what the darkness of a cell may differ by from one renderer to the next */
#define PAGES     60
#define PAGE_MOST 60 /* ms of CPU for a page */

static const char qr_text[] =
    "https://letters.example.org/verify/7K3M9QRT2XWB5#"
    "MQphYmNkZWYwMQoyMDI2LTAwMDEyMwoyMDI2MTEyMQoyMDI2MTIwMQrojqvlsI_mu6EKMTEyNQo0VnNhZGhmdWlh"
    "c2hkZnV5YXNoZGY.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl";

static struct sheet_values
sample(void)
{
    return (struct sheet_values){
        .text = { [SHEET_NUMBER] = "2026-000123",
                  [SHEET_NAME] = "莫𠮷㐀龘",
                  [SHEET_SEX] = "女",
                  [SHEET_AGE] = "32",
                  [SHEET_ETHNICITY] = "汉族",
                  [SHEET_STANDING] = "正式",
                  [SHEET_IDENTITY] = "32069919940101112X",
                  [SHEET_TELEPHONE] = "13800000123",
                  [SHEET_FROM_BRANCH] = "中共东镇电子商务产业园联合支部委员会",
                  [SHEET_FROM_COMMITTEE] = "中共东镇综合委员会",
                  [SHEET_TO_COMMITTEE] = "中共西镇经济开发区两新组织综合委员会",
                  [SHEET_DUES] = "贰零贰陆年拾壹月",
                  [SHEET_VALIDITY] = "壹拾",
                  [SHEET_ISSUED_ON] = "2026年11月21日",
                  [SHEET_PRINTED_ON] = "2026年11月22日",
                  [SHEET_ISSUER] = "中共东镇综合委员会",
                  [SHEET_ISSUER_TELEPHONE] = "0513-80000001",
                  [SHEET_CODE] = "7K3M-9QRT-2XWB-5",
                  [SHEET_ADDRESS] = "https://letters.example.org/verify/7K3M9QRT2XWB5" },
        .qr = qr_text,
    };
}

static struct slice
draw(struct arena *arena, const struct sheet_box *form, const struct sheet_values *values, int pages)
{
    struct drawing *drawing;
    struct slice pdf;
    char *copy;

    assert_null(drawing_new(arena, 20778, "组织关系介绍信", &drawing));
    for (int i = 0; i < pages; i++)
        drawing_page(drawing, form, values);
    assert_null(drawing_close(drawing, &pdf));
    copy = arena_copy(arena, pdf.data, pdf.size);
    drawing_free(drawing);
    return slice_make(copy, pdf.size);
}

static void
keep(const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.size, file), bytes.size);
    assert_int_equal(fclose(file), 0);
}

/* What a program says, without white space: lines break where they fit. */
static char *
told(struct arena *arena, const char *command)
{
    char *text = arena_alloc(arena, 64 * 1024);
    FILE *pipe = popen(command, "r");
    size_t size = 0;
    int c;

    assert_non_null(pipe);
    while ((c = fgetc(pipe)) != EOF && size < 64 * 1024 - 1)
        if (c != ' ' && c != '\n' && c != '\f')
            text[size++] = (char)c;
    assert_int_equal(pclose(pipe), 0);
    return text;
}

static void
every_field_is_found_in_the_text(void **state)
{
    struct sheet_values values = sample();
    char *text;

    values.text[SHEET_COPY] = "第 2 次打印";
    keep("letter_text.pdf", draw(*state, sheet_letter, &values, 1));
    text = told(*state, "pdftotext -enc UTF-8 letter_text.pdf -");
    values.text[SHEET_COPY] = "第2次打印";
    for (int i = 0; i < SHEET_FIELD_END; i++)
        if (i != SHEET_PRINTED_ON && i != SHEET_ISSUER && !strstr(text, values.text[i]))
            fail_msg("%s is not in %s", values.text[i], text);
    for (int i = 0; i < 5; i++) { /* the number: three parts and two seams */
        text = strstr(text, "2026-000123");
        assert_non_null(text);
        text += strlen("2026-000123");
    }
}

/* The words of the form itself, held against a kept text. */
static void
the_text_is_the_kept_one(void **state)
{
    struct sheet_values values = sample();
    char *text;

    keep("letter_golden.pdf", draw(*state, sheet_letter, &values, 1));
    text = told(*state, "pdftotext -layout -enc UTF-8 letter_golden.pdf -");
    keep("letter.txt", slice_of(text));
    assert_string_equal(text, told(*state, "cat " PAPER_GOLDEN "/letter.txt"));
}

static void
the_same_letter_is_the_same_bytes(void **state)
{
    struct sheet_values values = sample();
    struct slice one = draw(*state, sheet_letter, &values, 1);
    struct slice other = draw(*state, sheet_letter, &values, 1);

    assert_true(slice_equal(one, other));
    values.text[SHEET_AGE] = "33";
    assert_false(slice_equal(one, draw(*state, sheet_letter, &values, 1)));
}

/* --- the picture ---------------------------------------------------------------------------------------------------
 */

static cairo_surface_t *
picture(struct arena *arena, const struct sheet_box *form, int dpi)
{
    struct sheet_values values = sample();
    char command[128];
    cairo_surface_t *surface;

    keep("letter_picture.pdf", draw(arena, form, &values, 1));
    snprintf(command, sizeof command, "pdftoppm -r %d -png -singlefile letter_picture.pdf letter_picture", dpi);
    assert_int_equal(system(command), 0);
    surface = cairo_image_surface_create_from_png("letter_picture.png");
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

/* The same on a white sheet, turned about its middle. */
static cairo_surface_t *
turned(cairo_surface_t *from, double angle)
{
    double width = cairo_image_surface_get_width(from);
    double height = cairo_image_surface_get_height(from);
    cairo_surface_t *to = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cairo = cairo_create(to);

    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_translate(cairo, width / 2, height / 2);
    cairo_rotate(cairo, angle);
    cairo_set_source_surface(cairo, from, -width / 2, -height / 2);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(to);
    return to;
}

static void
the_code_is_read_from_a_sheet_that_lies_askew(void **state)
{
    cairo_surface_t *surface = picture(*state, sheet_letter, 150);
    cairo_surface_t *askew = turned(surface, ASKEW);

    assert_int_equal(cairo_surface_write_to_png(askew, "letter_askew.png"), CAIRO_STATUS_SUCCESS);
    assert_string_equal(told(*state, "zbarimg --raw -q letter_askew.png"), qr_text);
    cairo_surface_destroy(askew);
    cairo_surface_destroy(surface);
}

/* Where ink is, in cells of 5 mm: the mean darkness of each. */
static void
ink_of(struct arena *arena, const struct sheet_box *form, uint8_t ink[INK_HIGH][INK_WIDE])
{
    cairo_surface_t *surface = picture(arena, form, 72);
    cairo_surface_t *plain = turned(surface, 0);
    const uint8_t *points = cairo_image_surface_get_data(plain);
    int width = cairo_image_surface_get_width(plain);
    int height = cairo_image_surface_get_height(plain);
    int stride = cairo_image_surface_get_stride(plain);

    for (int row = 0; row < INK_HIGH; row++) {
        for (int column = 0; column < INK_WIDE; column++) {
            int left = column * width / INK_WIDE, right = (column + 1) * width / INK_WIDE;
            int top = row * height / INK_HIGH, bottom = (row + 1) * height / INK_HIGH;
            int sum = 0;

            for (int y = top; y < bottom; y++)
                for (int x = left; x < right; x++)
                    sum += 255 - points[y * stride + 4 * x];
            ink[row][column] = (uint8_t)(sum / ((right - left) * (bottom - top)));
        }
    }
    cairo_surface_destroy(plain);
    cairo_surface_destroy(surface);
}

static void
the_picture_is_the_kept_one(void **state)
{
    uint8_t ink[INK_HIGH][INK_WIDE];
    uint8_t kept[INK_HIGH][INK_WIDE];
    FILE *file = fopen(PAPER_GOLDEN "/letter.ink", "rb");

    ink_of(*state, sheet_letter, ink);
    keep("letter.ink", slice_make(ink, sizeof ink));
    assert_non_null(file);
    assert_int_equal(fread(kept, 1, sizeof kept, file), sizeof kept);
    fclose(file);
    for (int row = 0; row < INK_HIGH; row++)
        for (int column = 0; column < INK_WIDE; column++)
            if (abs(ink[row][column] - kept[row][column]) > INK_OFF)
                fail_msg("at %d mm, %d mm there is %d where %d is kept", column * 5, row * 5, ink[row][column],
                         kept[row][column]);
}

static void
a_page_costs_little(void **state)
{
    struct sheet_values values = sample();
    clock_t began = clock();
    long each;

    draw(*state, sheet_letter, &values, PAGES);
    each = (long)((clock() - began) * 1000 / CLOCKS_PER_SEC / PAGES);
    print_message("%ld ms of CPU for each of %d pages\n", each, PAGES);
    began = clock();
    draw(*state, sheet_letter, &values, 1);
    print_message("%ld ms of CPU for one alone\n", (long)((clock() - began) * 1000 / CLOCKS_PER_SEC));
    assert_true(each <= PAGE_MOST);
}

static void
a_code_that_is_too_long_is_refused(void **state)
{
    struct sheet_values values = sample();
    struct drawing *drawing;
    struct slice pdf;
    char *text = arena_alloc(*state, 400);

    memset(text, 'x', 301);
    values.qr = text;
    assert_null(drawing_new(*state, 20778, "x", &drawing));
    drawing_page(drawing, sheet_letter, &values);
    assert_non_null(drawing_close(drawing, &pdf));
    drawing_free(drawing);
}

static int
setup(void **state)
{
    *state = arena_new((size_t)256 * 1024 * 1024);
    return 0;
}

static int
teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_found_in_the_text),
        cmocka_unit_test(the_text_is_the_kept_one),
        cmocka_unit_test(the_same_letter_is_the_same_bytes),
        cmocka_unit_test(the_code_is_read_from_a_sheet_that_lies_askew),
        cmocka_unit_test(the_picture_is_the_kept_one),
        cmocka_unit_test(a_page_costs_little),
        cmocka_unit_test(a_code_that_is_too_long_is_refused),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
