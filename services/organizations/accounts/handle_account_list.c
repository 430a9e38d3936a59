/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and roles, listed. On the worker's thread, without a transaction. */
#include "organizations/accounts/store_account_list.h"
#include "organizations/accounts/word_list.h"
#include "organizations/wire.h"
#include "base/banned.h"

static char *
instant_text(struct arena *arena, struct db_rows *rows, int row, const char *column)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    instant_format(db_instant(rows, row, column), text);
    return text;
}

static void
account_to_wire(struct arena *arena, struct db_rows *rows, int row, Account *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->locked = db_bool(rows, row, "locked");
    out->has_password = db_bool(rows, row, "has_password");
    out->created_at = instant_text(arena, rows, row, "created_at");
    if (!db_is_null(rows, row, "code_until")) {
        out->code_case = LIANGXIN__ORGANIZATIONS__V1__ACCOUNT__CODE_CODE_UNTIL;
        out->code_until = instant_text(arena, rows, row, "code_until");
    }
    if (!db_is_null(rows, row, "logged_in_at")) {
        out->last_case = LIANGXIN__ORGANIZATIONS__V1__ACCOUNT__LAST_LAST_LOG_IN_AT;
        out->last_log_in_at = instant_text(arena, rows, row, "logged_in_at");
    }
}

/* The rows of an account stand together. */
static void
set_posts(struct call *call, struct db_rows *posts, Account *out)
{
    int first = 0;
    int last;

    while (first < db_count(posts) && strcmp(db_text(posts, first, "account_id"), out->id) != 0)
        first++;
    for (last = first; last < db_count(posts) && strcmp(db_text(posts, last, "account_id"), out->id) == 0;)
        last++;
    out->n_posts = (size_t)(last - first);
    out->posts = arena_array(call->arena, out->n_posts, sizeof(Post *));
    for (size_t i = 0; i < out->n_posts; i++) {
        out->posts[i] = post_new(call->arena);
        post_to_wire(call->arena, posts, first + (int)i, out->posts[i]);
    }
}

status_t
handle_list_accounts(struct call *call, const ListAccountsRequest *in, AccountPage *out)
{
    struct db_rows *rows;
    struct db_rows *posts;
    struct page page;
    struct id *ids;
    status_t st = page_open(call, in->name, in->limit, in->cursor, &page);

    if (!st)
        st = account_list(call, in->name, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Account *));
    ids = arena_array(call->arena, out->n_items, sizeof *ids);
    for (size_t i = 0; i < out->n_items; i++) {
        ids[i] = db_id(rows, (int)i, "id");
        out->items[i] = account_new(call->arena);
        account_to_wire(call->arena, rows, (int)i, out->items[i]);
    }
    st = account_list_posts(call, ids, out->n_items, &posts);
    if (st)
        return st;
    for (size_t i = 0; i < out->n_items; i++)
        set_posts(call, posts, out->items[i]);
    out->next_cursor = page_next(call, &page, rows, "name");
    st = db_rows_status(posts);
    return st ? st : db_rows_status(rows);
}

status_t
handle_list_roles(struct call *call, const ListRolesRequest *in, RoleList *out)
{
    struct db_rows *rows;
    status_t st = role_list(call, &rows);

    (void)in;
    if (st)
        return st;
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Role *));
    for (int i = 0; i < db_count(rows); i++) {
        Role *role = role_new(call->arena);
        const char *const *words;

        role->name = wire_text(db_text(rows, i, "name"));
        role->rank = db_i64(rows, i, "rank");
        role->reach = wire_text(db_text(rows, i, "reach"));
        role->excludes = wire_text(db_text(rows, i, "exclusion_group"));
        role->n_permissions = word_list_split(call->arena, db_text(rows, i, "permissions"), &words);
        role->permissions = (char **)(uintptr_t)words;
        out->items[i] = role;
    }
    return db_rows_status(rows);
}
