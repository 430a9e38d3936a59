/* SPDX-License-Identifier: Apache-2.0 */
/* Posts given, ended, handed over, reviewed. On the worker's thread, in its transaction. */
#include "io/clock.h"
#include "organizations/posts/hand_over.h"
#include "organizations/accounts/manage.h"
#include "organizations/posts/store_post.h"
#include "organizations/posts/store_post_unit.h"
#include "organizations/sessions/store_session.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* A post's row after what was done to it, as the answer. */
static status_t
answer(struct call *call, const struct id *post, Post *out)
{
    struct db_rows *row;
    status_t st = post_find_managed(call, post, &row);

    if (st)
        return st;
    post_to_wire(call->arena, row, 0, out);
    return db_rows_status(row);
}

static void
note(struct call *call, const struct id *post, const char *before, const char *after)
{
    audit_add(call, &(struct audit_entry){ .object = "account_post",
                                           .id = post,
                                           .before = before ? slice_of(before) : (struct slice){ 0 },
                                           .after = slice_of(after) });
}

/* A deputy stands in for a post that is there, in the same role and place, until a day. */
static status_t
judge_deputy(struct call *call, const CreatePostRequest *in, const struct post *post)
{
    struct db_rows *principal;
    status_t st;

    if (post->until == DATE_NONE)
        return status_field(call->arena, PROBLEM_REQUIRED, "/until");
    st = post_find_managed(call, &post->deputy_of, &principal);
    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/deputy_of") : st;
    if (db_bool(principal, 0, "over") || strcmp(db_text(principal, 0, "role"), in->role) != 0 ||
        strcmp(db_text(principal, 0, "organization_id"), in->organization_id) != 0)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/deputy_of");
    return db_rows_status(principal);
}

static status_t
judge_new(struct call *call, const CreatePostRequest *in, const struct post *post)
{
    status_t st = manage_may_appoint(call, post);

    if (!st)
        st = manage_appointee(call, &post->account, "/account_id");
    if (!st && post->until != DATE_NONE && post->until <= call->today)
        st = status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/until");
    if (!st && !id_is_nil(&post->deputy_of))
        st = judge_deputy(call, in, post);
    return st;
}

static struct post
read_post(struct call *call, const CreatePostRequest *in)
{
    struct post post = { .id = clock_id(),
                         .account = wire_read_id(in->account_id),
                         .role = in->role,
                         .organization = wire_read_id(in->organization_id),
                         .since = call->today,
                         .until = DATE_NONE };

    if (in->end_case == LIANGXIN__ORGANIZATIONS__V1__CREATE_POST_REQUEST__END_UNTIL)
        (void)date_parse(slice_of(in->until), &post.until); /* the field rules have looked at it */
    if (in->deputy_of[0])
        post.deputy_of = wire_read_id(in->deputy_of);
    return post;
}

status_t
handle_create_post(struct call *call, const CreatePostRequest *in, Post *out)
{
    struct post post = read_post(call, in);
    status_t st = judge_new(call, in, &post);

    if (st)
        return st;
    post_insert(call->db, &post);
    note(call, &post.id, NULL, arena_printf(call->arena, "%s|%s|%s", in->account_id, in->role, in->organization_id));
    st = post_settle(call);
    return st ? st : answer(call, &post.id, out);
}

static void
end_post(struct call *call, const struct id *id)
{
    session_end_post(call, id);
    post_end(call, id);
    note(call, id, "held", "over");
}

status_t
handle_end_post(struct call *call, const PostId *in, Post *out)
{
    struct id id = wire_read_id(in->id);
    struct post post;
    status_t st = manage_post(call, &id, &post);

    if (!st && id_equal(&post.account, &call->actor->account))
        st = status_plain(PROBLEM_OWN_ACCOUNT);
    if (st)
        return st;
    end_post(call, &id);
    post_units_set(call, &id, NULL, 0);
    return answer(call, &id, out);
}

status_t
handle_hand_over_post(struct call *call, const HandOverPostRequest *in, Post *out)
{
    struct id id = wire_read_id(in->id);
    struct post post;
    status_t st = manage_post(call, &id, &post);

    if (!st)
        st = hand_over_judge(call, in);
    if (st)
        return st;
    end_post(call, &id);
    post.id = clock_id();
    post.account = wire_read_id(in->to_account_id);
    st = manage_appointee(call, &post.account, "/to_account_id");
    if (st)
        return st;
    post_insert(call->db, &post);
    post_units_pass(call, &id, &post.id);
    note(call, &post.id, NULL, arena_printf(call->arena, "%s|%s", in->id, in->to_account_id));
    hand_over_keep(call, &id, &post.id);
    st = post_settle(call);
    return st ? st : answer(call, &post.id, out);
}
