/* SPDX-License-Identifier: Apache-2.0 */
/* Which account the ledger of organizations calls for, by the kind of organization. A name is the organization's code
 * in lower case and the post's word, "jc-0012-secretary": it can be read aloud, needs no pinyin, and says nothing of
 * the person. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_LEDGER_POST_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_LEDGER_POST_H

#include <stdbool.h>
#include <stddef.h>

struct ledger_post {
    const char *kind; /* 组织类型 */
    const char *role;
    const char *word;  /* in the account's name */
    const char *title; /* on the slip */
    bool by_person;    /* only for the secretary (书记) whom the ledger names */
};

extern const struct ledger_post ledger_posts[];
extern const size_t ledger_posts_count;

/* Is there a row with this role? "" is any. */
bool ledger_post_role(const char *role);
/* What the slip calls the role. */
const char *ledger_post_title(const char *role);

#endif
