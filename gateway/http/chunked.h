/* SPDX-License-Identifier: Apache-2.0 */
/* The framing of a body sent in chunks, taken off. Narrower than HTTP's: sizes of one to eight hex digits, CRLF only,
 * no extensions, no trailers. What follows the end is dropped: such a request is its connection's last. Pure; fuzzed.
 */
#ifndef LIANGXIN_GATEWAY_CHUNKED_H
#define LIANGXIN_GATEWAY_CHUNKED_H

#include <stddef.h>
#include <stdint.h>

enum chunked_state {
    CHUNKED_SIZE,    /* a size begins: a digit must come */
    CHUNKED_DIGITS,  /* more of it, or CR */
    CHUNKED_SIZE_LF, /* the LF behind a size */
    CHUNKED_DATA,    /* `left` bytes of data */
    CHUNKED_DATA_CR, /* the line end behind the data */
    CHUNKED_DATA_LF,
    CHUNKED_END_CR, /* the empty line behind the size 0 */
    CHUNKED_END_LF,
    CHUNKED_DONE,
    CHUNKED_BAD, /* no such framing; for good */
};

/* All zero before the first byte. */
struct chunked {
    enum chunked_state state;
    uint32_t left;
    unsigned digits;
};

/* Takes the framing out of the next bytes, in place; how many bytes of data are left at their beginning. */
size_t chunked_decode(struct chunked *chunked, char *bytes, size_t size);

#endif
