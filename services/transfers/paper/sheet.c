/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: texts of boxes. Pure. */
#include "transfers/paper/sheet.h"

#include "base/check.h"
#include "base/strbuf.h"
#include "base/banned.h"

#define TEXT_LIMIT ((size_t)16 * 1024)

/* What is left free where a value is missing: room for a pen. */
static const char blank[] = "　　　　　　";

static const char *const words[] = {
#define X(name, word) [SHEET_##name] = word,
    SHEET_FIELDS(X)
#undef X
};

/* Fields of which both words are printed and one is ringed. */
static const struct choice {
    enum sheet_field field;
    const char *words[2];
} choices[] = {
    { SHEET_SEX, { "男", "女" } },
    { SHEET_STANDING, { "预备", "正式" } },
};

static enum sheet_field
field_of(const char *word, size_t size)
{
    for (int i = 0; i < SHEET_FIELD_END; i++)
        if (slice_is(slice_make(word, size), words[i]))
            return (enum sheet_field)i;
    UNREACHABLE("a form names a field that is none");
}

static const struct choice *
choice_of(enum sheet_field field)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (choices[i].field == field)
            return &choices[i];
    return NULL;
}

static void
add(struct strbuf *buf, struct sheet_text *ret, const char *text, enum sheet_style style)
{
    size_t begin = buf->size;

    strbuf_text(buf, text);
    CHECK(ret->n_spans < SHEET_SPANS);
    ret->spans[ret->n_spans++] = (struct sheet_span){ begin, buf->size, style };
}

static void
add_choice(struct strbuf *buf, struct sheet_text *ret, const struct choice *choice, const char *value)
{
    for (int i = 0; i < 2; i++) {
        bool chosen = strcmp(choice->words[i], value) == 0;

        if (i)
            strbuf_text(buf, "  /  ");
        if (value[0])
            add(buf, ret, choice->words[i], chosen ? SHEET_CHOSEN : SHEET_UNCHOSEN);
        else
            strbuf_text(buf, choice->words[i]);
    }
}

/* What the form has no blank for: numbers, dates and codes stand plainly. */
static bool
is_plain(enum sheet_field field)
{
    return field == SHEET_COPY || field == SHEET_CODE || field == SHEET_ADDRESS || field == SHEET_NUMBER ||
           field == SHEET_ISSUED_ON || field == SHEET_PRINTED_ON;
}

static void
add_field(struct strbuf *buf, struct sheet_text *ret, enum sheet_field field, const struct sheet_values *values)
{
    const char *value = values->text[field] ? values->text[field] : "";
    const struct choice *choice = choice_of(field);

    if (choice)
        add_choice(buf, ret, choice, value);
    else if (is_plain(field))
        strbuf_text(buf, value);
    else
        add(buf, ret, value[0] ? value : blank, SHEET_VALUE);
}

void
sheet_expand(struct arena *arena, const char *text, const struct sheet_values *values, struct sheet_text *ret)
{
    struct strbuf buf;

    *ret = (struct sheet_text){ 0 };
    strbuf_init(&buf, TEXT_LIMIT);
    while (*text) {
        size_t plain = strcspn(text, "{");
        size_t word;

        strbuf_add(&buf, text, plain);
        text += plain;
        if (!*text)
            break;
        word = strcspn(++text, "}");
        add_field(&buf, ret, field_of(text, word), values);
        text += word + 1;
    }
    ret->text = arena_text_slice(arena, strbuf_slice(&buf));
    strbuf_done(&buf);
}

bool
sheet_shows(const struct sheet_box *box, const struct sheet_values *values)
{
    bool has_code = values->text[SHEET_CODE] && values->text[SHEET_CODE][0];

    if (box->mark == SHEET_QR)
        return values->qr != NULL;
    return box->mark != SHEET_TEXT || has_code || !(strstr(box->text, "{code}") || strstr(box->text, "{address}"));
}
