/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of commands on relations and powers. */
#include "organizations/relations/store_relation.h"

#include "organizations/relations/store_line.h"
#include "base/banned.h"

const struct db_statement sql_related_lock = {
    "related_lock",
    "SELECT o.id, o.version, o.name, o.code, o.kind, o.establish_form, o.dissolved_on IS NOT NULL AS dissolved,"
    "       s.by_line, s.ancestor = s.descendant AS is_own, r.superior_id, r.since AS line_since,"
    "       (SELECT max(p.until) FROM relation p WHERE p.organization_id = o.id AND p.kind = 'line') AS line_until,"
    "       a.since AS power_since,"
    "       (SELECT max(p.until) FROM approval_power p WHERE p.organization_id = o.id) AS power_until"
    "  FROM organization o"
    "  JOIN organization_scope s ON s.descendant = o.id AND s.ancestor = $1"
    "  LEFT JOIN relation r ON r.organization_id = o.id AND r.kind = 'line' AND r.until IS NULL"
    "  LEFT JOIN approval_power a ON a.organization_id = o.id AND a.until IS NULL"
    " WHERE o.id = $2"
    "   FOR NO KEY UPDATE OF o",
};

static struct relation_past
read_past(struct db_rows *row, const char *since, const char *until)
{
    return (struct relation_past){ .holds = !db_is_null(row, 0, since),
                                   .since = db_date(row, 0, since),
                                   .last_until = db_date(row, 0, until) };
}

static void
read_related(struct db_rows *row, struct related *related)
{
    related->subject = (struct relation_subject){ .by_line = db_bool(row, 0, "by_line"),
                                                  .is_own = db_bool(row, 0, "is_own"),
                                                  .dissolved = db_bool(row, 0, "dissolved"),
                                                  .kind = word_of_code(organization_kinds, db_text(row, 0, "kind")) };
    related->line = read_past(row, "line_since", "line_until");
    related->power = read_past(row, "power_since", "power_until");
    related->id = db_id(row, 0, "id");
    related->superior = db_id(row, 0, "superior_id");
    related->news =
        (struct organization_news){ .id = &related->id,
                                    .name = db_text(row, 0, "name"),
                                    .code = db_text(row, 0, "code"),
                                    .kind = related->subject.kind,
                                    .form = word_of_code(establish_forms, db_text(row, 0, "establish_form")),
                                    .superior = &related->superior,
                                    .may_issue_from = related->power.since,
                                    .version = db_i64(row, 0, "version") };
}

status_t
related_lock(struct call *call, const struct id *id, struct related **ret_related)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    line_lock(call->db, true);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    st = db_query_row(call->db, call->arena, &sql_related_lock, &args, &row);
    if (st)
        return st;
    *ret_related = arena_alloc(call->arena, sizeof **ret_related);
    read_related(row, *ret_related);
    return db_rows_status(row);
}

status_t
related_open(struct call *call, const char *id, struct related **ret_related)
{
    struct id organization = wire_read_id(id);
    status_t st = related_lock(call, &organization, ret_related);

    if (!st)
        st = call_expect_version(call, (*ret_related)->news.version);
    return st ? st : relation_judge_subject(&(*ret_related)->subject);
}

const struct db_statement sql_related_superior = {
    "related_superior",
    "SELECT p.kind, p.dissolved_on IS NOT NULL AS dissolved, s.ancestor IS NOT NULL AS by_line,"
    "       b.ancestor IS NOT NULL AS below, r.since,"
    "       (SELECT max(e.until) FROM relation e"
    "         WHERE e.organization_id = $2 AND e.superior_id = p.id AND e.kind = $4) AS until"
    "  FROM organization p"
    "  LEFT JOIN organization_line s ON s.descendant = p.id AND s.ancestor = $1"
    "  LEFT JOIN organization_line b ON b.descendant = p.id AND b.ancestor = $2"
    "  LEFT JOIN relation r ON r.organization_id = $2 AND r.superior_id = p.id AND r.kind = $4 AND r.until IS NULL"
    " WHERE p.id = $3",
};

status_t
related_superior(struct call *call, const struct id *organization, const struct id *superior, int kind,
                 struct relation_superior *ret_superior, struct relation_past *ret_past)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_id(&args, superior);
    db_arg_text(&args, word_code(relation_kinds, kind));
    st = db_query(call->db, call->arena, &sql_related_superior, &args, &row);
    if (st)
        return st;
    *ret_superior = (struct relation_superior){ .known = db_count(row) > 0 };
    *ret_past = (struct relation_past){ .last_until = DATE_NONE };
    if (!ret_superior->known)
        return OK;
    ret_superior->by_line = db_bool(row, 0, "by_line");
    ret_superior->below = db_bool(row, 0, "below");
    ret_superior->dissolved = db_bool(row, 0, "dissolved");
    ret_superior->kind = word_of_code(organization_kinds, db_text(row, 0, "kind"));
    *ret_past = read_past(row, "since", "until");
    return db_rows_status(row);
}

/* What the kind lets the superior do is data. */
const struct db_statement sql_relation_begin = {
    "relation_begin",
    "INSERT INTO relation (organization_id, superior_id, kind, scope, since, basis)"
    " SELECT $1, $2, k.kind, k.scope, $4, $5 FROM relation_kind k WHERE k.kind = $3",
};

void
relation_begin(struct call *call, const struct id *organization, const struct id *superior, int kind, date_t since,
               const char *basis)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_id(&args, superior);
    db_arg_text(&args, word_code(relation_kinds, kind));
    db_arg_date(&args, since);
    db_arg_text(&args, basis[0] ? basis : NULL);
    db_queue(call->db, &sql_relation_begin, &args);
}

const struct db_statement sql_relation_end = {
    "relation_end",
    "UPDATE relation SET until = $4, end_basis = $5"
    " WHERE organization_id = $1 AND kind = $3 AND until IS NULL AND ($2::uuid IS NULL OR superior_id = $2)",
};

void
relation_end(struct call *call, const struct id *organization, const struct id *superior, int kind, date_t until,
             const char *basis)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_id(&args, superior);
    db_arg_text(&args, word_code(relation_kinds, kind));
    db_arg_date(&args, until);
    db_arg_text(&args, basis[0] ? basis : NULL);
    db_queue(call->db, &sql_relation_end, &args);
}

const struct db_statement sql_approval_begin = {
    "approval_begin",
    "INSERT INTO approval_power (organization_id, since, basis) VALUES ($1, $2, $3)",
};

const struct db_statement sql_approval_end = {
    "approval_end",
    "UPDATE approval_power SET until = $2, end_basis = $3 WHERE organization_id = $1 AND until IS NULL",
};

static void
queue_power(struct call *call, const struct db_statement *statement, const struct id *organization, date_t day,
            const char *basis)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_date(&args, day);
    db_arg_text(&args, basis);
    db_queue(call->db, statement, &args);
}

void
approval_begin(struct call *call, const struct id *organization, date_t since, const char *basis)
{
    queue_power(call, &sql_approval_begin, organization, since, basis);
}

void
approval_end(struct call *call, const struct id *organization, date_t until, const char *basis)
{
    queue_power(call, &sql_approval_end, organization, until, basis);
}

const struct db_statement sql_organization_touch = {
    "organization_touch",
    "UPDATE organization SET version = version + 1 WHERE id = $1",
};

void
related_tell(struct call *call, struct related *related)
{
    struct db_args args = { 0 };

    related->news.version++;
    db_arg_id(&args, &related->id);
    db_queue(call->db, &sql_organization_touch, &args);
    emit_organization_recorded(call->db, call->arena, &related->news, call->now);
}
