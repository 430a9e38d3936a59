/* SPDX-License-Identifier: Apache-2.0 */
/* What a narrowed post reaches: its units, and the person of its account. On the worker's thread, in its transaction.
 */
#include "organizations/accounts/manage.h"
#include "organizations/posts/store_post.h"
#include "organizations/posts/store_post_unit.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
post_unit_to_wire(struct db_rows *rows, int row, PostUnit *out)
{
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->since = wire_text(db_text(rows, row, "since"));
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__POST_UNIT__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
}

/* A post without units is one row of nulls. */
static status_t
answer(struct call *call, const struct id *post, PostUnits *out)
{
    struct db_rows *rows;
    status_t st = post_unit_list(call, post, &rows);

    if (st)
        return st;
    out->n_items = db_is_null(rows, 0, "unit_id") ? 0 : (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = post_unit_new(call->arena);
        post_unit_to_wire(rows, (int)i, out->items[i]);
    }
    return db_rows_status(rows);
}

status_t
handle_list_post_units(struct call *call, const PostId *in, PostUnits *out)
{
    struct id post = wire_read_id(in->id);

    return answer(call, &post, out);
}

/* Each once, in the order given. */
static size_t
read_units(const SetPostUnitsRequest *in, struct id *units)
{
    size_t count = 0;

    for (size_t i = 0; i < in->n_unit_ids; i++) {
        size_t at = 0;

        units[count] = wire_read_id(in->unit_ids[i]);
        while (!id_equal(&units[at], &units[count]))
            at++;
        count += at == count;
    }
    return count;
}

static status_t
judge_units(struct call *call, const struct post *post, const struct id *units, size_t count)
{
    struct db_rows *facts;
    status_t st;

    if (id_equal(&post->account, &call->actor->account))
        return status_plain(PROBLEM_OWN_ACCOUNT);
    st = post_unit_facts(call, post, units, count, &facts);
    if (st)
        return st;
    if (!db_bool(facts, 0, "by_units") || !id_is_nil(&post->deputy_of))
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/id");
    if (!db_is_null(facts, 0, "units_most") && (int64_t)count > db_i64(facts, 0, "units_most"))
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/unit_ids");
    if (db_i64(facts, 0, "within") != (int64_t)count)
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/unit_ids");
    return db_rows_status(facts);
}

status_t
handle_set_post_units(struct call *call, const SetPostUnitsRequest *in, PostUnits *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct id *units = arena_array(call->arena, in->n_unit_ids, sizeof *units);
    size_t count = read_units(in, units);
    const char *after = "units";
    struct post post;
    status_t st;

    *id = wire_read_id(in->id);
    st = manage_post(call, id, &post);
    if (!st)
        st = judge_units(call, &post, units, count);
    if (st)
        return st;
    post_units_set(call, id, units, count);
    for (size_t i = 0; i < in->n_unit_ids; i++)
        after = arena_printf(call->arena, "%s|%s", after, in->unit_ids[i]);
    audit_add(call, &(struct audit_entry){ .object = "account_post", .id = id, .after = slice_of(after) });
    return answer(call, id, out);
}

/* An account is one person's for good, for what it did is kept under its name; another person gets another one. */
static status_t
judge_person(struct call *call, const struct id *account, const struct id *person)
{
    struct db_rows *facts;
    struct id linked;
    status_t st = account_person_facts(call, account, person, &facts);

    if (st)
        return st;
    linked = db_id(facts, 0, "linked_to");
    if (!db_bool(facts, 0, "known"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/person_id");
    if (!id_is_nil(&linked) && !id_equal(&linked, person))
        return status_plain(PROBLEM_ALREADY_EXISTS);
    return db_rows_status(facts);
}

status_t
handle_link_account(struct call *call, const LinkAccountRequest *in, AccountState *out)
{
    struct id *account = arena_alloc(call->arena, sizeof *account);
    struct id person = wire_read_id(in->person_id);
    struct db_rows *row;
    status_t st;

    *account = wire_read_id(in->id);
    st = manage_account(call, account, &row);
    if (!st)
        st = judge_person(call, account, &person);
    if (st)
        return st;
    account_link(call, account, &person);
    audit_add(call, &(struct audit_entry){ .object = "account", .id = account, .after = slice_of(in->person_id) });
    out->id = in->id;
    out->name = wire_text(db_text(row, 0, "name"));
    out->locked = db_bool(row, 0, "locked");
    return post_settle(call);
}
