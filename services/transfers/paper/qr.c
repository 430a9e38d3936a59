/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes by libqrencode. Any thread. */
#include "transfers/paper/qr.h"

#include <qrencode.h>

#include "base/banned.h"

bool
qr_make(struct arena *arena, const char *text, struct qr *ret_qr)
{
    size_t size = strlen(text);
    QRcode *code;
    bool *dark;
    int cells;

    if (!size || size > QR_TEXT_LIMIT)
        return false;
    code = QRcode_encodeData((int)size, (const unsigned char *)text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    cells = code->width * code->width;
    dark = arena_array(arena, (size_t)cells, sizeof *dark);
    for (int i = 0; i < cells; i++)
        dark[i] = code->data[i] & 1;
    *ret_qr = (struct qr){ .width = code->width, .dark = dark };
    QRcode_free(code);
    return ret_qr->width <= QR_WIDTH_LIMIT;
}
