/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of accounts made from the ledger of organizations: sets, never row by row. */
#include "organizations/accounts/store_ledger_account.h"

#include "organizations/accounts/ledger_post.h"
#include "base/banned.h"

const struct db_statement sql_ledger_accounts_lock = {
    "ledger_accounts_lock",
    "SELECT pg_advisory_xact_lock(hashtextextended('organizations.accounts_from_ledger', 0))",
};

void
ledger_accounts_lock(struct call *call)
{
    db_queue(call->db, &sql_ledger_accounts_lock, NULL);
}

/* A post is free when nobody holds it in a post of his own; deputies come and go. */
const struct db_statement sql_ledger_accounts_find = {
    "ledger_accounts_find",
    "WITH wanted AS MATERIALIZED"
    " (SELECT o.id, o.code, o.name, k.role, k.word, k.by_person, s.person_id,"
    "         EXISTS (SELECT FROM account_post h WHERE h.organization_id = o.id AND h.role = k.role"
    "                    AND h.deputy_of IS NULL AND (h.until IS NULL OR h.until > $5)) AS held"
    "    FROM organization_line t"
    "    JOIN organization_line l ON l.ancestor = t.descendant AND ($3::boolean OR l.depth = 0)"
    "    JOIN organization o ON o.id = l.descendant AND o.dissolved_on IS NULL"
    "    JOIN unnest($7::text[], $8::text[], $9::text[], $10::boolean[]) AS k (kind, role, word, by_person)"
    "      ON k.kind = o.kind AND $4 IN ('', k.role)"
    "    JOIN role r ON r.name = k.role AND r.rank >= (SELECT rank FROM role WHERE name = $6)"
    "    LEFT JOIN post s ON s.organization_id = o.id AND s.role = 'secretary' AND s.until IS NULL AND k.by_person"
    "   WHERE t.descendant = coalesce($2::uuid, $1) AND t.ancestor = $1),"
    " totals AS"
    " (SELECT EXISTS (SELECT FROM organization_line WHERE descendant = coalesce($2::uuid, $1) AND ancestor = $1) AS "
    "known,"
    "         count(*) AS posts, count(*) FILTER (WHERE held) AS filled,"
    "         count(*) FILTER (WHERE NOT held AND by_person AND person_id IS NULL) AS without_person"
    "    FROM wanted)"
    " SELECT t.known, t.posts, t.filled, t.without_person, w.id AS organization_id, w.code, w.name, w.role, "
    "w.person_id,"
    "        p.name AS person_name, a.id AS account_id, coalesce(a.name, n.name) AS account_name"
    "   FROM totals t"
    "   LEFT JOIN LATERAL (SELECT * FROM wanted WHERE NOT held AND (person_id IS NOT NULL OR NOT by_person)"
    "                       ORDER BY code LIMIT $11) w ON true"
    "   LEFT JOIN person p ON p.id = w.person_id"
    "   LEFT JOIN LATERAL (SELECT id, name FROM account WHERE person_id = w.person_id AND locked_at IS NULL"
    "                       ORDER BY created_at, id LIMIT 1) a ON true"
    "   LEFT JOIN LATERAL (SELECT lower(w.code) || '-' || w.word || CASE WHEN i > 1 THEN '-' || i ELSE '' END AS name"
    "                        FROM generate_series(1, 99) i"
    "                       WHERE NOT EXISTS (SELECT FROM account b WHERE b.name = lower(w.code) || '-' || w.word"
    "                                            || CASE WHEN i > 1 THEN '-' || i ELSE '' END)"
    "                       ORDER BY i LIMIT 1) n ON true"
    "  ORDER BY w.code",
};

static void
arg_posts(struct db_args *args, struct arena *arena)
{
    const char **columns[4];

    for (size_t column = 0; column < 4; column++)
        columns[column] = arena_array(arena, ledger_posts_count, sizeof(char *));
    for (size_t i = 0; i < ledger_posts_count; i++) {
        columns[0][i] = ledger_posts[i].kind;
        columns[1][i] = ledger_posts[i].role;
        columns[2][i] = ledger_posts[i].word;
        columns[3][i] = ledger_posts[i].by_person ? "true" : "false";
    }
    for (size_t column = 0; column < 4; column++)
        db_arg_texts(args, arena, columns[column], ledger_posts_count);
}

status_t
ledger_accounts_find(struct call *call, const LedgerAccountsRequest *in, int64_t most, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, in->organization_id[0] ? in->organization_id : NULL);
    db_arg_bool(&args, in->below);
    db_arg_text(&args, in->role);
    db_arg_date(&args, call->today);
    db_arg_text(&args, call->actor->role);
    arg_posts(&args, call->arena);
    db_arg_i64(&args, most);
    return db_query(call->db, call->arena, &sql_ledger_accounts_find, &args, ret_rows);
}

const struct db_statement sql_ledger_accounts_insert = {
    "ledger_accounts_insert",
    "INSERT INTO account (id, name, person_id, created_at, code_hash, code_until)"
    " SELECT n.id, n.name, n.person_id, $5, decode(n.code, 'hex'), $6"
    "   FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) AS n (id, name, person_id, code)",
};
const struct db_statement sql_ledger_posts_insert = {
    "ledger_posts_insert",
    "INSERT INTO account_post (id, account_id, role, organization_id, since)"
    " SELECT n.id, n.account_id, n.role, n.organization_id, $5::date"
    "   FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) AS n (id, account_id, role, organization_id)",
};

static const char *
id_or_null(struct arena *arena, const struct id *id)
{
    char *text = arena_alloc(arena, ID_SIZE);

    id_format(id, text);
    return id_is_nil(id) ? NULL : text;
}

static const char *
hex(struct arena *arena, struct slice bytes)
{
    char *text = arena_alloc(arena, bytes.size * 2 + 1);

    seal_hex_format((const uint8_t *)bytes.data, bytes.size, text);
    return text;
}

static void
insert_accounts(struct call *call, const struct ledger_account *accounts, size_t count, instant_t until)
{
    struct db_args args = { 0 };
    const char **columns[4];
    size_t n = 0;

    for (size_t column = 0; column < 4; column++)
        columns[column] = arena_array(call->arena, count, sizeof(char *));
    for (size_t i = 0; i < count; i++) {
        if (!accounts[i].is_new)
            continue;
        columns[0][n] = id_or_null(call->arena, &accounts[i].account);
        columns[1][n] = accounts[i].name;
        columns[2][n] = id_or_null(call->arena, &accounts[i].person);
        columns[3][n++] = hex(call->arena, accounts[i].code_hash);
    }
    for (size_t column = 0; column < 4; column++)
        db_arg_texts(&args, call->arena, columns[column], n);
    db_arg_instant(&args, call->now);
    db_arg_instant(&args, until);
    db_queue(call->db, &sql_ledger_accounts_insert, &args);
}

void
ledger_accounts_insert(struct call *call, const struct ledger_account *accounts, size_t count, instant_t until)
{
    struct db_args args = { 0 };
    struct id *posts = arena_array(call->arena, count, sizeof *posts);
    struct id *holders = arena_array(call->arena, count, sizeof *holders);
    struct id *organizations = arena_array(call->arena, count, sizeof *organizations);
    const char **roles = arena_array(call->arena, count, sizeof *roles);

    insert_accounts(call, accounts, count, until);
    for (size_t i = 0; i < count; i++) {
        posts[i] = accounts[i].post;
        holders[i] = accounts[i].account;
        roles[i] = accounts[i].role;
        organizations[i] = accounts[i].organization;
    }
    db_arg_ids(&args, call->arena, posts, count);
    db_arg_ids(&args, call->arena, holders, count);
    db_arg_texts(&args, call->arena, roles, count);
    db_arg_ids(&args, call->arena, organizations, count);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_ledger_posts_insert, &args);
}
