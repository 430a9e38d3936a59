/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the dues schema. Runs on the caller's thread, on its connection. */
#include <inttypes.h>

#include "daemon/daemon.h"
#include "dues/dues.h"
#include "base/banned.h"

/* Assessments as four arrays of one argument each. Numbers travel as text; the server casts them. */
static void
add_keys(struct db_args *args, struct arena *arena, const struct assessment *items, size_t count)
{
    struct id *members = arena_array(arena, count, sizeof *members);
    const char **months = arena_array(arena, count, sizeof *months);

    for (size_t i = 0; i < count; i++) {
        char *day = arena_alloc(arena, DATE_SIZE);

        members[i] = items[i].member;
        date_format(month_first_day(items[i].from), day);
        months[i] = day;
    }
    db_arg_ids(args, arena, members, count);
    db_arg_texts(args, arena, months, count);
}

static void
add_values(struct db_args *args, struct arena *arena, const struct assessment *items, size_t count)
{
    const char **amounts = arena_array(arena, count, sizeof *amounts);
    const char **categories = arena_array(arena, count, sizeof *categories);

    for (size_t i = 0; i < count; i++) {
        amounts[i] = arena_printf(arena, "%" PRId64, items[i].base);
        categories[i] = dues_category_code(items[i].category);
    }
    db_arg_texts(args, arena, amounts, count);
    db_arg_texts(args, arena, categories, count);
}

static const struct db_statement sql_payer_add = {
    "payer_add",
    "INSERT INTO payer (member_id, version)"
    " SELECT id, 0 FROM unnest($1::uuid[]) id ORDER BY id"
    " ON CONFLICT DO NOTHING",
};

static const struct db_statement sql_payer_lock = {
    "payer_lock",
    "SELECT version FROM payer WHERE member_id = ANY ($1::uuid[]) ORDER BY member_id FOR UPDATE",
};

/* A statement after the lock: it sees what the one who held the lock before has written. */
static const struct db_statement sql_base_known = {
    "base_known",
    "SELECT g.place, b.base_fen, b.category"
    "  FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY g(member_id, from_month, place)"
    "  JOIN base b USING (member_id, from_month)",
};

static void
queue_locks(struct call *call, const struct assessment *given, size_t count)
{
    struct id *members = arena_array(call->arena, count, sizeof *members);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++)
        members[i] = given[i].member;
    db_arg_ids(&args, call->arena, members, count);
    db_queue(call->db, &sql_payer_add, &args);
    db_queue(call->db, &sql_payer_lock, &args);
}

status_t
bases_lock(struct call *call, const struct assessment *given, size_t count, struct known_base *ret_known)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    queue_locks(call, given, count);
    add_keys(&args, call->arena, given, count);
    st = db_query(call->db, call->arena, &sql_base_known, &args, &rows);
    if (st)
        return st;
    for (int i = 0; i < db_count(rows); i++) {
        size_t place = (size_t)db_i64(rows, i, "place") - 1;

        ret_known[place].known = true;
        ret_known[place].assessment = given[place];
        ret_known[place].assessment.base = db_i64(rows, i, "base_fen");
        ret_known[place].assessment.category = dues_category_of_code(db_text(rows, i, "category"));
    }
    return db_rows_status(rows);
}

static const struct db_statement sql_base_put = {
    "base_put",
    "WITH given AS ("
    "    SELECT * FROM unnest($1::uuid[], $2::date[], $3::bigint[], $4::text[])"
    "           AS g(member_id, from_month, base_fen, category)"
    "), stepped AS ("
    "    UPDATE payer p SET version = p.version + 1 FROM given g WHERE p.member_id = g.member_id"
    "    RETURNING p.member_id, p.version"
    "), told AS ("
    "    INSERT INTO base_history (member_id, version, from_month, base_fen, category, at, caller, request_id)"
    "    SELECT member_id, version, from_month, base_fen, category, $5, $6, $7"
    "      FROM given JOIN stepped USING (member_id)"
    ")"
    "INSERT INTO base (member_id, from_month, base_fen, category)"
    " SELECT member_id, from_month, base_fen, category FROM given"
    " ON CONFLICT (member_id, from_month)"
    " DO UPDATE SET base_fen = excluded.base_fen, category = excluded.category",
};

void
bases_put(struct call *call, const struct assessment *changed, size_t count)
{
    struct db_args args = { 0 };

    add_keys(&args, call->arena, changed, count);
    add_values(&args, call->arena, changed, count);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, call->caller);
    db_arg_id(&args, &call->request->id);
    db_queue(call->db, &sql_base_put, &args);
}

/* One row for each band of the rule that holds; one with nulls where there is none. */
static const struct db_statement sql_base_held = {
    "base_held",
    "SELECT p.version, b.from_month, b.base_fen, b.category,"
    "       r.unit_fen, r.ceiling_fen, r.least_fen, r.most_fen, d.from_fen, d.basis_points"
    "  FROM member m"
    "  JOIN payer p ON p.member_id = m.id"
    "  JOIN LATERAL (SELECT from_month, base_fen, category FROM base"
    "                 WHERE member_id = m.id AND from_month <= $3 ORDER BY from_month DESC LIMIT 1) b ON true"
    "  LEFT JOIN LATERAL (SELECT * FROM rate_rule"
    "                      WHERE category = b.category AND effective_on <= $3"
    "                      ORDER BY effective_on DESC LIMIT 1) r ON true"
    "  LEFT JOIN rate_band d ON d.category = r.category AND d.effective_on = r.effective_on"
    " WHERE m.id = $1 AND m.status = 'active'"
    "   AND ($2::uuid IS NULL OR m.person_id = $2 OR EXISTS (SELECT FROM organization_line l"
    "         WHERE l.descendant = m.organization_id AND l.ancestor = $2))"
    " ORDER BY d.from_fen",
};

static void
read_table(struct db_rows *rows, struct rate_table *ret_table)
{
    *ret_table = (struct rate_table){
        .unit = db_i64(rows, 0, "unit_fen"),
        .ceiling = db_i64(rows, 0, "ceiling_fen"),
        .least = db_i64(rows, 0, "least_fen"),
        .most = db_i64(rows, 0, "most_fen"),
    };
    if (db_is_null(rows, 0, "from_fen"))
        return;
    for (int i = 0; i < db_count(rows) && i < RATE_BANDS; i++)
        ret_table->band[ret_table->n_bands++] = (struct rate_band){
            .from = db_i64(rows, i, "from_fen"),
            .basis_points = (int32_t)db_i64(rows, i, "basis_points"),
        };
}

status_t
base_held(struct call *call, const struct id *member, month_t month, struct held_base *ret_held)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, member);
    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, month_first_day(month));
    st = db_query_row(call->db, call->arena, &sql_base_held, &args, &rows);
    if (st)
        return st;
    ret_held->version = db_i64(rows, 0, "version");
    ret_held->assessment = (struct assessment){
        .member = *member,
        .from = month_of(db_date(rows, 0, "from_month")),
        .base = db_i64(rows, 0, "base_fen"),
        .category = dues_category_of_code(db_text(rows, 0, "category")),
    };
    read_table(rows, &ret_held->table);
    return db_rows_status(rows);
}

const struct db_statement *const service_statements[] = {
    &sql_payer_add, &sql_payer_lock, &sql_base_known, &sql_base_put, &sql_base_held, NULL,
};
