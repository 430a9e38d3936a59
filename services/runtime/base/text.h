/* SPDX-License-Identifier: Apache-2.0 */
/* Text as it may be stored: valid UTF-8, no NUL, no control or bidirectional-override characters. Pure. */
#ifndef LIANGXIN_BASE_TEXT_H
#define LIANGXIN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Bytes of the first character of `text` (1..4) and its code point; 0 when the bytes are no well-formed UTF-8. */
size_t text_decode(struct slice text, uint32_t *ret_code);
/* True for well-formed UTF-8 without NUL; other control characters are allowed. */
bool text_is_utf8(struct slice text);
/* True for UTF-8 that may be stored: no control characters but TAB, LF, CR; no bidirectional overrides. */
bool text_is_clean(struct slice text);
/* Characters (code points) in well-formed text. */
size_t text_length(struct slice text);
/* The text without white space (ASCII and U+3000) at both ends. */
struct slice text_trim(struct slice text);
/* Bytes of the longest beginning of well-formed `text` that has at most `limit` bytes and no character in halves. */
size_t text_within(const char *text, size_t limit);
/* Stars instead of all but the first `head` and the last `tail` bytes; a shorter text is all stars. In place. */
void text_mask(char *text, size_t size, size_t head, size_t tail);
/* True when every byte is an ASCII digit and there is at least one. */
bool text_is_digits(struct slice text);

#endif
