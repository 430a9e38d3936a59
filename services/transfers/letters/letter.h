/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the transfer letter (组织关系介绍信), its states, events and who may do what. One closed table of steps
 * (letter.c): what it does not list cannot happen. Pure: facts in, verdict out; no clock, no database. */
#ifndef LIANGXIN_TRANSFERS_LETTER_H
#define LIANGXIN_TRANSFERS_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/id.h"

/* What a letter is for. code, Chinese; in the order of the wire's enum. */
#define LETTER_KINDS(X)                                                                                                \
    X(WITHIN, "within", "市内转接")       /* from one committee of the city to another */                              \
    X(CORRECTION, "correction", "更正信") /* undoes a finished transfer, in the opposite direction */                  \
    X(OUTWARD, "outward", "转出市外")     /* to an addressee that this city does not hold */

enum letter_kind {
#define X(name, code, chinese) LETTER_##name,
    LETTER_KINDS(X)
#undef X
        LETTER_KIND_END
};

/* Who can be asked to act on a letter. One account may be several of them: whoever stands above a party in the line
 * acts for it. */
#define LETTER_ACTORS(X)                                                                                               \
    X(APPLICANT, 0, "applicant")                     /* 申请人: the member, or the sending branch for him */        \
    X(SENDING_BRANCH, 1, "sending_branch")           /* 转出支部 */                                                \
    X(SENDING_COMMITTEE, 2, "sending_committee")     /* 转出基层党委 */                                          \
    X(UPPER, 3, "upper")                             /* 上级: strictly above the sending committee */                \
    X(RECEIVING_COMMITTEE, 4, "receiving_committee") /* 接收基层党委 */                                          \
    X(RECEIVING_BRANCH, 5, "receiving_branch")       /* 接收支部 */                                                \
    X(SYSTEM, 6, "system")                           /* a job, or what follows from another service's event */         \
    X(ABOVE_BOTH, 7, "above_both")                   /* 共同上级: strictly above both committees */

enum letter_actor {
#define X(name, bit, code) ACTOR_##name = 1 << bit,
    LETTER_ACTORS(X)
#undef X
};

/* name, code, Chinese, does the letter hold the member (states before accepted), whose turn it is (0: nobody's; where
 * a kind differs: letter_turn). In the order of the wire's enum. */
#define LETTER_STATES(X)                                                                                               \
    X(DRAFT, "draft", "草稿", true, ACTOR_SENDING_BRANCH)                                                              \
    X(SUBMITTED, "submitted", "已申请", true, ACTOR_SENDING_BRANCH)                                                    \
    X(RETURNED, "returned", "返回修改", true, ACTOR_SENDING_BRANCH)                                                    \
    X(AGREED, "agreed", "支部同意", true, ACTOR_SENDING_COMMITTEE)                                                     \
    X(UP_REVIEW, "up_review", "上级换信", true, ACTOR_UPPER)                                                           \
    X(ISSUED, "issued", "在途", true, ACTOR_RECEIVING_COMMITTEE)                                                       \
    X(RECALL_ASKED, "recall_asked", "请求撤回", true, ACTOR_RECEIVING_COMMITTEE)                                       \
    X(RECEIVED, "received", "基层党委已收", true, ACTOR_RECEIVING_COMMITTEE)                                           \
    X(FILE_CHECK, "file_check", "查核档案", true, ACTOR_RECEIVING_COMMITTEE)                                           \
    X(ACCEPTED, "accepted", "编入支部", false, ACTOR_RECEIVING_BRANCH)                                                 \
    X(REPORTED, "reported", "已报到", false, ACTOR_RECEIVING_COMMITTEE)                                                \
    X(RECEIPTED, "receipted", "已寄回执", false, ACTOR_SENDING_COMMITTEE)                                              \
    X(REFUSED_IN, "refused_in", "拒收", true, ACTOR_SENDING_COMMITTEE)                                                 \
    X(EXPIRED, "expired", "过期", true, ACTOR_SENDING_COMMITTEE)                                                       \
    X(LOST, "lost", "遗失", true, ACTOR_SENDING_COMMITTEE)                                                             \
    X(CLOSED, "closed", "办结", false, 0)                                                                              \
    X(CANCELLED, "cancelled", "取消", false, 0)                                                                        \
    X(WITHDRAWN, "withdrawn", "本人撤回", false, 0)                                                                    \
    X(REFUSED_OUT, "refused_out", "不予转出", false, 0)                                                                \
    X(VOIDED, "voided", "作废", false, 0)

enum letter_state {
    LETTER_NONE,
#define X(name, code, chinese, holds, turn) LETTER_##name,
    LETTER_STATES(X)
#undef X
        LETTER_STATE_END
};

/* name, code (of rpc, path and event), Chinese, permission of the method that asks for it (NULL: nobody can ask). */
#define LETTER_EVENTS(X)                                                                                               \
    X(SUBMIT, "submit", "提交", "letter.draft")                                                                        \
    X(CANCEL, "cancel", "取消", "letter.draft")                                                                        \
    X(PURGE, "purge", "清理草稿", NULL)                                                                                \
    X(LAPSE, "lapse", "逾期自动取消", NULL)                                                                            \
    X(AGREE, "agree", "支部同意", "letter.agree")                                                                      \
    X(RETURN, "return", "退回修改", "letter.agree")                                                                    \
    X(REFUSE, "refuse", "拒绝", "letter.agree")                                                                        \
    X(WITHDRAW, "withdraw", "撤回", "letter.draft")                                                                    \
    X(ISSUE, "issue", "开具", "letter.issue")                                                                          \
    X(SEND_UP, "send_up", "报上级换信", "letter.issue")                                                                \
    X(DELIVER, "deliver", "交付", "letter.agree")                                                                      \
    X(OPEN, "open", "查收", "letter.receive")                                                                          \
    X(RECEIVE, "receive", "接收", "letter.receive")                                                                    \
    X(FORWARD, "forward", "转投", "letter.receive")                                                                    \
    X(RECALL, "recall", "请求撤回", "letter.issue")                                                                    \
    X(CONFIRM, "confirm", "同意撤回", "letter.receive")                                                                \
    X(DECLINE, "decline", "不同意撤回", "letter.receive")                                                              \
    X(EXPIRE, "expire", "过期", NULL)                                                                                  \
    X(REPORT_LOST, "report_lost", "报失", "letter.draft")                                                              \
    X(START_FILE_CHECK, "start_file_check", "查核档案", "letter.receive")                                              \
    X(ASSIGN, "assign", "编入支部", "letter.receive")                                                                  \
    X(ESCALATE, "escalate", "上报督办", NULL)                                                                          \
    X(REPORT, "report", "报到", "letter.report")                                                                       \
    X(REMIND, "remind", "提醒", NULL)                                                                                  \
    X(SEND_RECEIPT, "send_receipt", "寄回执", "letter.receive")                                                        \
    X(MATCH_STUB, "match_stub", "回执贴存根", "letter.issue")                                                          \
    X(CORRECT, "correct", "更正", "letter.issue")                                                                      \
    X(REISSUE, "reissue", "补开", "letter.issue")                                                                      \
    X(VOID, "void", "作废", "letter.void")                                                                             \
    X(APPEAL, "appeal", "申诉", "letter.draft")                                                                        \
    X(UNDO, "undo", "申请更正", "letter.issue")                                                                        \
    X(APPROVE, "approve", "上级同意", "letter.void")                                                                   \
    X(RECORD_RECEIPT, "record_receipt", "登记回执", "letter.issue")

enum letter_event {
#define X(name, code, chinese, permission) EVENT_##name,
    LETTER_EVENTS(X)
#undef X
        LETTER_EVENT_END
};

/* Why a member moves (转接原因) and why a letter is not accepted (拒收理由): closed lists, in the wire's order. */
#define TRANSFER_REASONS(X)                                                                                            \
    X(WORK_UNIT_CHANGED, "work_unit_changed")                                                                          \
    X(RESIDENCE_CHANGED, "residence_changed")                                                                          \
    X(AWAY_SIX_MONTHS, "away_six_months")                                                                              \
    X(RETIRED, "retired")                                                                                              \
    X(OTHER, "other")

#define REFUSAL_REASONS(X)                                                                                             \
    X(WRONG_ADDRESSEE, "wrong_addressee")                                                                              \
    X(IDENTITY_MISMATCH, "identity_mismatch")                                                                          \
    X(DUPLICATE, "duplicate")                                                                                          \
    X(CONDITION_NOT_MET, "condition_not_met")                                                                          \
    X(UNFINISHED_CASE, "unfinished_case")                                                                              \
    X(MATERIAL_MISSING, "material_missing")                                                                            \
    X(NOT_LEAVING, "not_leaving")

/* What a step asks for and what it brings about. */
enum letter_flag {
    STEP_NEEDS_REASON = 1 << 0,   /* words from the actor */
    STEP_NEEDS_DUES = 1 << 1,     /* 党费交至 must be known */
    STEP_IN_VALIDITY = 1 << 2,    /* not after valid_to */
    STEP_AFTER_VALIDITY = 1 << 3, /* only after valid_to */
    STEP_ALLOTS_NUMBER = 1 << 4,  /* a new number of the issuing committee's year */
    STEP_MOVES_MEMBER = 1 << 5,   /* the member changes organization: at this step and no other */
    STEP_VOIDS_UNOPENED = 1 << 6, /* next is voided when the addressee has not opened the letter */
    STEP_OPENS = 1 << 7,          /* the addressee has seen it */
    STEP_TWO_APPROVERS = 1 << 8,  /* next is for the second of two accounts; the first is remembered, same state */
    STEP_MEMBER_LEAVES = 1 << 9,  /* the member leaves the city: at this step and no other */
};

/* A row of the table. */
struct letter_step {
    enum letter_state from;
    enum letter_event event;
    enum letter_state next;
    unsigned actors; /* any of these may */
    unsigned flags;
    unsigned kinds; /* of letters that know it: bits 1 << enum letter_kind */
};

/* The number on the letter: gapless and never reused within issuing committee and year. */
struct letter_number {
    struct id committee;
    int year; /* 0: no number yet */
    int64_t serial;
};

/* 回执 of an addressee outside the city, as it came back on paper. */
struct letter_receipt {
    const char *number; /* NULL: none yet */
    date_t on;
};

#define LETTER_NUMBER_SIZE 28 /* "2026-000001" and NUL, with room for any serial */
#define LETTER_MONTH_NONE  INT32_MIN

struct letter {
    struct id id;
    int64_t version;
    enum letter_kind kind;
    enum letter_state state;
    instant_t state_since;
    struct id member;
    struct id person;
    const char *reason; /* code of TRANSFER_REASONS */
    struct id from_branch;
    struct id from_committee;
    struct id to_committee;   /* nil: the addressee is outside the city */
    const char *outside_name; /* of that addressee; NULL: there is none */
    struct id to_branch;      /* nil before accepted */
    month_t dues_paid_to;     /* 党费交至; LETTER_MONTH_NONE: not stated yet */
    struct letter_number number;
    date_t issued_on;      /* DATE_NONE before issue */
    date_t valid_to;       /* the last day on which it is valid */
    bool opened;           /* the addressee has seen it */
    struct id replaces;    /* the letter this one re-issues, appeals against or undoes, or nil */
    struct id approver;    /* the account that approved first, where it takes two; nil: none yet */
    instant_t received_at; /* 0 before the committee received it */
    struct letter_receipt receipt;
    instant_t created_at;
};

/* How the acting account stands to a letter's parties: its organization is that party or above it in the line. */
struct letter_coverage {
    bool self; /* the account is the member's own */
    bool from_branch;
    bool from_committee;
    bool above_from_committee;
    bool to_committee;
    bool above_to_committee;
    bool to_branch;
};

struct letter_attempt {
    enum letter_event event;
    unsigned actors;          /* what the account can be */
    const struct id *account; /* NULL: the system */
    bool reasoned;            /* it gave a reason */
    date_t today;
};

enum letter_verdict {
    LETTER_MAY,
    LETTER_STATE_FORBIDS,
    LETTER_NOT_YOUR_STEP,
    LETTER_REASON_REQUIRED,
    LETTER_DUES_UNKNOWN,
    LETTER_VALIDITY_OVER,
    LETTER_SAME_APPROVER, /* it takes two accounts, and this one has approved */
};

/* The whole table, for tests and for whoever draws it. */
extern const struct letter_step letter_steps[];
extern const size_t letter_steps_count;

/* NULL when a letter of this kind does not know the event in this state. */
const struct letter_step *letter_step_of(enum letter_kind kind, enum letter_state state, enum letter_event event);

const char *letter_kind_code(enum letter_kind kind);
/* LETTER_KIND_END when there is no such code. */
enum letter_kind letter_kind_parse(const char *code);

const char *letter_state_code(enum letter_state state);
const char *letter_state_chinese(enum letter_state state);
/* LETTER_NONE when there is no such code. */
enum letter_state letter_state_parse(const char *code);
/* The member has this letter under way and may have no other. */
bool letter_holds_member(enum letter_state state);
bool letter_is_terminal(enum letter_state state);
/* Whose turn it is in this state of such a letter; 0: nobody's. */
unsigned letter_turn(enum letter_kind kind, enum letter_state state);

/* On its way to outside the city: nothing can be done until the receipt comes back. */
bool letter_is_away(const struct letter *letter);

/* Months of dues after 党费交至 and before this one; 0 when it is not stated. */
uint32_t letter_months_behind(const struct letter *letter, date_t today);

const char *letter_event_code(enum letter_event event);
const char *letter_event_chinese(enum letter_event event);
/* NULL: no account can ask for it. */
const char *letter_event_permission(enum letter_event event);

unsigned letter_actors(const struct letter_coverage *coverage);

/* Could these actors do this now, given all that the step asks for? On LETTER_MAY *ret_step is the row that says so. */
enum letter_verdict
letter_allows(const struct letter *letter, const struct letter_attempt *attempt, const struct letter_step **ret_step);
/* The same for an attempt that is being made: reason and dues are asked for too. What the attempt states (the month of
 * dues) stands in the letter already. */
enum letter_verdict
letter_may(const struct letter *letter, const struct letter_attempt *attempt, const struct letter_step **ret_step);
/* Takes the step: state, version, moment. Where it takes two approvers, `letter->approver` is set by whoever is the
 * first behind this. */
void letter_take(struct letter *letter, const struct letter_step *step, instant_t at);

/* Sets number and validity of a letter that is being issued; valid `days` days after `today`. */
void letter_number_it(struct letter *letter, struct letter_number number, date_t today, int64_t days);
/* "2026-000001"; empty without a number. */
void letter_number_format(const struct letter_number *number, char ret_text[LETTER_NUMBER_SIZE]);

#endif
