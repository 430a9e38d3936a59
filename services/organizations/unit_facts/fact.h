/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: a field of the five-clear ledger (五清台账): how its values are read, and what follows when a source says
 * something of it. Which fields there are is data (table unit_field). Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_FACT_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_FACT_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word fact_kinds[];
extern const struct word fact_sources[];

enum fact_kind { FACT_TEXT = 1, FACT_COUNT, FACT_FEN, FACT_YES_NO, FACT_WORD };
enum fact_source { SOURCE_UNIT = 1, SOURCE_INSTRUCTOR, SOURCE_STREET, SOURCE_REGISTRATION };

struct fact_field {
    const char *name;
    const char *group;
    enum fact_kind kind;
    int64_t most;      /* characters, or the greatest number; 0: no limit of its own */
    const char *words; /* of FACT_WORD: "|large|small|" */
    bool required;     /* it cannot be taken away */
    bool in_ledger;    /* it stands in the ledger of units as well */
    bool counted;      /* never typed */
};

/* What is held of a field; value NULL: nothing. */
struct held_fact {
    const char *value;
    date_t as_of; /* DATE_NONE: nobody has said anything */
    int source;   /* enum fact_source; 0: likewise */
};

enum fact_outcome {
    FACT_SAME,     /* it is so */
    FACT_WRITTEN,  /* it holds from now on */
    FACT_CONFLICT, /* another source says otherwise, or the speaker may only propose: somebody decides */
};

/* The value as it is kept; NULL: taken away. The problem names `pointer`. */
status_t fact_read(struct arena *arena, const struct fact_field *field, const char *text, const char *pointer,
                   const char **ret_value);
enum fact_outcome fact_judge(const struct held_fact *held, const char *offered, enum fact_source source, bool proposes);
/* A fact is of today or earlier, and no older than what it takes the place of. */
bool fact_day_is_good(const struct held_fact *held, date_t as_of, date_t today);

#endif
