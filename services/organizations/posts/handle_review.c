/* SPDX-License-Identifier: Apache-2.0 */
/* The quarterly review of posts: listed, and signed for post by post. On the worker's thread. */
#include "organizations/posts/store_review.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

static const struct {
    ReviewVerdict wire;
    const char *code;
} verdicts[] = {
    { LIANGXIN__ORGANIZATIONS__V1__REVIEW_VERDICT__REVIEW_VERDICT_KEPT, "kept" },
    { LIANGXIN__ORGANIZATIONS__V1__REVIEW_VERDICT__REVIEW_VERDICT_TO_END, "to_end" },
};

static void
review_to_wire(struct arena *arena, struct db_rows *rows, int row, Post *out)
{
    out->review_overdue = db_bool(rows, row, "overdue");
    if (db_is_null(rows, row, "reviewed_at"))
        return;
    out->review_case = LIANGXIN__ORGANIZATIONS__V1__POST__REVIEW_REVIEWED_AT;
    out->reviewed_at = arena_alloc(arena, INSTANT_SIZE);
    instant_format(db_instant(rows, row, "reviewed_at"), out->reviewed_at);
    out->reviewed_by = wire_text(db_text(rows, row, "reviewed_by"));
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (strcmp(db_text(rows, row, "verdict"), verdicts[i].code) == 0)
            out->verdict = verdicts[i].wire;
}

status_t
handle_review_posts(struct call *call, const ReviewPostsRequest *in, PostPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->overdue ? "overdue" : "", in->limit, in->cursor, &page);

    if (!st)
        st = review_list(call, in->overdue, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Post *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = post_new(call->arena);
        post_to_wire(call->arena, rows, (int)i, out->items[i]);
        review_to_wire(call->arena, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

/* Why this post is not signed for; NULL: it is. */
static const struct problem *
refusal(struct call *call, struct db_rows *facts, int row)
{
    struct id account = db_id(facts, row, "account_id");

    if (id_equal(&account, &call->actor->account))
        return problem_of(PROBLEM_OWN_ACCOUNT);
    if (!db_bool(facts, row, "below"))
        return problem_of(PROBLEM_DENIED);
    return db_bool(facts, row, "over") ? problem_of(PROBLEM_POST_OVER) : NULL;
}

static const struct problem *
judge(struct call *call, struct db_rows *facts, const struct id *post)
{
    for (int row = 0; row < db_count(facts); row++) {
        struct id id = db_id(facts, row, "id");

        if (id_equal(&id, post))
            return refusal(call, facts, row);
    }
    return problem_of(PROBLEM_NOT_FOUND);
}

static void
note(struct call *call, const char *object, const struct id *id, const char *verdict)
{
    audit_add(call, &(struct audit_entry){ .object = object,
                                           .id = id,
                                           .after = slice_of(arena_printf(call->arena, "review|%s", verdict)) });
}

/* Keeps those that may be signed for at the front of `posts`. */
static size_t
sort_out(struct call *call, const SignReviewRequest *in, struct db_rows *facts, struct id *posts, ReviewSigned *out)
{
    size_t signed_for = 0;

    for (size_t i = 0; i < in->n_post_ids; i++) {
        const struct problem *problem = judge(call, facts, &posts[i]);

        out->items[i] = signed_post_new(call->arena);
        out->items[i]->post_id = in->post_ids[i];
        if (problem)
            out->items[i]->code = wire_text(problem->slug);
        else
            posts[signed_for++] = posts[i];
    }
    return signed_for;
}

status_t
handle_sign_review(struct call *call, const SignReviewRequest *in, ReviewSigned *out)
{
    struct id *posts = arena_array(call->arena, in->n_post_ids, sizeof *posts);
    const char *verdict = verdicts[in->verdict - verdicts[0].wire].code;
    struct db_rows *facts;
    status_t st;

    for (size_t i = 0; i < in->n_post_ids; i++)
        posts[i] = wire_read_id(in->post_ids[i]);
    st = review_facts(call, posts, in->n_post_ids, &facts);
    if (st)
        return st;
    out->n_items = in->n_post_ids;
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    out->signed_for = (uint32_t)sort_out(call, in, facts, posts, out);
    for (size_t i = 0; i < out->signed_for; i++)
        note(call, "account_post", &posts[i], verdict);
    if (!out->signed_for)
        note(call, "organization", &call->actor->organization, "nothing");
    else
        review_sign(call, posts, out->signed_for, verdict);
    return db_rows_status(facts);
}
