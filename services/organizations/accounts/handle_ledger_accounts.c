/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts for the secretaries and clerks of the ledger, proposed and made. On the worker's thread; making them is one
 * transaction, so that codes that nobody was told are not kept. */
#include "io/clock.h"
#include "organizations/accounts/ledger_post.h"
#include "organizations/accounts/slip.h"
#include "organizations/accounts/store_ledger_account.h"
#include "organizations/posts/store_post.h"
#include "organizations/accounts/token.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define MOST       200
#define SLIPS_SIZE ((size_t)600 * 1024) /* a body stays under 1 MiB */
#define NEW(what)  LIANGXIN__ORGANIZATIONS__V1__LEDGER_OUTCOME__LEDGER_OUTCOME_NEW_##what

static void
row_to_wire(struct db_rows *rows, int row, LedgerAccount *out)
{
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_code = wire_text(db_text(rows, row, "code"));
    out->organization_name = wire_text(db_text(rows, row, "name"));
    out->role = wire_text(db_text(rows, row, "role"));
    out->person_name = wire_text(db_text(rows, row, "person_name"));
    out->account_name = wire_text(db_text(rows, row, "account_name"));
    out->account_id = wire_text(db_text(rows, row, "account_id"));
    out->outcome = out->account_id[0] ? NEW(POST) : NEW(ACCOUNT);
}

/* Who leads two branches gets one account and two posts. */
static void
join_same_person(struct db_rows *rows, LedgerAccounts *out)
{
    for (int i = 0; i < (int)out->n_items; i++) {
        const char *person = db_text(rows, i, "person_id");

        for (int first = 0; person && first < i; first++) {
            const char *other = db_text(rows, first, "person_id");

            if (!other || strcmp(other, person) != 0)
                continue;
            out->items[i]->outcome = NEW(POST);
            out->items[i]->account_name = out->items[first]->account_name;
            break;
        }
    }
}

static status_t
find(struct call *call, const LedgerAccountsRequest *in, struct db_rows **ret_rows, LedgerAccounts *out)
{
    struct db_rows *rows;
    status_t st;

    if (!ledger_post_role(in->role))
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/role");
    st = ledger_accounts_find(call, in, MOST, &rows);
    if (st)
        return st;
    *ret_rows = rows;
    if (!db_bool(rows, 0, "known"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/organization_id");
    out->posts = (uint32_t)db_i64(rows, 0, "posts");
    out->filled = (uint32_t)db_i64(rows, 0, "filled");
    out->without_person = (uint32_t)db_i64(rows, 0, "without_person");
    out->n_items = db_is_null(rows, 0, "organization_id") ? 0 : (size_t)db_count(rows);
    out->left = out->posts - out->filled - out->without_person - (uint32_t)out->n_items;
    out->items = arena_array(call->arena, out->n_items, sizeof(LedgerAccount *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = ledger_account_new(call->arena);
        row_to_wire(rows, (int)i, out->items[i]);
    }
    join_same_person(rows, out);
    return db_rows_status(rows);
}

status_t
handle_propose_ledger_accounts(struct call *call, const LedgerAccountsRequest *in, LedgerAccounts *out)
{
    struct db_rows *rows;

    return find(call, in, &rows, out);
}

/* The account of a row that is no new one: the person's, or the one made for an earlier row. */
static struct id
account_of(const LedgerAccounts *out, size_t row, const struct ledger_account *accounts)
{
    if (out->items[row]->account_id[0])
        return wire_read_id(out->items[row]->account_id);
    for (size_t i = 0; i < row; i++)
        if (strcmp(out->items[i]->account_name, out->items[row]->account_name) == 0)
            return accounts[i].account;
    return (struct id){ 0 };
}

static void
plan(struct call *call, struct db_rows *rows, size_t row, LedgerAccounts *out, struct ledger_account *accounts)
{
    LedgerAccount *item = out->items[row];
    struct ledger_account *account = &accounts[row];
    char *id = arena_alloc(call->arena, ID_SIZE);

    *account = (struct ledger_account){ .post = clock_id(),
                                        .is_new = item->outcome == NEW(ACCOUNT),
                                        .person = db_id(rows, (int)row, "person_id"),
                                        .organization = wire_read_id(item->organization_id),
                                        .role = item->role,
                                        .name = item->account_name };
    account->account = account->is_new ? clock_id() : account_of(out, row, accounts);
    id_format(&account->account, id);
    item->account_id = id;
    if (!account->is_new)
        return;
    item->code = wire_text(code_make(call->arena));
    account->code_hash = code_hash(call->arena, slice_of(item->code));
}

static void
note(struct call *call, const struct ledger_account *account, const LedgerAccount *item)
{
    audit_add(call, &(struct audit_entry){ .object = account->is_new ? "account" : "account_post",
                                           .id = account->is_new ? &account->account : &account->post,
                                           .after = slice_of(arena_printf(call->arena, "%s|%s|%s", item->account_name,
                                                                          item->role, item->organization_id)) });
}

static status_t
print_slips(struct call *call, LedgerAccounts *out)
{
    struct strbuf page;
    bool failed;

    strbuf_init(&page, SLIPS_SIZE);
    slips_open(&page);
    for (size_t i = 0; i < out->n_items; i++) {
        const LedgerAccount *item = out->items[i];

        if (item->code[0])
            slips_add(&page, &(struct slip){ .organization = item->organization_name,
                                             .title = ledger_post_title(item->role),
                                             .person = item->person_name,
                                             .account = item->account_name,
                                             .code = item->code,
                                             .until = arena_printf(call->arena, "%.10s", out->expires_at) });
    }
    slips_close(&page);
    failed = page.failed;
    if (!failed)
        out->slips_html = arena_text_slice(call->arena, strbuf_slice(&page));
    seal_wipe(page.data, page.size);
    strbuf_done(&page);
    return failed ? status_plain(PROBLEM_EXHAUSTED) : OK;
}

status_t
handle_create_ledger_accounts(struct call *call, const LedgerAccountsRequest *in, LedgerAccounts *out)
{
    instant_t until = call->now + CODE_LIFE;
    struct ledger_account *accounts;
    struct db_rows *rows;
    status_t st;

    ledger_accounts_lock(call);
    st = find(call, in, &rows, out);
    if (st)
        return st;
    accounts = arena_array(call->arena, out->n_items, sizeof *accounts);
    for (size_t i = 0; i < out->n_items; i++) {
        plan(call, rows, i, out, accounts);
        note(call, &accounts[i], out->items[i]);
    }
    if (!out->n_items)
        audit_add(call, &(struct audit_entry){ .object = "organization", .id = &call->actor->organization });
    else
        ledger_accounts_insert(call, accounts, out->n_items, until);
    out->expires_at = arena_alloc(call->arena, INSTANT_SIZE);
    instant_format(until, out->expires_at);
    st = post_settle(call);
    return st ? st : print_slips(call, out);
}
