/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: what a letter says as one text that has no second reading, version 1: the line below, then each field of the
 * table in its order as <bytes>:<value>, (a netstring), empty ones too. Whoever has the paper can write it down. Pure.
 */
#ifndef LIANGXIN_TRANSFERS_PROOF_CANONICAL_H
#define LIANGXIN_TRANSFERS_PROOF_CANONICAL_H

#include "base/strbuf.h"

#define CANONICAL_DOMAIN "liangxin-letter/1\n"

/* name, word (in a file for liangxin-verify: word=value) */
#define CANONICAL_FIELDS(X)                                                                                            \
    X(CODE, "code") /* 校验码 without hyphens */                                                                    \
    X(NUMBER, "number")                                                                                                \
    X(NAME, "name")                                                                                                    \
    X(SEX, "sex") /* as printed */                                                                                     \
    X(AGE, "age")                                                                                                      \
    X(ETHNICITY, "ethnicity")                                                                                          \
    X(STANDING, "standing") /* full, probationary */                                                                   \
    X(IDENTITY, "identity") /* 身份证号码, whole */                                                               \
    X(FROM_BRANCH, "from_branch")                                                                                      \
    X(FROM_COMMITTEE, "from_committee")                                                                                \
    X(TO_COMMITTEE, "to_committee")                                                                                    \
    X(DUES, "dues")           /* 2026-11 */                                                                            \
    X(ISSUED_ON, "issued_on") /* 2026-11-21 */                                                                         \
    X(VALID_TO, "valid_to")                                                                                            \
    X(ISSUER, "issuer")

enum canonical_field {
#define X(name, word) CANONICAL_##name,
    CANONICAL_FIELDS(X)
#undef X
        CANONICAL_FIELD_END
};

struct canonical {
    const char *field[CANONICAL_FIELD_END]; /* NULL counts as empty */
};

void canonical_write(const struct canonical *letter, struct strbuf *buf);
const char *canonical_word(enum canonical_field field);
/* CANONICAL_FIELD_END when there is none. */
enum canonical_field canonical_find(struct slice word);

#endif
