/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the training schema. Runs on the caller's thread, on its connection. */
#include "daemon/daemon.h"
#include "training/training.h"
#include "base/banned.h"

/* One row for each record of the year; one with nulls where there is none yet. */
static const struct db_statement sql_year_of_member = {
    "year_of_member",
    "SELECT r.required_tenths, r.day_most_tenths, r.article, h.held_on, h.recorded_tenths, h.planned_tenths"
    "  FROM member m"
    "  LEFT JOIN LATERAL (SELECT * FROM hour_rule"
    "                      WHERE kind = $3 AND effective_on <= $4"
    "                      ORDER BY effective_on DESC LIMIT 1) r ON true"
    "  LEFT JOIN hour_record h ON h.member_id = m.id AND h.held_on BETWEEN $4 AND $5"
    " WHERE m.id = $1 AND m.status = 'active'"
    "   AND ($2::uuid IS NULL OR m.person_id = $2 OR EXISTS (SELECT FROM organization_line l"
    "         WHERE l.descendant = m.organization_id AND l.ancestor = $2))"
    " ORDER BY h.held_on",
};

/* Duties of the year, cut to it, in their order; what the rules ask of each, and of whoever has none. */
static const struct db_statement sql_duties_of_year = {
    "duties_of_year",
    "SELECT d.kind, greatest(d.since, $2::date) AS since, least(coalesce(d.until, $3::date + 1), $3::date + 1) AS "
    "until,"
    "       coalesce((SELECT r.required_tenths FROM hour_rule r WHERE r.kind = d.kind AND r.effective_on <= $2"
    "                  ORDER BY r.effective_on DESC LIMIT 1), 0) AS required_tenths,"
    "       coalesce((SELECT r.required_tenths FROM hour_rule r WHERE r.kind = 'member' AND r.effective_on <= $2"
    "                  ORDER BY r.effective_on DESC LIMIT 1), 0) AS otherwise_tenths"
    "  FROM duty_period d"
    " WHERE d.member_id = $1 AND d.since <= $3 AND (d.until IS NULL OR d.until > $2)"
    "   AND d.until IS DISTINCT FROM d.since"
    " ORDER BY d.since",
};

/* What he had to be in the year's days, and so what the year asks; the kind of `on`. */
static status_t
read_duties(struct call *call, const struct id *member, date_t first, date_t last, struct year_of_member *ret_year,
            int64_t *ret_required)
{
    date_t on = call->today < last ? call->today : last;
    struct db_args args = { 0 };
    struct duty_share *shares;
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, member);
    db_arg_date(&args, first);
    db_arg_date(&args, last);
    st = db_query(call->db, call->arena, &sql_duties_of_year, &args, &rows);
    if (st)
        return st;
    ret_year->kind = TRAINEE_MEMBER;
    shares = arena_array(call->arena, (size_t)db_count(rows), sizeof *shares);
    for (int i = 0; i < db_count(rows); i++) {
        date_t since = db_date(rows, i, "since");
        date_t until = db_date(rows, i, "until");

        shares[i] = (struct duty_share){ .days = until - since, .required = db_i64(rows, i, "required_tenths") };
        if (since <= on && on < until)
            ret_year->kind = trainee_kind_parse(db_text(rows, i, "kind"));
    }
    *ret_required = db_count(rows) ? obligation_blend(shares, (size_t)db_count(rows),
                                                      db_i64(rows, 0, "otherwise_tenths"), last - first + 1)
                                   : -1;
    return db_rows_status(rows);
}

static const struct hour_record *
read_records(struct call *call, struct db_rows *rows, size_t *ret_count)
{
    size_t count = db_is_null(rows, 0, "held_on") ? 0 : (size_t)db_count(rows);
    struct hour_record *records = arena_array(call->arena, count, sizeof *records);

    for (size_t i = 0; i < count; i++)
        records[i] = (struct hour_record){
            .held_on = db_date(rows, (int)i, "held_on"),
            .recorded = db_i64(rows, (int)i, "recorded_tenths"),
            .planned = db_i64(rows, (int)i, "planned_tenths"),
        };
    *ret_count = count;
    return records;
}

status_t
year_of_member_read(struct call *call, const struct id *member, date_t first, date_t last,
                    struct year_of_member *ret_year)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    const char *article;
    int64_t required;
    status_t st = read_duties(call, member, first, last, ret_year, &required);

    if (st)
        return st;
    db_arg_id(&args, member);
    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, trainee_kind_code(ret_year->kind));
    db_arg_date(&args, first);
    db_arg_date(&args, last);
    st = db_query_row(call->db, call->arena, &sql_year_of_member, &args, &rows);
    if (st)
        return st;
    article = db_text(rows, 0, "article");
    ret_year->obligation = (struct obligation){
        .required = required >= 0 ? required : db_i64(rows, 0, "required_tenths"),
        .day_most = db_i64(rows, 0, "day_most_tenths"),
        .article = article ? article : "",
    };
    ret_year->records = read_records(call, rows, &ret_year->n_records);
    return db_rows_status(rows);
}

const struct db_statement *const service_statements[] = {
    &sql_year_of_member, &sql_duties_of_year, &sql_duty_end, &sql_duty_begin, NULL,
};
