/* SPDX-License-Identifier: Apache-2.0 */
/* Public verification of a letter by its check code. Nobody is known here: the code is all the right there is. */
#include "transfers/verification/check_code.h"
#include "transfers/transfers.h"
#include "transfers/verification/verification.h"
#include "base/banned.h"

static char *
day_to_wire(struct call *call, date_t day)
{
    char text[DATE_SIZE];

    date_format(day, text);
    return arena_text(call->arena, text);
}

status_t
handle_verify_letter(struct call *call, const VerifyRequest *in, Verification *out)
{
    struct checked_letter letter;
    char code[CHECK_CODE_SIZE];
    char number[LETTER_NUMBER_SIZE];
    char name[NAME_MASKED_SIZE];
    char at[INSTANT_SIZE];
    status_t st;

    check_code_read(in->code, code); /* what is no code is looked up as well: it takes as long */
    st = check_find(call, code, &letter);
    if (st)
        return st;
    letter_number_format(&letter.number, number);
    name_mask(letter.member, name);
    instant_format(call->now, at);
    out->state = (VerificationState)verification_of(letter.state, letter.valid_to, call->today); /* in one order */
    out->number = arena_text(call->arena, number);
    out->member_name = arena_text(call->arena, name);
    out->from_committee_name = arena_text(call->arena, letter.from_committee);
    out->to_committee_name = arena_text(call->arena, letter.to_committee);
    out->issued_on = day_to_wire(call, letter.issued_on);
    out->valid_to = day_to_wire(call, letter.valid_to);
    out->as_of = arena_text(call->arena, at);
    return OK;
}
