/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the same thing in .proto, C and JSON. The C names repeat the rules of protoc-c 1.4 exactly. */
#ifndef LIANGXIN_GENERATOR_NAMES_H
#define LIANGXIN_GENERATOR_NAMES_H

#include "base/arena.h"

struct enumeration;

/* "SendUp" -> "send_up" */
char *names_snake(struct arena *arena, const char *camel);
/* "send_up" -> "SEND_UP" */
char *names_upper(struct arena *arena, const char *snake);
/* "liangxin.transfers.v1.Letter.Line" -> "Liangxin__Transfers__V1__Letter__Line" */
char *names_c_type(struct arena *arena, const char *full);
/* "liangxin.transfers.v1.Letter" -> "liangxin__transfers__v1__letter" */
char *names_c_lower(struct arena *arena, const char *full);
/* "Letter.Line" -> "LetterLine": the short C type of handlers */
char *names_short(struct arena *arena, const char *local);
/* "liangxin.transfers.v1" -> "transfers" */
char *names_folder(struct arena *arena, const char *package);
/* "liangxin/transfers/v1/transfers.proto" -> "liangxin/transfers/v1" */
char *names_dir(struct arena *arena, const char *file);
/* "liangxin/transfers/v1/transfers.proto" -> "liangxin/transfers/v1/transfers" */
char *names_stem(struct arena *arena, const char *file);

/* The prefix that the values of an enum must share: LetterState -> "LETTER_STATE_". */
char *names_enum_prefix(struct arena *arena, const struct enumeration *enumeration);
/* LETTER_STATE_UP_REVIEW -> "up_review"; NULL when the prefix is missing. */
char *names_enum_code(struct arena *arena, const struct enumeration *enumeration, const char *value);

#endif
