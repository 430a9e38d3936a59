/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the canonical text of a letter. Pure. */
#include "transfers/proof/canonical.h"
#include "base/banned.h"

static const char *const words[] = {
#define X(name, word) [CANONICAL_##name] = word,
    CANONICAL_FIELDS(X)
#undef X
};

void
canonical_write(const struct canonical *letter, struct strbuf *buf)
{
    strbuf_text(buf, CANONICAL_DOMAIN);
    for (int i = 0; i < CANONICAL_FIELD_END; i++) {
        struct slice value = slice_of(letter->field[i]);

        strbuf_printf(buf, "%zu:", value.size);
        strbuf_add(buf, value.data, value.size);
        strbuf_char(buf, ',');
    }
}

const char *
canonical_word(enum canonical_field field)
{
    return words[field];
}

enum canonical_field
canonical_find(struct slice word)
{
    int i = 0;

    while (i < CANONICAL_FIELD_END && !slice_is(word, words[i]))
        i++;
    return (enum canonical_field)i;
}
