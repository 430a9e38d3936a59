/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger read. Scope is judged in the statement that reads; fields that the actor may not see are not
 * there. On the worker's thread. */
#include "organizations/unit_facts/store_fact.h"
#include "organizations/units/unit_scope.h"
#include "base/banned.h"

static void
arg_permissions(struct call *call, struct db_args *args)
{
    db_arg_texts(args, call->arena, call->actor->permissions, call->actor->n_permissions);
}

const struct db_statement sql_fact_field_list = {
    "fact_field_list",
    "SELECT f.field_group, g.label_zh AS group_zh, g.label_en AS group_en, g.review_days, f.name, f.label_zh, "
    "f.label_en,"
    "       f.kind, f.held = 'counted' AS counted,"
    "       (SELECT string_agg(concat_ws(chr(31), w.code, w.label_zh, w.label_en), chr(30) ORDER BY w.position)"
    "          FROM unit_field_word w WHERE w.field = f.name) AS words"
    "  FROM unit_field f JOIN unit_field_group g ON g.name = f.field_group"
    " WHERE f.permission = ANY ($1::text[])"
    " ORDER BY g.position, f.position",
};

status_t
fact_field_list(struct call *call, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    arg_permissions(call, &args);
    return db_query(call->db, call->arena, &sql_fact_field_list, &args, ret_rows);
}

const struct db_statement sql_fact_unit_find = {
    "fact_unit_find",
    "SELECT u.version, (SELECT count(*) FROM unit_conflict c WHERE c.unit_id = u.id AND c.state = 'open'"
    "                      AND (c.field IS NULL OR EXISTS (SELECT FROM unit_field f WHERE f.name = c.field"
    "                           AND f.permission = ANY ($3::text[])))) AS conflicts"
    "  FROM unit u WHERE u.id = $2 AND " UNIT_READ,
};

status_t
fact_unit_find(struct call *call, const struct id *unit, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    arg_permissions(call, &args);
    return db_query_row(call->db, call->arena, &sql_fact_unit_find, &args, ret_row);
}

/* A confirmation later than the value's row is what the value stands on. */
#define BY_THEN(alias) " AND " alias ".as_of <= $2"

const struct db_statement sql_fact_list = {
    "fact_list",
    "SELECT f.name AS field, f.field_group, f.held = 'counted' AS counted, t.value, v.reviewed_on,"
    "       v.reviewed_on + g.review_days AS stale_on,"
    "       coalesce(c.as_of, t.as_of) AS as_of, coalesce(c.source, t.source) AS source,"
    "       coalesce(c.account_id, t.account_id) AS account_id, coalesce(c.role, t.role) AS role,"
    "       (SELECT o.name FROM organization o WHERE o.id = coalesce(c.organization_id, t.organization_id)) AS "
    "acting_for"
    "  FROM unit_field f"
    "  JOIN unit_field_group g ON g.name = f.field_group"
    "  LEFT JOIN unit_review v ON v.unit_id = $1 AND v.field_group = f.field_group" LATEST_FACT(
        "$1", BY_THEN) " WHERE f.permission = ANY ($3::text[])"
                       " ORDER BY g.position, f.position",
};

status_t
fact_list(struct call *call, const struct id *unit, date_t as_of, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    db_arg_date(&args, as_of);
    arg_permissions(call, &args);
    return db_query(call->db, call->arena, &sql_fact_list, &args, ret_rows);
}

/* Members are those whose unit it is, wherever their organization; a membership counts where the day's end lies in it.
 */
#define DAYS_END      "(($2::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
#define ON_DAY(alias) alias ".since <= $2::date AND (" alias ".until IS NULL OR " alias ".until > $2::date)"
#define PERSONS(wanted)                                                                                                \
    "(SELECT count(DISTINCT p.id) FROM person p JOIN person_post t ON t.person_id = p.id AND t.role = '" wanted        \
    "' AND " ON_DAY("t") " WHERE p.unit_id = $1)"

const struct db_statement sql_fact_count = {
    "fact_count",
    "WITH member_of AS ("
    "    SELECT m.id, s.organization_id, m.full_on IS NOT NULL AND m.full_on <= $2::date AS is_full"
    "      FROM member m JOIN membership s ON s.member_id = m.id AND s.since < " DAYS_END
    "                                     AND (s.until IS NULL OR s.until >= " DAYS_END ")"
    "     WHERE m.unit_id = $1)"
    " SELECT v.field, v.value"
    "   FROM unit u"
    "   LEFT JOIN unit_period k ON k.unit_id = u.id AND " ON_DAY(
        "k") "   LEFT JOIN organization o ON o.id = k.organization_id"
             "  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE is_full) AS full_members,"
             "             count(*) FILTER (WHERE NOT is_full) AS probationary,"
             "             count(*) FILTER (WHERE organization_id IS DISTINCT FROM o.id) AS elsewhere,"
             "             count(*) FILTER (WHERE EXISTS (SELECT FROM floating_period f WHERE f.member_id = "
             "member_of.id AND " ON_DAY(
                 "f") ")) AS floating FROM member_of) n"
                      "  CROSS JOIN LATERAL (VALUES"
                      "        ('organization_name', o.name), ('organization_kind', o.kind), ('coverage_form', "
                      "k.coverage_form),"
                      "        ('organization_founded_on', o.founded_on::text), ('organization_term_ends_on', "
                      "o.term_ends_on::text),"
                      "        ('organization_secretary', (SELECT p.name FROM post t JOIN person p ON p.id = "
                      "t.person_id"
                      "             WHERE t.organization_id = o.id AND t.role = 'secretary' AND " ON_DAY(
                          "t") " LIMIT 1)),"
                               "        ('full_members', n.full_members::text), ('probationary_members', "
                               "n.probationary::text),"
                               "        ('floating_members', n.floating::text), ('members_elsewhere', "
                               "n.elsewhere::text),"
                               "        ('activists', " PERSONS("activist") "::text), ('applicants', " PERSONS(
                                   "applicant") "::text))"
                                                "        AS v (field, value)"
                                                "  WHERE u.id = $1",
};

status_t
fact_count(struct call *call, const struct id *unit, date_t as_of, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    db_arg_date(&args, as_of);
    return db_query(call->db, call->arena, &sql_fact_count, &args, ret_rows);
}

const struct db_statement sql_fact_history_list = {
    "fact_history_list",
    "SELECT h.seq::text AS seq, h.field, h.value, h.as_of, h.source, h.account_id, h.role, h.at,"
    "       (SELECT o.name FROM organization o WHERE o.id = h.organization_id) AS acting_for"
    "  FROM unit_fact_history h JOIN unit_field f ON f.name = h.field AND f.permission = ANY ($2::text[])"
    " WHERE h.unit_id = $1 AND ($3::text IS NULL OR h.field = $3) AND ($4::text IS NULL OR h.seq < $4::bigint)"
    " ORDER BY h.seq DESC LIMIT $5",
};

status_t
fact_history_list(struct call *call, const struct id *unit, const char *field, const struct page *page,
                  struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    arg_permissions(call, &args);
    db_arg_text(&args, field);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_fact_history_list, &args, ret_rows);
}

/* A group's day and its unit are the key. A unit that is gone is looked at no more. */
#define STALE                                                                                                          \
    "r.field_group = $3 AND r.reviewed_on <= $4::date - (SELECT g.review_days FROM unit_field_group g WHERE g.name = " \
    "$3)"                                                                                                              \
    " AND (r.reviewed_on, r.unit_id) > (coalesce(left($5::text, 10)::date, '-infinity'),"                              \
    "                                   coalesce(substr($5::text, 12)::uuid, '00000000-0000-0000-0000-000000000000'))" \
    " AND u.business_state NOT IN ('closed', 'moved', 'revoked')"
#define REVIEWED "unit_review r JOIN unit u ON u.id = r.unit_id"
#define OLDEST   " ORDER BY r.reviewed_on, r.unit_id LIMIT " PAGE_MOST ")"
#define FOUND    "(SELECT r.reviewed_on, r.unit_id FROM "

const struct db_statement sql_stale_list = {
    "stale_list",
    WITH_BREADTH(
        "$2") " found AS (" FOUND "top JOIN " BELOW_TOP " JOIN unit u ON u.organization_id = l.descendant"
              " JOIN unit_review r ON r.unit_id = u.id"
              " WHERE (SELECT narrow FROM line) AND " STALE OLDEST " UNION ALL " FOUND REVIEWED
              " WHERE u.organization_id IS NULL AND " REGION_WITHIN(
                  "u.region_code") " AND (SELECT narrow FROM line) AND " STALE OLDEST " UNION ALL " FOUND
                  REVIEWED " WHERE NOT (SELECT narrow FROM line) AND " UNIT_WITHIN(
                      "") " AND " STALE OLDEST " UNION ALL " FOUND OWN_UNITS
                          " JOIN unit_review r ON r.unit_id = u.id WHERE " STALE OLDEST ")"
                          " SELECT f.reviewed_on::text || '|' || f.unit_id AS key, f.unit_id, u.code, u.name, "
                          "f.reviewed_on,"
                          "        f.reviewed_on + g.review_days AS stale_since"
                          "   FROM found f JOIN unit u ON u.id = f.unit_id JOIN unit_field_group g ON g.name = $3"
                          "  ORDER BY f.reviewed_on, f.unit_id LIMIT $6",
};

status_t
stale_list(struct call *call, const char *group, date_t on, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, group);
    db_arg_date(&args, on);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_stale_list, &args, ret_rows);
}
