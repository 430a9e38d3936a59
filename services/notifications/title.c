/* SPDX-License-Identifier: Apache-2.0 */
/* The words of messages: one table. Pure. */
#include "notifications/title.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/banned.h"

/* The first row that fits counts; NULL fits everything. */
static const struct {
    const char *event;
    const char *state;
    struct title title;
} letters[] = {
    { "remind", "accepted", { "党员编入支部已久，仍未报到", "A member placed in your branch has still not reported" } },
    { "escalate", "file_check", { "档案查核已超 30 天，请尽快办结", "A file check has taken more than 30 days" } },
    { "escalate", "refused_in", { "拒收的介绍信逾期，请尽快处理", "A refused letter has waited too long" } },
    { "forward", "issued", { "有转投至本党委的介绍信，请接收", "A letter was forwarded to your committee" } },
    { "correct", "issued", { "更正后的介绍信已发出，请接收", "A corrected letter is on its way to you" } },
    { "decline", "issued", { "原单位撤回未获同意，请接收介绍信", "A recall was declined; the letter awaits you" } },
    { NULL, "draft", { "转接申请草稿待提交", "A draft of a transfer waits to be submitted" } },
    { NULL, "submitted", { "有新的转接申请待支部审核", "A new transfer request waits for the branch" } },
    { NULL, "returned", { "转接申请被退回，请修改后提交", "A transfer request was returned for correction" } },
    { NULL, "agreed", { "支部已同意转出，请开具介绍信", "The branch has agreed; a letter is to be issued" } },
    { NULL, "up_review", { "有介绍信待上级换信", "A letter waits to be exchanged by your level" } },
    { NULL, "issued", { "有介绍信转入本党委，请接收", "A letter is on its way to your committee" } },
    { NULL, "recall_asked", { "原单位请求撤回介绍信，请确认", "The sender asks to recall a letter" } },
    { NULL, "received", { "已收介绍信，请将党员编入支部", "A letter was received; place the member in a branch" } },
    { NULL, "file_check", { "党员档案待查核", "A member's file is to be checked" } },
    { NULL, "accepted", { "有党员编入本支部，待其报到", "A member was placed in your branch and will report" } },
    { NULL, "reported", { "党员已报到，请寄回执", "The member has reported; send the receipt" } },
    { NULL, "receipted", { "已收到回执，请核对存根", "The receipt has come; match it to the stub" } },
    { NULL, "refused_in", { "介绍信被拒收，请更正或补开", "A letter was refused; correct it or issue another" } },
    { NULL, "expired", { "介绍信已过期，请补开或作废", "A letter has expired; issue another or void it" } },
    { NULL, "lost", { "介绍信遗失，请补开或作废", "A letter was lost; issue another or void it" } },
    { NULL, NULL, { "介绍信有新的进展", "There is news of a letter" } },
};

static bool
fits(const char *wanted, const char *given)
{
    return !wanted || strcmp(wanted, given) == 0;
}

struct title
title_of_letter(const char *event, const char *state)
{
    size_t i = 0;

    while (!fits(letters[i].event, event) || !fits(letters[i].state, state))
        i++;
    return letters[i].title;
}
