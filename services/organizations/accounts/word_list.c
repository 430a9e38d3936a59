/* SPDX-License-Identifier: Apache-2.0 */
/* Blank-separated lists. Any thread; owns nothing. */
#include "organizations/accounts/word_list.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

size_t
word_list_split(struct arena *arena, const char *list, const char *const **ret_words)
{
    char *text = arena_text(arena, list ? list : "");
    const char **words = arena_array(arena, strlen(text) / 2 + 1, sizeof *words);
    size_t count = 0;

    for (char *word = text; *word;) {
        size_t length = strcspn(word, " ");
        bool last = word[length] == '\0';

        word[length] = '\0';
        if (length)
            words[count++] = word;
        word += length + !last;
    }
    *ret_words = words;
    return count;
}
