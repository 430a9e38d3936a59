/* SPDX-License-Identifier: Apache-2.0 */
/* Accept-Language, as far as we have languages. Pure; owns nothing. */
#include "gateway/http/language.h"

#include <strings.h>

#include "base/text.h"
#include "base/banned.h"

#define BEST_WEIGHT 1000

static const char *const tags[] = { [LANGUAGE_ZH] = "zh-CN", [LANGUAGE_EN] = "en" };

const char *
language_tag(enum language language)
{
    return tags[language];
}

/* The q value of "en;q=0.8" in thousandths; 1000 when there is none, 0 when it is no number. */
static int
weight_of(struct slice item)
{
    const char *q = memmem(item.data, item.size, "q=", 2);
    const char *end = item.data + item.size;
    int weight = 0;
    int unit = BEST_WEIGHT;

    if (!q)
        return BEST_WEIGHT;
    for (q += 2; q < end && ((*q >= '0' && *q <= '9') || *q == '.'); q++) {
        if (*q == '.')
            continue;
        weight += (*q - '0') * unit;
        unit /= 10;
    }
    return weight < BEST_WEIGHT ? weight : BEST_WEIGHT;
}

enum language
language_of(struct slice accept_language)
{
    enum language best = LANGUAGE_ZH;
    int best_weight = 0;

    while (accept_language.size) {
        const char *comma = memchr(accept_language.data, ',', accept_language.size);
        size_t size = comma ? (size_t)(comma - accept_language.data) : accept_language.size;
        struct slice item = text_trim(slice_make(accept_language.data, size));
        int weight = item.size ? weight_of(item) : 0;

        for (int i = LANGUAGE_ZH; i <= LANGUAGE_EN; i++)
            if (item.size >= 2 && strncasecmp(item.data, tags[i], 2) == 0 && weight > best_weight) {
                best = (enum language)i;
                best_weight = weight;
            }
        size += comma != NULL;
        accept_language = slice_make(accept_language.data + size, accept_language.size - size);
    }
    return best;
}
