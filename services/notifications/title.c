/* SPDX-License-Identifier: Apache-2.0 */
/* The words of messages: one table. Pure. */
#include "notifications/title.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

static const char *const kinds[] = {
#define X(name, number, code) [number] = (code),
    MESSAGE_KINDS(X)
#undef X
};

static const char *const purposes[] = {
#define X(name, number, code) [number] = (code),
    MESSAGE_PURPOSES(X)
#undef X
};

const char *
message_kind_code(enum message_kind kind)
{
    return kinds[kind];
}

const char *
message_purpose_code(enum message_purpose purpose)
{
    return purposes[purpose];
}

static size_t
find(const char *const *codes, size_t count, const char *code)
{
    size_t i = count - 1;

    while (i > 0 && (!code || strcmp(codes[i], code) != 0))
        i--;
    return i;
}

enum message_kind
message_kind_parse(const char *code)
{
    return (enum message_kind)find(kinds, sizeof kinds / sizeof *kinds, code);
}

enum message_purpose
message_purpose_parse(const char *code)
{
    return (enum message_purpose)find(purposes, sizeof purposes / sizeof *purposes, code);
}

/* The first row that fits counts; NULL fits everything. */
static const struct {
    enum message_kind kind;
    enum message_purpose purpose;
    const char *event;
    const char *state;
    struct title title;
} rows[] = {
#define STEP(event, state, zh, en)                                                                                     \
    {                                                                                                                  \
        MESSAGE_LETTER, MESSAGE_FOR_STEP, event, state,                                                                \
        {                                                                                                              \
            zh, en                                                                                                     \
        }                                                                                                              \
    }
#define INFORM(event, state, zh, en)                                                                                   \
    {                                                                                                                  \
        MESSAGE_LETTER, MESSAGE_FOR_INFORM, event, state,                                                              \
        {                                                                                                              \
            zh, en                                                                                                     \
        }                                                                                                              \
    }
#define OTHER(kind, purpose, event, state, zh, en)                                                                     \
    {                                                                                                                  \
        MESSAGE_##kind, MESSAGE_FOR_##purpose, event, state,                                                           \
        {                                                                                                              \
            zh, en                                                                                                     \
        }                                                                                                              \
    }
    STEP("remind", "submitted", "转接申请待审核已 5 个工作日，请尽快办理",
         "A transfer request has waited 5 working days"),
    STEP("remind", "agreed", "支部已同意 5 个工作日，请尽快开具介绍信",
         "A letter has waited 5 working days to be issued"),
    STEP("remind", "up_review", "待换信已 5 个工作日，请尽快办理", "A letter has waited 5 working days for your level"),
    STEP("remind", "issued", "介绍信有效期将至，请尽快接收",
         "A letter's validity is coming to its end; receive it soon"),
    STEP("remind", "accepted", "党员编入支部已久，仍未报到", "A member placed in your branch has still not reported"),
    STEP("remind", NULL, "有介绍信待办已久，请尽快办理", "A letter has waited for you for some time"),
    STEP("escalate", "submitted", "转接申请待审核已 10 个工作日，已告知上级",
         "A request has waited 10 working days; your level above was told"),
    STEP("escalate", "agreed", "开信已逾 10 个工作日，已告知上级",
         "A letter was not issued in 10 working days; your level above was told"),
    STEP("escalate", "up_review", "换信已逾 10 个工作日，已告知上级",
         "A review has taken 10 working days; your level above was told"),
    STEP("escalate", "file_check", "档案查核已超 30 天，请尽快办结", "A file check has taken more than 30 days"),
    STEP("escalate", "accepted", "收信已满一月，党员仍未报到",
         "A month after receipt the member has still not reported"),
    STEP("escalate", "reported", "收信已满一月，回执仍未寄出",
         "A month after receipt the receipt has still not been sent"),
    STEP("escalate", "refused_in", "拒收的介绍信逾期，请尽快处理", "A refused letter has waited too long"),
    STEP("forward", "issued", "有转投至本党委的介绍信，请接收", "A letter was forwarded to your committee"),
    STEP("correct", "issued", "更正后的介绍信已发出，请接收", "A corrected letter is on its way to you"),
    STEP("decline", "issued", "原单位撤回未获同意，请接收介绍信", "A recall was declined; the letter awaits you"),
    STEP("appeal", "up_review", "有不予转出的申诉待裁定", "An appeal against a refusal waits for your level"),
    STEP("undo", "up_review", "有更正信待审批，须两人分别同意", "A correction waits for two approvals at your level"),
    STEP("approve", "up_review", "更正信已有一人同意，待另一人审批", "A correction waits for its second approval"),
    STEP("approve", "agreed", "上级已同意转出，请开具介绍信", "The level above has agreed; a letter is to be issued"),
    STEP(NULL, "draft", "转接申请草稿待提交", "A draft of a transfer waits to be submitted"),
    STEP(NULL, "submitted", "有新的转接申请待支部审核", "A new transfer request waits for the branch"),
    STEP(NULL, "returned", "转接申请被退回，请修改后提交", "A transfer request was returned for correction"),
    STEP(NULL, "agreed", "支部已同意转出，请开具介绍信", "The branch has agreed; a letter is to be issued"),
    STEP(NULL, "up_review", "有介绍信待上级换信", "A letter waits to be exchanged by your level"),
    STEP(NULL, "issued", "有介绍信转入本党委，请接收", "A letter is on its way to your committee"),
    STEP(NULL, "recall_asked", "原单位请求撤回介绍信，请确认", "The sender asks to recall a letter"),
    STEP(NULL, "received", "已收介绍信，请将党员编入支部", "A letter was received; place the member in a branch"),
    STEP(NULL, "file_check", "党员档案待查核", "A member's file is to be checked"),
    STEP(NULL, "accepted", "有党员编入本支部，待其报到", "A member was placed in your branch and will report"),
    STEP(NULL, "reported", "党员已报到，请寄回执", "The member has reported; send the receipt"),
    STEP(NULL, "receipted", "已收到回执，请核对存根", "The receipt has come; match it to the stub"),
    STEP(NULL, "refused_in", "介绍信被拒收，请更正或补开", "A letter was refused; correct it or issue another"),
    STEP(NULL, "expired", "介绍信已过期，请补开或作废", "A letter has expired; issue another or void it"),
    STEP(NULL, "lost", "介绍信已报遗失，请补开或作废", "A letter was reported lost; issue another or void it"),
    STEP(NULL, NULL, "介绍信有新的进展", "A letter has moved on"),
    INFORM("refuse", "refused_in", "下级党委拒收介绍信，请知悉", "A committee below has refused a letter"),
    INFORM("approve", "closed", "更正信已获同意，党员关系已恢复", "A correction was approved; the member is back"),
    INFORM("record_receipt", "closed", "市外回执已登记，党员已转出本市",
           "The receipt from outside the city has come; the member has left"),
    INFORM("refuse", "refused_out", "转出申请未获同意", "A transfer request was refused"),
    INFORM("escalate", "refused_in", "拒收的介绍信逾期未处理，请督办", "A refused letter has waited too long below"),
    INFORM("escalate", "file_check", "下级档案查核超 30 天，请督办", "A file check below has taken more than 30 days"),
    INFORM("escalate", NULL, "下级介绍信逾期未办，请督办", "A letter has waited too long below"),
    INFORM("remind", "issued", "发出的介绍信有效期将至，对方尚未接收",
           "A letter you sent is coming to its end and was not received"),
    INFORM("lapse", NULL, "退回修改逾期，转接申请已取消",
           "A returned request was not corrected in time and is cancelled"),
    INFORM(NULL, "accepted", "转出的党员已编入对方支部", "The member who left was placed in the other branch"),
    INFORM(NULL, "voided", "介绍信已作废", "A letter was voided"),
    INFORM(NULL, "expired", "介绍信已过期", "A letter has expired"),
    INFORM(NULL, NULL, "介绍信有新的进展", "A letter has moved on"),
    OTHER(MOVE, STEP, NULL, NULL, "有支部间调整待党委确认", "A move between branches waits for the committee"),
    OTHER(MOVE, INFORM, NULL, "moved", "党员支部间调整已确认", "A move between branches was confirmed"),
    OTHER(MOVE, INFORM, NULL, "refused", "党员支部间调整未获同意", "A move between branches was refused"),
    OTHER(MOVE, INFORM, NULL, NULL, "支部间调整有新的进展", "A move between branches has moved on"),
    OTHER(IMPORT, STEP, NULL, NULL, "导入文件已校验，请核对后提交", "An import was checked; look at it and commit it"),
    OTHER(IMPORT, INFORM, NULL, "failed", "导入失败，请查看原因", "An import has failed; see why"),
    OTHER(IMPORT, INFORM, NULL, NULL, "导入已完成", "An import is finished"),
    OTHER(POST, INFORM, "handed_over", NULL, "任职已移交", "The post was handed over"),
    OTHER(POST, INFORM, "expired", NULL, "任职已到期", "The post has come to its end"),
    OTHER(POST, INFORM, NULL, NULL, "任职已结束", "The post has ended"),
    OTHER(TERMS, INFORM, NULL, NULL, "所辖党组织有届满未换届的，请查看名单",
          "Terms of organizations below are over; see the list"),
#undef STEP
#undef INFORM
#undef OTHER
};

static const struct title general = { "有新的消息", "There is news" };

static bool
fits(const char *wanted, const char *given)
{
    return !wanted || strcmp(wanted, given) == 0;
}

struct title
title_of(enum message_kind kind, enum message_purpose purpose, const char *event, const char *state)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == kind && rows[i].purpose == purpose && fits(rows[i].event, event) &&
            fits(rows[i].state, state))
            return rows[i].title;
    return general;
}
