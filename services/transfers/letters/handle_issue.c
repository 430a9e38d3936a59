/* SPDX-License-Identifier: Apache-2.0 */
/* A letter is issued: it gets its number, its validity and its whole content. What it says of the member is asked of
 * organizations before the transaction begins. */
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/organizations/v1/members.pb-c.h>

#include "io/clock.h"
#include "rpc/client.h"
#include "transfers/verification/check_code.h"
#include "transfers/transfers.h"
#include "base/banned.h"

typedef Liangxin__Organizations__V1__ReadMemberForLetterRequest MemberQuestion;
typedef Liangxin__Organizations__V1__LetterMember LetterMember;

/* Seals one secret of the letter and forgets the plain text, which stands in a message of this call. */
static struct slice
seal_away(struct call *call, const char *what, const struct id *letter, char *plain)
{
    const struct transfers_state *state = call->state;
    char id[ID_SIZE];
    struct slice aad;
    struct slice sealed;

    id_format(letter, id);
    aad = slice_of(arena_printf(call->arena, "letter|%s|%s", what, id));
    sealed = seal_close(call->arena, &state->keys, slice_of(plain), aad);
    seal_wipe(plain, strlen(plain));
    return sealed;
}

static status_t
content_of(struct call *call, const struct id *letter, LetterMember *member, struct letter_content *ret_content)
{
    bool full = member->standing == LIANGXIN__ORGANIZATIONS__V1__STANDING__STANDING_FULL;

    *ret_content = (struct letter_content){ .name = member->name,
                                            .sex = member->sex,
                                            .ethnicity = member->ethnicity,
                                            .standing = full ? "full" : "probationary",
                                            .version = member->version,
                                            .issuer_telephone = member->committee_telephone };
    if (!id_parse(slice_of(member->member_id), &ret_content->member) ||
        !id_parse(slice_of(member->organization_id), &ret_content->organization) ||
        !date_parse(slice_of(member->born_on), &ret_content->born_on))
        return status_detail(call->arena, PROBLEM_INTERNAL, "organizations told an incomplete member");
    ret_content->identity = seal_away(call, "identity", letter, member->identity_number);
    if (member->telephone[0])
        ret_content->telephone = seal_away(call, "telephone", letter, member->telephone);
    return OK;
}

static status_t
ask_organizations(struct call *call, const struct id *member, const struct id *letter, LetterMember **ret_member)
{
    MemberQuestion question = LIANGXIN__ORGANIZATIONS__V1__READ_MEMBER_FOR_LETTER_REQUEST__INIT;
    struct rpc_options options = { .trace = call->request->trace };
    char member_id[ID_SIZE];
    char letter_id[ID_SIZE];
    ProtobufCMessage *reply;
    status_t st;

    id_format(member, member_id);
    id_format(letter, letter_id);
    question.member_id = member_id;
    question.letter_id = letter_id;
    st = rpc_call(call->client, call->arena, &organizations_read_member_for_letter, &question.base, &options, &reply);
    if (st && status_is(st, PROBLEM_NOT_FOUND))
        return status_because(call->arena, PROBLEM_MEMBER_NOT_ACTIVE, st);
    if (st)
        return st;
    *ret_member = (LetterMember *)reply;
    return OK;
}

status_t
letter_content_ask(struct call *call, const struct id *member, const struct id *letter,
                   struct letter_content *ret_content)
{
    LetterMember *told;
    status_t st = ask_organizations(call, member, letter, &told);

    return st ? st : content_of(call, letter, told, ret_content);
}

status_t
letter_content_fits(struct call *call, const struct letter_content *content, const struct id *member,
                    const struct id *branch)
{
    bool lags;
    status_t st;

    if (id_equal(&content->organization, branch))
        return OK;
    st = member_lags(call, member, content->version, &lags);
    if (st)
        return st;
    return lags ? status_detail(call->arena, PROBLEM_MEMBER_BEHIND, "news of the member are under way")
                : status_detail(call->arena, PROBLEM_MEMBER_NOT_ACTIVE, "the member belongs to another organization");
}

/* Asks for nobody's identity number unless the letter would be issued. Where it would not, the handler refuses, or the
 * frame answers with what it has stored. */
status_t
prepare_issue(struct call *call, const ProtobufCMessage *message)
{
    const IssueRequest *in = (const IssueRequest *)message;
    struct id id = id_of(in->id);
    struct letter_content *content;
    struct letter_view view;
    status_t st;

    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (!st)
        st = letter_find(call, &id, &view);
    if (st)
        return st;
    if (!step_would_pass(call, &view, EVENT_ISSUE))
        return OK;
    content = arena_alloc(call->arena, sizeof *content);
    st = letter_content_ask(call, &view.letter.member, &id, content);
    if (st)
        return st;
    call->prepared = content;
    return OK;
}

/* In the ordinary way the sending committee issues; after a review from above, who stands above does. */
static status_t
find_issuer(struct call *call, const struct letter *letter, struct organization_facts *ret_issuer)
{
    bool above = letter->state == LETTER_UP_REVIEW;
    status_t st = organization_find(call, above ? call_scope(call) : &letter->from_committee, ret_issuer);

    if (st)
        return st;
    return ret_issuer->may_issue ? OK : status_plain(PROBLEM_NO_ISSUING_POWER);
}

static int64_t
validity_of(const struct call *call, const IssueRequest *in, const struct letter *letter)
{
    const struct transfers_state *state = call->state;

    if (in->validity_case == LIANGXIN__TRANSFERS__V1__ISSUE_REQUEST__VALIDITY_VALIDITY_DAYS)
        return in->validity_days;
    return letter->outside_name ? state->validity_days_outside : state->validity_days;
}

/* 校验码: printed on the letter, for whoever verifies it. */
static void
give_code(struct call *call, struct letter_view *view)
{
    uint8_t random[CHECK_CODE_RANDOM];
    char code[CHECK_CODE_SIZE];

    clock_random(random, sizeof random);
    check_code_make(random, code);
    check_add(call->db, &view->letter.id, code);
    view->check_code = arena_text(call->arena, code);
}

status_t
handle_issue(struct call *call, const IssueRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_ISSUE, .note = in->note };
    const struct letter_content *content = call->prepared;
    struct letter *letter = &step.view.letter;
    struct organization_facts issuer;
    struct letter_number number;
    status_t st = step_begin(call, in->id, &step);

    if (!st && !content)
        st = status_plain(PROBLEM_BUSY); /* it was not to be issued a moment ago: somebody is at work on it */
    if (!st)
        st = letter_content_fits(call, content, &letter->member, &letter->from_branch);
    if (!st)
        st = find_issuer(call, letter, &issuer);
    if (!st)
        st = number_take(call, &issuer.id, date_to_civil(call->today).year, &number);
    if (st)
        return st;
    letter_number_it(letter, number, call->today, validity_of(call, in, letter));
    step_take(call, &step);
    content_add(call, &step.view, content, &issuer);
    give_code(call, &step.view);
    letter_to_wire(call, &step.view, out);
    return OK;
}
