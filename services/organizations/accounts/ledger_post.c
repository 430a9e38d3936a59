/* SPDX-License-Identifier: Apache-2.0 */
/* The posts that the ledger calls for. Pure. */
#include "organizations/accounts/ledger_post.h"

#include <string.h>

#include "base/banned.h"

const struct ledger_post ledger_posts[] = {
    { "committee", "committee_clerk", "clerk", "基层党委干事", false },
    { "general_branch", "branch_secretary", "secretary", "党组织书记", true },
    { "branch", "branch_secretary", "secretary", "党组织书记", true },
    { "joint_branch", "branch_secretary", "secretary", "党组织书记", true },
    { "floating_branch", "branch_secretary", "secretary", "党组织书记", true },
};
const size_t ledger_posts_count = sizeof ledger_posts / sizeof *ledger_posts;

static const struct ledger_post *
find(const char *role)
{
    for (size_t i = 0; i < ledger_posts_count; i++)
        if (strcmp(ledger_posts[i].role, role) == 0)
            return &ledger_posts[i];
    return NULL;
}

bool
ledger_post_role(const char *role)
{
    return !role[0] || find(role);
}

const char *
ledger_post_title(const char *role)
{
    const struct ledger_post *row = find(role);

    return row ? row->title : "";
}
