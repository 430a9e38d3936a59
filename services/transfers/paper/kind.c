/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: kinds of sheets as a table. Pure. */
#include "transfers/paper/kind.h"
#include "base/banned.h"

#define BIT(state) (1u << LETTER_##state)

static const struct paper_kind kinds[] = {
    { "letter", "组织关系介绍信", "letter.issue", true,
      BIT(ISSUED) | BIT(RECALL_ASKED) | BIT(RECEIVED) | BIT(FILE_CHECK) | BIT(ACCEPTED) | BIT(REPORTED) |
          BIT(RECEIPTED) | BIT(CLOSED),
      sheet_letter },
    { "receipt", "组织关系介绍信回执", "letter.receive", false,
      BIT(ACCEPTED) | BIT(REPORTED) | BIT(RECEIPTED) | BIT(CLOSED), sheet_receipt },
    { "certificate", "党员证明信", "letter.issue", true,
      BIT(ISSUED) | BIT(RECALL_ASKED) | BIT(RECEIVED) | BIT(FILE_CHECK) | BIT(REFUSED_IN) | BIT(EXPIRED) | BIT(LOST),
      sheet_certificate },
};

#define KINDS (int)(sizeof kinds / sizeof *kinds)

const struct paper_kind *
paper_kind_of(int wire)
{
    return wire >= 1 && wire <= KINDS ? &kinds[wire - 1] : &kinds[0];
}

const struct paper_kind *
paper_kind_find(const char *code)
{
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].code, code) == 0)
            return &kinds[i];
    return NULL;
}

int
paper_kind_to_wire(const struct paper_kind *kind)
{
    return (int)(kind - kinds) + 1;
}

bool
paper_kind_allows(const struct paper_kind *kind, enum letter_state state)
{
    return kind->states >> state & 1;
}

bool
paper_kind_covered(const struct paper_kind *kind, const struct letter_coverage *coverage)
{
    return kind->by_sender ? coverage->from_committee : coverage->to_committee;
}
