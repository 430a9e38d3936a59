/* SPDX-License-Identifier: Apache-2.0 */
/* A letter as a stranger sees it. Domain: pure, any thread. */
#include "transfers/verification/verification.h"

#include <string.h>

#include "base/banned.h"

static const enum verification_state told[LETTER_STATE_END] = {
    [LETTER_ISSUED] = VERIFICATION_VALID,       [LETTER_RECALL_ASKED] = VERIFICATION_VALID,
    [LETTER_RECEIVED] = VERIFICATION_RECEIVED,  [LETTER_FILE_CHECK] = VERIFICATION_RECEIVED,
    [LETTER_ACCEPTED] = VERIFICATION_RECEIVED,  [LETTER_REPORTED] = VERIFICATION_RECEIVED,
    [LETTER_RECEIPTED] = VERIFICATION_RECEIVED, [LETTER_CLOSED] = VERIFICATION_RECEIVED,
    [LETTER_REFUSED_IN] = VERIFICATION_REFUSED, [LETTER_EXPIRED] = VERIFICATION_EXPIRED,
    [LETTER_LOST] = VERIFICATION_VOID,          [LETTER_VOIDED] = VERIFICATION_VOID,
};

enum verification_state
verification_of(enum letter_state state, date_t valid_to, date_t today)
{
    bool over = valid_to != DATE_NONE && today > valid_to;

    return told[state] == VERIFICATION_VALID && over ? VERIFICATION_EXPIRED : told[state];
}

static bool
begins_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

void
name_mask(const char *name, char ret_masked[NAME_MASKED_SIZE])
{
    size_t size = 0;
    int characters = 0;

    for (; *name && size + 1 < NAME_MASKED_SIZE; name++) {
        characters += begins_character(*name);
        if (characters == 1)
            ret_masked[size++] = *name;
        else if (begins_character(*name))
            ret_masked[size++] = '*';
    }
    ret_masked[size] = '\0';
}
