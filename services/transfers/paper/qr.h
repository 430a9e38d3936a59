/* SPDX-License-Identifier: Apache-2.0 */
/* A QR code as a square of dark and light modules (libqrencode; level M, bytes as they are). */
#ifndef LIANGXIN_TRANSFERS_PAPER_QR_H
#define LIANGXIN_TRANSFERS_PAPER_QR_H

#include "base/arena.h"

#define QR_TEXT_LIMIT  300 /* bytes */
#define QR_WIDTH_LIMIT 69  /* modules: what an office's printer and a telephone can still do on 40 mm */

struct qr {
    int width;        /* modules of a side */
    const bool *dark; /* width * width, row by row */
};

/* False when the text is over a limit. */
bool qr_make(struct arena *arena, const char *text, struct qr *ret_qr);

#endif
