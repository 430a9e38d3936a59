/* SPDX-License-Identifier: Apache-2.0 */
/* What the other services are told (feed/v1/directory.proto): the state after the change, whole, once per version. */
#ifndef LIANGXIN_ORGANIZATIONS_EMIT_H
#define LIANGXIN_ORGANIZATIONS_EMIT_H

#include "base/date.h"
#include "io/db.h"

/* 撤销, or 合并 into another. */
struct organization_end {
    date_t on;           /* the first day without it */
    struct id successor; /* nil: none */
};

struct organization_news {
    const struct id *id;
    const char *name;
    const char *code;
    int kind;                           /* words.h */
    int form;                           /* 0: none */
    const struct id *superior;          /* nil: the root */
    date_t may_issue_from;              /* DATE_NONE: may not */
    bool removed;                       /* it is gone: the import that made it was undone */
    const struct organization_end *end; /* NULL: it stands */
    int64_t version;
};

struct member_news {
    const struct id *id;
    const struct id *person;
    const char *name;
    int standing;       /* words.h */
    const char *status; /* NULL: active; "undone": the import that made it was undone */
    const struct id *organization;
    const struct id *moved_by; /* the letter that brings the member there; NULL: no move */
    const char *duty;          /* 党内职务 in the ledger's words; NULL: none */
    date_t duty_since;         /* DATE_NONE: told with the first load */
    int64_t version;
};

/* One summary of terms that are over. */
struct terms_news {
    const struct id *id; /* of the summary */
    const struct id *organization;
    uint32_t count;
    int64_t version;
};

/* Queue the event in the transaction of its effect. */
void
emit_organization_recorded(struct db *db, struct arena *arena, const struct organization_news *news, instant_t now);
void emit_member_recorded(struct db *db, struct arena *arena, const struct member_news *news, instant_t now);
void emit_terms_over(struct db *db, struct arena *arena, const struct terms_news *news, instant_t now);

#endif
