/* SPDX-License-Identifier: Apache-2.0 */
/* Counting the open work of a post: the peers are asked with a token of the post, signed here for 30 seconds, so each
 * judges by its own scope. On the worker's thread; the counting before, the keeping in its transaction. */
#include "organizations/posts/hand_over.h"

#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/training/v1/training.facts.h>
#include <liangxin/transfers/v1/transfers.facts.h>

#include "organizations/posts/store_post.h"
#include "organizations/accounts/word_list.h"
#include "organizations/state.h"
#include "organizations/work/store_work.h"
#include "rpc/client.h"
#include "base/banned.h"

#define PATIENCE_MS 2000 /* for each service */

static const struct rpc_method *const counters[] = {
    &organizations_count_work, &transfers_count_work, &dues_count_work, &training_count_work, &notifications_count_work,
};

#define SERVICES (sizeof counters / sizeof *counters)

struct counted {
    WorkCounts *of[SERVICES]; /* in the order of `counters` */
};

const struct db_statement sql_post_actor = {
    "post_actor",
    "SELECT p.account_id, p.role, p.organization_id, a.person_id, coalesce(p.until <= $2, false) AS over,"
    "       " POST_OWN_ID " AS own_id,"
    "       (SELECT string_agg(r.permission, ' ') FROM role_permission r WHERE r.role = p.role) AS permissions"
    "  FROM account_post p JOIN account a ON a.id = p.account_id JOIN role o ON o.name = p.role"
    "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $3"
    " WHERE p.id = $1",
};

/* Whoever holds the post, acting in it. NOT_FOUND: there is none within the scope. POST_OVER. */
static status_t
find_holder(struct call *call, const char *post, struct actor *ret_actor)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_text(&args, post);
    db_arg_date(&args, call->today);
    db_arg_id(&args, call_scope(call));
    st = db_query_row(call->db, call->arena, &sql_post_actor, &args, &row);
    if (st)
        return st;
    if (db_bool(row, 0, "over"))
        return status_plain(PROBLEM_POST_OVER);
    *ret_actor = (struct actor){ .account = db_id(row, 0, "account_id"),
                                 .role = db_text(row, 0, "role"),
                                 .organization = db_id(row, 0, "organization_id"),
                                 .own = db_id(row, 0, "own_id"),
                                 .person = db_id(row, 0, "person_id"),
                                 .expires_at_ms = call->now / 1000 + ACTOR_LIFE_MS };
    ret_actor->n_permissions = word_list_split(call->arena, db_text(row, 0, "permissions"), &ret_actor->permissions);
    return db_rows_status(row);
}

static status_t
count_own(struct call *call, const struct actor *holder, WorkCounts *ret_counts)
{
    CountWorkRequest in = LIANGXIN__WORK__V1__COUNT_WORK_REQUEST__INIT;
    struct call own = *call;

    own.actor = holder;
    return handle_count_work(&own, &in, ret_counts);
}

static status_t
count_at(struct call *call, const struct rpc_method *method, struct slice token, WorkCounts **ret_counts)
{
    CountWorkRequest in = LIANGXIN__WORK__V1__COUNT_WORK_REQUEST__INIT;
    ProtobufCMessage *reply;
    status_t st = rpc_call(call->client, call->arena, method, &in.base,
                           &(struct rpc_options){ .budget_ms = PATIENCE_MS, .actor = token }, &reply);

    if (st && status_retryable(st))
        return status_detail(call->arena, PROBLEM_WORK_UNCOUNTED, "%s does not answer", method->service);
    if (!st)
        *ret_counts = (WorkCounts *)reply;
    return st;
}

/* What the post's role may not see is no work of the post. */
static status_t
count_all(struct call *call, const struct actor *holder, struct counted *ret_counted)
{
    const struct organizations_state *state = call->state;
    struct slice token = actor_sign(call->arena, &state->actor_seed, holder);
    status_t st = OK;

    for (size_t i = 0; !st && i < SERVICES; i++) {
        ret_counted->of[i] = work_counts_new(call->arena);
        if (counters[i] == &organizations_count_work)
            st = count_own(call, holder, ret_counted->of[i]);
        else if (actor_may(holder, counters[i]->permission))
            st = count_at(call, counters[i], token, &ret_counted->of[i]);
    }
    return st;
}

static status_t
prepare(struct call *call, const char *post)
{
    struct counted *counted = arena_alloc(call->arena, sizeof *counted);
    struct actor holder;
    status_t st = find_holder(call, post, &holder);

    if (!st)
        st = count_all(call, &holder, counted);
    if (!st)
        call->prepared = counted;
    return st;
}

status_t
prepare_count_post_work(struct call *call, const ProtobufCMessage *message)
{
    return prepare(call, ((const PostId *)message)->id);
}

status_t
prepare_hand_over_post(struct call *call, const ProtobufCMessage *message)
{
    status_t st = prepare(call, ((const HandOverPostRequest *)message)->id);

    return status_is(st, PROBLEM_NOT_FOUND) || status_is(st, PROBLEM_POST_OVER) ? OK : st;
}

status_t
handle_count_post_work(struct call *call, const PostId *in, PostWork *out)
{
    const struct counted *counted = call->prepared;

    out->post_id = in->id;
    out->n_items = SERVICES;
    out->items = arena_array(call->arena, SERVICES, sizeof *out->items);
    for (size_t i = 0; i < SERVICES; i++) {
        out->items[i] = service_work_new(call->arena);
        out->items[i]->service = wire_text(counters[i]->service);
        out->items[i]->waiting = counted->of[i]->waiting;
        out->items[i]->under_way = counted->of[i]->under_way;
    }
    return OK;
}

/* What the request confirms of a service: the sum of its rows, so that naming one twice confirms nothing. */
static bool
is_confirmed(const HandOverPostRequest *in, const char *service, const WorkCounts *counts)
{
    uint64_t waiting = 0;
    uint64_t under_way = 0;

    for (size_t i = 0; i < in->n_work; i++)
        if (strcmp(in->work[i]->service, service) == 0) {
            waiting += in->work[i]->waiting;
            under_way += in->work[i]->under_way;
        }
    return waiting == counts->waiting && under_way == counts->under_way;
}

static const char *
numbers(struct call *call, const struct counted *counted)
{
    const char *text = "";

    for (size_t i = 0; i < SERVICES; i++)
        text = arena_printf(call->arena, "%s%s%s %u/%u", text, i ? ", " : "", counters[i]->service,
                            counted->of[i]->waiting, counted->of[i]->under_way);
    return text;
}

status_t
hand_over_judge(struct call *call, const HandOverPostRequest *in)
{
    const struct counted *counted = call->prepared;

    if (!counted)
        return status_plain(PROBLEM_NOT_FOUND);
    for (size_t i = 0; i < SERVICES; i++)
        if (!is_confirmed(in, counters[i]->service, counted->of[i]))
            return status_detail(call->arena, PROBLEM_WORK_CHANGED, "waiting/under_way: %s", numbers(call, counted));
    return OK;
}

const struct db_statement sql_hand_over_insert = {
    "hand_over_insert",
    "WITH made AS (INSERT INTO post_hand_over_history (post_id, successor_id, at, account_id, role, organization_id)"
    "              VALUES ($1, $2, $3, $4, $5, $6))"
    " INSERT INTO post_hand_over_work_history (post_id, service, waiting, under_way)"
    " SELECT $1, w.service, w.waiting, w.under_way"
    "   FROM unnest($7::text[], $8::text[]::bigint[], $9::text[]::bigint[]) AS w (service, waiting, under_way)",
};

void
hand_over_keep(struct call *call, const struct id *post, const struct id *successor)
{
    const struct counted *counted = call->prepared;
    const char *columns[3][SERVICES];
    struct db_args args = { 0 };

    for (size_t i = 0; i < SERVICES; i++) {
        columns[0][i] = counters[i]->service;
        columns[1][i] = arena_printf(call->arena, "%u", counted->of[i]->waiting);
        columns[2][i] = arena_printf(call->arena, "%u", counted->of[i]->under_way);
    }
    db_arg_id(&args, post);
    db_arg_id(&args, successor);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    for (size_t column = 0; column < 3; column++)
        db_arg_texts(&args, call->arena, columns[column], SERVICES);
    db_queue(call->db, &sql_hand_over_insert, &args);
}
