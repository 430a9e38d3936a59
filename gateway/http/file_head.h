/* SPDX-License-Identifier: Apache-2.0 */
/* What the head of an answer says of the file it carries. Pure but for the arena. */
#ifndef LIANGXIN_GATEWAY_FILE_HEAD_H
#define LIANGXIN_GATEWAY_FILE_HEAD_H

#include "base/arena.h"

/* The type when it is one that we serve, else "application/octet-stream": nothing that a browser would run. */
const char *file_media_type(const char *stored);
/* "attachment" with the name: as it is (RFC 8187), and in ASCII for those who know no better. */
const char *file_disposition(struct arena *arena, const char *name);

#endif
