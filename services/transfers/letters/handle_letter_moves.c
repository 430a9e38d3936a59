/* SPDX-License-Identifier: Apache-2.0 */
/* What goes with a member, shown to his letter's parties before he is accepted. Whoever keeps it is asked before the
 * handler runs, each for a short time, so that one who is away holds nothing up. The worker's thread. */
#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/dues/v1/dues.pb-c.h>
#include <liangxin/organizations/v1/documents.pb-c.h>
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/training/v1/training.facts.h>
#include <liangxin/training/v1/training.pb-c.h>

#include "rpc/client.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define ASK_MS 800

typedef Liangxin__Dues__V1__Base Base;
typedef Liangxin__Training__V1__Plan Plan;
typedef Liangxin__Organizations__V1__PaperCount PaperCount;

/* An answer; `known` without one: he has nothing there. */
struct told {
    bool known;
    const ProtobufCMessage *answer;
};

struct told_moves {
    struct told dues;
    struct told training;
    struct told papers;
};

static struct told
ask(struct call *call, const struct rpc_method *method, const ProtobufCMessage *question)
{
    struct rpc_options options = { .budget_ms = ASK_MS, .trace = call->request->trace };
    ProtobufCMessage *reply = NULL;
    status_t st = rpc_call(call->client, call->arena, method, question, &options, &reply);

    return (struct told){ .known = !st || status_is(st, PROBLEM_NOT_FOUND), .answer = st ? NULL : reply };
}

static void
ask_all(struct call *call, const struct id *member, struct told_moves *ret_told)
{
    Liangxin__Dues__V1__GetBaseRequest base = LIANGXIN__DUES__V1__GET_BASE_REQUEST__INIT;
    Liangxin__Training__V1__GetPlanRequest plan = LIANGXIN__TRAINING__V1__GET_PLAN_REQUEST__INIT;
    Liangxin__Organizations__V1__CountPapersRequest papers = LIANGXIN__ORGANIZATIONS__V1__COUNT_PAPERS_REQUEST__INIT;
    char id[ID_SIZE];

    id_format(member, id);
    base.member_id = plan.member_id = papers.member_id = id;
    ret_told->dues = ask(call, &dues_get_base, &base.base);
    ret_told->training = ask(call, &training_get_plan, &plan.base);
    ret_told->papers = ask(call, &organizations_count_papers, &papers.base);
}

/* Nobody is asked about the member of a letter that the actor may not see, or that holds nobody any more. */
status_t
prepare_get_letter_moves(struct call *call, const ProtobufCMessage *message)
{
    const LetterId *in = (const LetterId *)message;
    struct id id = id_of(in->id);
    struct letter_view view;
    status_t st;

    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (!st)
        st = letter_find(call, &id, &view);
    if (st)
        return st;
    if (letter_holds_member(view.letter.state)) {
        call->prepared = arena_alloc(call->arena, sizeof(struct told_moves));
        ask_all(call, &view.letter.member, call->prepared);
    }
    return OK;
}

static char *
as_of(struct call *call, const struct told *told)
{
    char at[INSTANT_SIZE] = "";

    if (told->known)
        instant_format(call->now, at);
    return arena_text(call->arena, at);
}

static DuesMoved *
dues_to_wire(struct call *call, const struct letter *letter, const struct told *told)
{
    DuesMoved *out = dues_moved_new(call->arena);
    const Base *base = (const Base *)told->answer;
    char month[MONTH_SIZE] = "";

    if (letter->dues_paid_to != LETTER_MONTH_NONE)
        month_format(letter->dues_paid_to, month);
    out->known = told->known;
    out->as_of = as_of(call, told);
    out->paid_to = arena_text(call->arena, month);
    out->months_behind = letter_months_behind(letter, call->today);
    if (!base || base->assessed_case != LIANGXIN__DUES__V1__BASE__ASSESSED_MONTHLY_FEN)
        return out;
    out->monthly_case = LIANGXIN__TRANSFERS__V1__DUES_MOVED__MONTHLY_MONTHLY_FEN;
    out->monthly_fen = base->monthly_fen;
    if (letter->dues_paid_to != LETTER_MONTH_NONE) {
        out->owed_case = LIANGXIN__TRANSFERS__V1__DUES_MOVED__OWED_ARREARS_FEN;
        out->arrears_fen = base->monthly_fen * out->months_behind;
    }
    return out;
}

static TrainingMoved *
training_to_wire(struct call *call, const struct told *told)
{
    TrainingMoved *out = training_moved_new(call->arena);
    const Plan *plan = (const Plan *)told->answer;

    out->known = told->known;
    out->as_of = as_of(call, told);
    if (plan) {
        out->year = plan->year;
        out->required_tenths = plan->required_tenths;
        out->done_tenths = plan->done_tenths;
        out->left_tenths = plan->left_tenths;
    }
    return out;
}

static PapersMoved *
papers_to_wire(struct call *call, const struct told *told)
{
    PapersMoved *out = papers_moved_new(call->arena);
    const PaperCount *count = (const PaperCount *)told->answer;

    out->known = told->known;
    out->as_of = as_of(call, told);
    out->papers = count ? count->papers : 0;
    return out;
}

status_t
handle_get_letter_moves(struct call *call, const LetterId *in, LetterMoves *out)
{
    const struct told_moves *told = call->prepared;
    struct id id = id_of(in->id);
    struct letter_view view;
    status_t st = letter_find(call, &id, &view);

    if (st)
        return st;
    if (!told || !letter_holds_member(view.letter.state))
        return status_detail(call->arena, PROBLEM_STATE_FORBIDS, "the letter is %s",
                             letter_state_code(view.letter.state));
    out->letter_id = arena_text(call->arena, in->id);
    out->dues = dues_to_wire(call, &view.letter, &told->dues);
    out->training = training_to_wire(call, &told->training);
    out->papers = papers_to_wire(call, &told->papers);
    return OK;
}
