/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: what stands on a sheet, and where: forms as tables of boxes whose texts name fields in braces, and the text
 * of a box once the fields have their values. Nothing is drawn here. Pure. */
#ifndef LIANGXIN_TRANSFERS_PAPER_SHEET_H
#define LIANGXIN_TRANSFERS_PAPER_SHEET_H

#include "base/arena.h"

/* name, word in braces */
#define SHEET_FIELDS(X)                                                                                                \
    X(NUMBER, "number") /* 2026-000001 */                                                                              \
    X(COPY, "copy")     /* 第 2 次打印; empty on the first */                                                      \
    X(NAME, "name")     /* 姓名 */                                                                                   \
    X(SEX, "sex")       /* 男 or 女: a choice */                                                                     \
    X(AGE, "age")                                                                                                      \
    X(ETHNICITY, "ethnicity")                                                                                          \
    X(STANDING, "standing")   /* 预备 or 正式: a choice */                                                         \
    X(IDENTITY, "identity")   /* 身份证号码 */                                                                    \
    X(TELEPHONE, "telephone") /* the member's */                                                                       \
    X(FROM_BRANCH, "from_branch")                                                                                      \
    X(FROM_COMMITTEE, "from_committee")                                                                                \
    X(TO_COMMITTEE, "to_committee")                                                                                    \
    X(DUES, "dues")         /* 党费交至, capital numerals */                                                       \
    X(VALIDITY, "validity") /* 有效期 in days, capital numerals */                                                  \
    X(ISSUED_ON, "issued_on")                                                                                          \
    X(PRINTED_ON, "printed_on")                                                                                        \
    X(ISSUER, "issuer")                                                                                                \
    X(ISSUER_TELEPHONE, "issuer_telephone")                                                                            \
    X(CODE, "code")       /* 校验码 */                                                                              \
    X(ADDRESS, "address") /* where the code is asked about */

enum sheet_field {
#define X(name, word) SHEET_##name,
    SHEET_FIELDS(X)
#undef X
        SHEET_FIELD_END
};

struct sheet_values {
    const char *text[SHEET_FIELD_END]; /* NULL or "": left blank, to be written by hand */
    const char *qr;                    /* what the QR code says; NULL: none */
};

enum sheet_mark { SHEET_TEXT, SHEET_FRAME, SHEET_DASHED_FRAME, SHEET_SEAM, SHEET_QR };
enum sheet_align { SHEET_LEFT, SHEET_CENTRE, SHEET_RIGHT };

/* A row of a form: millimetres from the upper left corner of an A4 page; the size of letters in points. */
struct sheet_box {
    enum sheet_mark mark;
    double x, y, width, height; /* a text is as high as it is long */
    double size;
    enum sheet_align align;
    const char *text; /* NULL ends a form when mark is SHEET_TEXT */
};

/* The letter in its three parts (存根, 介绍信, 回执), the receipt alone, a certificate of membership (证明信). */
extern const struct sheet_box sheet_letter[], sheet_receipt[], sheet_certificate[];

enum sheet_style {
    SHEET_VALUE,    /* underlined */
    SHEET_CHOSEN,   /* a ring around it */
    SHEET_UNCHOSEN, /* struck through */
};

/* Bytes of an expanded text that are drawn in a manner of their own. */
struct sheet_span {
    size_t begin;
    size_t end;
    enum sheet_style style;
};

#define SHEET_SPANS 32

struct sheet_text {
    char *text;
    struct sheet_span spans[SHEET_SPANS];
    size_t n_spans;
};

/* The text of a box with its fields filled in. In `arena`. */
void sheet_expand(struct arena *arena, const char *text, const struct sheet_values *values, struct sheet_text *ret);
/* Is that box drawn at all? One that holds nothing but an empty {copy} or a code without a letter's is not. */
bool sheet_shows(const struct sheet_box *box, const struct sheet_values *values);

#endif
