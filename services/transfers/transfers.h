/* SPDX-License-Identifier: Apache-2.0 */
/* Private to the transfers service: what its files share, grouped by the file that defines it. */
#ifndef LIANGXIN_TRANSFERS_TRANSFERS_H
#define LIANGXIN_TRANSFERS_TRANSFERS_H

#include <liangxin/transfers/v1/transfers.handlers.h>

#include "io/seal.h"
#include "rpc/call.h"
#include "transfers/letters/draft.h"
#include "transfers/clocks/expectation.h"
#include "transfers/moves/inner_move.h"

/* Reminds of a letter on its way: at `percent` of its validity, or `days` before its end; both 0: never. */
struct letter_reminder {
    const char *name; /* stays with what it has done; never changes */
    int64_t percent;
    int64_t days;
};

#define TRANSFERS_REMINDERS 3

/* Set at start and does not change (call->state). */
struct transfers_state {
    struct seal_ring keys;         /* of identity numbers and telephones in issued letters */
    int64_t validity_days;         /* of a letter whose issuer says nothing else */
    int64_t validity_days_outside; /* the same, to an addressee outside the city */
    const char *public_url;        /* beginning of the address under which letters are verified */
    struct letter_reminder reminders[TRANSFERS_REMINDERS];
};

/* For whom a statement is run. A clerk sees letters with a party in his organization's line; a member his own. */
struct viewer {
    const struct id *scope;
    const struct id *person; /* NULL: a clerk */
};

struct letter_names {
    const char *member;
    const char *from_branch;
    const char *from_committee;
    const char *to_committee;
    const char *to_branch;
};

/* A letter as one viewer sees it. Texts live in the call's arena. */
struct letter_view {
    struct letter letter;
    struct letter_names names;
    struct letter_coverage coverage;
    const char *check_code; /* as stored; NULL before issue */
    struct id upper;        /* who decides above; nil: none. A correction's: the nearest above both committees */
    struct id to_upper;     /* superior of the receiving committee; nil: none */
};

/* What has happened to a letter, for history and news. */
struct letter_deed {
    enum letter_event event;
    const char *name;          /* of the event; "draft" when the letter is new */
    const char *note;          /* or "" */
    const char *refusal;       /* code of REFUSAL_REASONS, or NULL */
    const struct actor *actor; /* NULL: the system */
    instant_t at;
};

/* A move inside one committee, with the names it is shown by. */
struct inner_move {
    struct id id;
    int64_t version;
    enum inner_move_state state;
    struct id member;
    struct id from_branch;
    struct id to_branch;
    struct id committee; /* who confirms */
    const char *note;
    instant_t created_at;
    const char *member_name;
    const char *from_branch_name;
    const char *to_branch_name;
};

struct organization_facts {
    struct id id;
    const char *name;
    bool may_issue; /* 预备党员审批权 today */
    bool dissolved; /* 撤销 */
};

struct branch_facts {
    struct id id;
    const char *name;
    bool dissolved;       /* 撤销 */
    bool takes_members;   /* it is a branch (支部), not a committee or general branch */
    bool below_committee; /* in the line of the committee asked about */
    bool covered;         /* in the viewer's line */
};

/* What the letter says on paper (services and migrations: letter_content_history). */
struct letter_content {
    struct id member;
    struct id organization; /* where the member belongs now */
    int64_t version;        /* of the member, at organizations */
    const char *name;
    const char *sex;
    const char *ethnicity;
    const char *standing;
    date_t born_on;
    struct slice identity;  /* sealed */
    struct slice telephone; /* sealed; no data: none */
    const char *issuer_telephone;
};

/* --- store_letter.c ------------------------------------------------------------------------------------------------
 */

struct viewer viewer_of(const struct call *call);
/* NOT_FOUND when the viewer may not see it. */
status_t letter_find(struct call *call, const struct id *id, struct letter_view *ret_view);
/* The same, the row locked until the transaction ends. */
status_t letter_lock(struct call *call, const struct id *id, struct letter_view *ret_view);
/* The open letter of a member, locked, for whoever acts for the system. NOT_FOUND when he has none. Without coverage.
 */
status_t letter_lock_open(struct db *db, struct arena *arena, const struct id *member, struct letter_view *ret_view);
/* Queued. The row comes with its parties; the open letter of a member is unique, see letter_insert_problem. */
void letter_insert(struct db *db, const struct letter *letter);
void letter_update(struct db *db, const struct letter *letter);
/* From which branch this letter's predecessor took the member. */
status_t letter_origin(struct call *call, const struct letter *letter, struct id *ret_branch);
void letter_add_party(struct db *db, const struct id *letter, const struct id *organization);

/* --- store_check.c -------------------------------------------------------------------------------------------------
 */

/* What a stranger with the code may be told, before it is masked. */
struct checked_letter {
    enum letter_state state;
    struct letter_number number;
    date_t issued_on;
    date_t valid_to;
    const char *member;
    const char *from_committee;
    const char *to_committee;
};

void check_add(struct db *db, const struct id *letter, const char *code); /* queued */
/* NOT_FOUND when no letter has this code. */
status_t check_find(struct call *call, const char *code, struct checked_letter *ret_letter);

/* --- store_clock.c -------------------------------------------------------------------------------------------------
 */

status_t calendar_read(struct db *db, struct arena *arena, struct workday_calendar *ret_calendar);
/* Up to `limit` letters whose validity is over. Locked; those that somebody else works on are skipped. */
status_t letters_claim_expired(struct db *db, struct arena *arena, date_t today, int limit,
                               struct letter_view **ret_views, int *ret_count);
/* The same for a clock that began on `begun_by` or before: each such letter once, whoever asks. */
status_t letters_claim_overdue(struct db *db, struct arena *arena, const struct letter_clock *clock, date_t begun_by,
                               instant_t now, int limit, struct letter_view **ret_views, int *ret_count);

/* Letters on their way of which `reminder` is due, each once for its issue, whoever asks. */
status_t letters_claim_reminded(struct db *db, struct arena *arena, const struct letter_reminder *reminder,
                                instant_t now, int limit, struct letter_view **ret_views, int *ret_count);

/* --- store_list.c --------------------------------------------------------------------------------------------------
 */

struct letter_query {
    enum letter_state state; /* LETTER_NONE: any */
    const struct id *member; /* NULL: any */
    struct id before;        /* letters older than this one */
    int limit;
};

status_t
letters_list(struct call *call, const struct letter_query *query, struct letter_view **ret_views, int *ret_count);

/* --- store_work.c --------------------------------------------------------------------------------------------------
 */

struct work_rules;
/* Newest first, older than `before`. Without coverage. */
status_t work_list(struct call *call, const struct work_rules *rules, const struct id *before, int limit,
                   struct letter_view **ret_views, int *ret_count);
/* Stops at 1000. */
status_t work_count(struct call *call, const struct work_rules *rules, uint32_t *ret_count);

/* --- store_statistics.c --------------------------------------------------------------------------------------------
 */

/* NOT_FOUND when the organization lies outside the actor's scope. */
status_t
statistics_read(struct call *call, const struct id *organization, instant_t from, instant_t until, Statistics *out);

/* --- store_history.c -----------------------------------------------------------------------------------------------
 */

void history_add(struct db *db, const struct letter *letter, const struct letter_deed *deed);
/* The steps of a letter, oldest first, straight into the answer. NOT_FOUND when the viewer may not see the letter. */
status_t history_read(struct call *call, const struct id *letter, Timeline *out);

/* --- stale.c -------------------------------------------------------------------------------------------------------
 */

/* STALE, with what has changed since, unless the actor has seen the letter's present version. */
status_t letter_expect_seen(struct call *call, const struct letter_view *view);

/* --- store_directory.c ---------------------------------------------------------------------------------------------
 */

/* NOT_FOUND unless the member is within the actor's scope. The member's row is locked. `receiver` NULL: outside the
 * city. */
status_t
draft_facts_lock(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts);
/* The same, nothing locked: for prepare steps. */
status_t
draft_facts_read(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts);
/* The member of a letter that has ended, his row locked; `sender`: the committee that would send him anew. */
status_t again_facts_lock(struct call *call, const struct letter *letter, const struct id *sender,
                          struct again_facts *ret_facts);
status_t organization_find(struct call *call, const struct id *id, struct organization_facts *ret_facts);
status_t
branch_find(struct call *call, const struct id *id, const struct id *committee, struct branch_facts *ret_facts);
/* Is what organizations told of the member (its version) not what we know, because one of us has yet to hear the
 * other's news? */
status_t member_lags(struct call *call, const struct id *member, int64_t told_version, bool *ret_lags);
/* Queued: our own copy of the member belongs there now, by this letter or move; older news of organizations changes
 * that no more. */
void member_place(struct db *db, const struct id *member, const struct id *organization, const struct id *letter);
/* Queued: the same of a member who has left the city by this letter. */
void member_depart(struct db *db, const struct id *member, const struct id *letter);

/* --- store_content.c -----------------------------------------------------------------------------------------------
 */

/* Queued: what the letter says from this version on. */
void content_add(struct call *call, const struct letter_view *view, const struct letter_content *content,
                 const struct organization_facts *issuer);
/* Queued: the same words to another addressee. */
void content_readdress(struct db *db, const struct letter_view *view);
/* The next number; locks the counter until the transaction ends, so ask last. */
status_t number_take(struct call *call, const struct id *committee, int year, struct letter_number *ret_number);

/* The last number of the year, its row locked until the transaction ends. */
status_t counter_lock(struct call *call, const struct id *committee, int year, int64_t *ret_last);
/* The last number used before this system began. STATE_FORBIDS once a letter of the year has its number here. */
status_t counter_set(struct call *call, const struct id *committee, int year, int64_t last, int64_t *ret_before);

/* --- store_move.c --------------------------------------------------------------------------------------------------
 */

/* NOT_FOUND when no side of it is within the actor's scope; *ret_decides: the committee is. */
status_t move_lock(struct call *call, const struct id *id, struct inner_move *ret_move, bool *ret_decides);
/* Fills version, state and names. */
status_t move_insert(struct call *call, struct inner_move *move);
/* The member's move that is asked for becomes refused; without names. NOT_FOUND when there is none. */
status_t move_refuse_asked(struct db *db, struct arena *arena, const struct id *member, instant_t now,
                           struct inner_move *ret_move);
void move_decide(struct call *call, const struct inner_move *move); /* queued */
status_t moves_list(struct call *call, const struct id *before, enum inner_move_state state, int limit,
                    struct inner_move **ret_moves, int *ret_count);

/* --- step.c: facts, judgement, effect, news of one step --------------------------------------------------------------
 */

struct step {
    /* set by the handler */
    enum letter_event event;
    const char *note;
    const char *refusal;         /* or NULL */
    const month_t *dues_paid_to; /* stated in this step, or NULL */
    /* set by step_begin */
    struct letter_view view;
    struct slice before; /* image of the row, for the audit */
};

/* Facts and judgement: the row is locked, its version held against If-Match, the step allowed. */
status_t step_begin(struct call *call, const char *letter_id, struct step *step);
/* Effect and news, all queued. */
void step_take(struct call *call, struct step *step);
/* Both, with the letter as answer: for steps that ask for nothing more. */
status_t step_run(struct call *call, const char *letter_id, struct step *step, Letter *out);
/* May the actor take this step on a letter that is only read? For prepare steps. */
bool step_would_pass(struct call *call, const struct letter_view *view, enum letter_event event);
/* A new letter with its history, audit row and news; `deed` names what made it. */
status_t letter_create(struct call *call, const struct letter *letter, const struct letter_deed *deed,
                       struct letter_view *ret_view);
/* A row as text that changes when the row does. */
struct slice letter_image(struct arena *arena, const struct letter *letter);

/* --- emit.c --------------------------------------------------------------------------------------------------------
 */

/* Whose step is next and the role there that does it; NULL: nobody's. */
const struct id *letter_next(const struct letter_view *view, const char **ret_role);
/* A move tells in the words of letters: open while it is asked for, and at its confirmation the member moves. */
void
emit_move_changed(struct db *db, struct arena *arena, const struct inner_move *move, const char *event, instant_t at);
/* `effects`: STEP_MOVES_MEMBER, STEP_MEMBER_LEAVES: what this step does to the member. */
void emit_letter_changed(struct db *db, struct arena *arena, const struct letter_view *view,
                         const struct letter_deed *deed, unsigned effects);

/* --- wire.c --------------------------------------------------------------------------------------------------------
 */

/* Fields of the format uuid are checked before a handler sees them. */
struct id id_of(const char *text);
void letter_to_wire(struct call *call, const struct letter_view *view, Letter *out);
Expectation *
expectation_to_wire(struct call *call, const struct letter_view *view, const struct workday_calendar *calendar);
LetterState state_to_wire(enum letter_state state);
enum letter_state state_of_wire(LetterState state);
/* Codes of the closed lists; NULL for a value that is none of theirs. */
const char *reason_of_wire(TransferReason reason);
const char *refusal_of_wire(RefusalReason reason);
RefusalReason refusal_to_wire(const char *code);

/* --- handle_draft.c: for all that begins a letter -------------------------------------------------------------------
 */

/* Facts, the member's row locked, and the judgement on them. */
status_t
draft_judge(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts);
struct letter
draft_letter(const struct call *call, const struct draft_facts *facts, const struct id *member, const char *reason);

/* --- handle_amend.c ------------------------------------------------------------------------------------------------
 */

/* A new letter with the old one's facts, which names it; agreed, without number, validity and content. */
struct letter successor_of(const struct call *call, const struct letter *old);

/* --- handle_issue.c, job_expire.c ----------------------------------------------------------------------------------
 */

/* What a letter says of the member, asked of organizations and sealed; never inside the transaction. */
status_t letter_content_ask(struct call *call, const struct id *member, const struct id *letter,
                            struct letter_content *ret_content);
/* Does the member belong where we think? MEMBER_BEHIND (try again) when one copy has yet to hear of the other's news,
 * else MEMBER_NOT_ACTIVE. */
status_t letter_content_fits(struct call *call, const struct letter_content *content, const struct id *member,
                             const struct id *branch);
status_t prepare_enter_paper(struct call *call, const ProtobufCMessage *in);
status_t prepare_issue(struct call *call, const ProtobufCMessage *in);

/* --- handle_letter_moves.c ------------------------------------------------------------------------------------------
 */

status_t prepare_get_letter_moves(struct call *call, const ProtobufCMessage *in);

struct job_context;
status_t job_expire(struct job_context *job, bool *ret_more);

#endif
