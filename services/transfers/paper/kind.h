/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the kinds of sheets, who prints them and while the letter is in which states. Pure. */
#ifndef LIANGXIN_TRANSFERS_PAPER_KIND_H
#define LIANGXIN_TRANSFERS_PAPER_KIND_H

#include "transfers/letters/letter.h"
#include "transfers/paper/sheet.h"

struct paper_kind {
    const char *code;       /* in the database, "letter" */
    const char *title;      /* of the document: 组织关系介绍信 */
    const char *permission; /* that printing asks for */
    bool by_sender;         /* the sending committee prints it; else the receiving one */
    uint32_t states;        /* bits of enum letter_state */
    const struct sheet_box *form;
};

/* In the wire's order, from 1; 0 is as 1. */
const struct paper_kind *paper_kind_of(int wire);
/* NULL when there is none. */
const struct paper_kind *paper_kind_find(const char *code);
int paper_kind_to_wire(const struct paper_kind *kind);

bool paper_kind_allows(const struct paper_kind *kind, enum letter_state state);
bool paper_kind_covered(const struct paper_kind *kind, const struct letter_coverage *coverage);

#endif
