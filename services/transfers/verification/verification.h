/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: what a stranger is told of a letter. Pure. */
#ifndef LIANGXIN_TRANSFERS_VERIFICATION_H
#define LIANGXIN_TRANSFERS_VERIFICATION_H

#include "transfers/letters/letter.h"

/* In the wire's order. */
enum verification_state {
    VERIFICATION_UNKNOWN, /* never of an issued letter */
    VERIFICATION_VALID,
    VERIFICATION_RECEIVED,
    VERIFICATION_REFUSED,
    VERIFICATION_EXPIRED,
    VERIFICATION_VOID,
};

#define NAME_MASKED_SIZE 64 /* bytes */

/* Validity ends with its last day, whether or not a job has seen it. */
enum verification_state verification_of(enum letter_state state, date_t valid_to, date_t today);
/* The first character, and a star for each of the others: 欧阳春花 -> 欧***. Longer names end early. */
void name_mask(const char *name, char ret_masked[NAME_MASKED_SIZE]);

#endif
