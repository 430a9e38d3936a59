/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in an organization, and its end. */
#include "organizations/life/store_ending.h"

#include "organizations/figures/store_period.h"
#include "organizations/relations/store_line.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

const struct db_statement sql_ending_lock = {
    "ending_lock",
    "SELECT id FROM organization WHERE id = $1 FOR UPDATE",
};

void
ending_lock(struct call *call, const struct id *organization)
{
    struct db_args args = { 0 };

    line_lock(call->db, true);
    db_arg_id(&args, organization);
    db_queue(call->db, &sql_ending_lock, &args);
}

/* Letters hold both ends: of a member here, and to here. A membership is over on the day on which it ended. */
#define LETTERS                                                                                                        \
    " letter AS (SELECT l.number FROM open_letter l JOIN member m ON m.id = l.member_id WHERE m.organization_id = $2"  \
    "            UNION ALL SELECT l.number FROM open_letter l WHERE l.to_organization_id = $2"                         \
    "              AND NOT EXISTS (SELECT FROM member m WHERE m.id = l.member_id AND m.organization_id = $2))"

const struct db_statement sql_ending_facts = {
    "ending_facts",
    "WITH top AS MATERIALIZED (SELECT s.descendant AS id FROM organization_scope s"
    "                           WHERE s.descendant = $2 AND s.ancestor = $1 LIMIT 1)," LETTERS
    " SELECT (SELECT count(*) FROM member WHERE organization_id = $2 AND status = 'active') AS members,"
    "        (SELECT count(*) FROM letter) AS letters,"
    "        (SELECT string_agg(number, ', ') FROM (SELECT number FROM letter WHERE number <> '' ORDER BY number"
    "                                                LIMIT 10) few) AS numbers,"
    "        (SELECT count(*) FROM relation WHERE superior_id = $2 AND kind = 'line' AND until IS NULL)"
    "        AS organizations,"
    "        (SELECT count(*) FROM relation WHERE superior_id = $2 AND kind <> 'line' AND until IS NULL) AS relations,"
    "        (SELECT count(*) FROM unit WHERE organization_id = $2) AS units,"
    "        (SELECT count(*) FROM person p WHERE p.organization_id = $2"
    "            AND NOT EXISTS (SELECT FROM member m WHERE m.person_id = p.id)) AS persons,"
    "        (SELECT count(*) FROM account_post WHERE organization_id = $2 AND (until IS NULL OR until > $3)) AS posts,"
    "        greatest((SELECT max(since) FROM organization_period WHERE organization_id = $2),"
    "                 (SELECT max(greatest(since, until)) FROM relation"
    "                   WHERE organization_id = $2 OR superior_id = $2),"
    "                 (SELECT max((greatest(since, until) AT TIME ZONE 'Asia/Shanghai')::date) FROM membership"
    "                   WHERE organization_id = $2),"
    "                 (SELECT max(greatest(since, until)) FROM unit_period WHERE organization_id = $2)) AS earliest"
    "   FROM top",
};

status_t
ending_facts_read(struct call *call, const struct id *organization, struct ending_facts *ret_facts)
{
    static const char *const columns[OBSTACLE_COUNT] = {
        [OBSTACLE_MEMBERS] = "members",     [OBSTACLE_LETTERS] = "letters", [OBSTACLE_ORGANIZATIONS] = "organizations",
        [OBSTACLE_RELATIONS] = "relations", [OBSTACLE_UNITS] = "units",     [OBSTACLE_PERSONS] = "persons",
    };
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, call->today);
    st = db_query_row(call->db, call->arena, &sql_ending_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct ending_facts){ .numbers = db_is_null(row, 0, "numbers") ? "" : db_text(row, 0, "numbers"),
                                        .earliest = db_date(row, 0, "earliest"),
                                        .posts = db_i64(row, 0, "posts") };
    for (int kind = OBSTACLE_MEMBERS; kind < OBSTACLE_COUNT; kind++)
        ret_facts->standing[kind] = db_i64(row, 0, columns[kind]);
    return db_rows_status(row);
}

const struct db_statement sql_successor_facts = {
    "successor_facts",
    "SELECT o.kind, o.dissolved_on IS NOT NULL AS dissolved,"
    "       EXISTS (SELECT FROM organization_line l WHERE l.descendant = o.id AND l.ancestor = $1) AS by_line,"
    "       EXISTS (SELECT FROM organization_line l WHERE l.descendant = o.id AND l.ancestor = $2) AS below"
    "  FROM organization o WHERE o.id = $3",
};

status_t
successor_facts_read(struct call *call, const struct id *organization, const struct id *successor,
                     struct successor_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_id(&args, successor);
    st = db_query(call->db, call->arena, &sql_successor_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct successor_facts){ .known = db_count(row) > 0 };
    if (!ret_facts->known)
        return OK;
    ret_facts->by_line = db_bool(row, 0, "by_line");
    ret_facts->below = db_bool(row, 0, "below");
    ret_facts->dissolved = db_bool(row, 0, "dissolved");
    ret_facts->kind = word_of_code(organization_kinds, db_text(row, 0, "kind"));
    return db_rows_status(row);
}

const struct db_statement sql_ending_organization = {
    "ending_organization",
    "UPDATE organization SET dissolved_on = $2, successor_id = $3 WHERE id = $1",
};

const struct db_statement sql_ending_relations = {
    "ending_relations",
    "UPDATE relation SET until = $2, end_basis = $3 WHERE organization_id = $1 AND until IS NULL",
};

const struct db_statement sql_ending_power = {
    "ending_power",
    "UPDATE approval_power SET until = greatest(since, $2::date), end_basis = $3"
    " WHERE organization_id = $1 AND until IS NULL",
};

const struct db_statement sql_ending_secretary = {
    "ending_secretary",
    "UPDATE post SET until = greatest(since, $2::date) WHERE organization_id = $1 AND until IS NULL",
};

const struct db_statement sql_ending_period = {
    "ending_period",
    "UPDATE organization_period SET until = $2 WHERE organization_id = $1 AND until IS NULL",
};

void
ending_write(struct call *call, const struct id *organization, const struct id *successor, date_t on, const char *basis)
{
    struct db_args args = { 0 };
    struct db_args named = { 0 };
    struct db_args based = { 0 };

    db_arg_id(&args, organization);
    db_arg_date(&args, on);
    db_arg_id(&named, organization);
    db_arg_date(&named, on);
    db_arg_id(&named, successor);
    db_arg_id(&based, organization);
    db_arg_date(&based, on);
    db_arg_text(&based, basis);
    db_queue(call->db, &sql_ending_organization, &named);
    db_queue(call->db, &sql_ending_relations, &based);
    db_queue(call->db, &sql_ending_power, &based);
    db_queue(call->db, &sql_ending_secretary, &args);
    db_queue(call->db, &sql_ending_period, &args);
    reach_make(call->db, call->arena, organization, 1);
}

const struct db_statement sql_ending_posts = {
    "ending_posts",
    "UPDATE account_post SET until = greatest(since, $2::date)"
    " WHERE organization_id = $1 AND (until IS NULL OR until > $2) RETURNING id",
};

const struct db_statement sql_ending_sessions = {
    "ending_sessions",
    "DELETE FROM session WHERE post_id = ANY ($1::uuid[])",
};

const struct db_statement sql_ending_post_units = {
    "ending_post_units",
    "UPDATE post_unit SET until = greatest(since, $2::date) WHERE post_id = ANY ($1::uuid[]) AND until IS NULL",
};

/* The ids of a result, each with its audit row. */
static const struct id *
note_each(struct call *call, struct db_rows *rows, const char *object, const char *before, const char *after)
{
    struct id *ids = arena_array(call->arena, (size_t)db_count(rows), sizeof *ids);

    for (int i = 0; i < db_count(rows); i++) {
        ids[i] = db_id(rows, i, "id");
        audit_add(call, &(struct audit_entry){
                            .object = object, .id = &ids[i], .before = slice_of(before), .after = slice_of(after) });
    }
    return ids;
}

status_t
ending_posts(struct call *call, const struct id *organization)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    const struct id *ids;
    status_t st;

    db_arg_id(&args, organization);
    db_arg_date(&args, call->today);
    st = db_query(call->db, call->arena, &sql_ending_posts, &args, &rows);
    if (st)
        return st;
    ids = note_each(call, rows, "account_post", "held", "over");
    args = (struct db_args){ 0 };
    db_arg_ids(&args, call->arena, ids, (size_t)db_count(rows));
    db_queue(call->db, &sql_ending_sessions, &args);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_ending_post_units, &args);
    return db_rows_status(rows);
}

const struct db_statement sql_coverage_pass = {
    "coverage_pass",
    "UPDATE unit SET organization_id = $2, version = version + 1 WHERE organization_id = $1 RETURNING id",
};

status_t
coverage_pass(struct call *call, const struct id *from, const struct id *to, date_t on)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    char before[ID_SIZE];
    char after[ID_SIZE];
    const struct id *ids;
    status_t st;

    db_arg_id(&args, from);
    db_arg_id(&args, to);
    st = db_query(call->db, call->arena, &sql_coverage_pass, &args, &rows);
    if (st)
        return st;
    id_format(from, before);
    id_format(to, after);
    ids = note_each(call, rows, "unit", arena_text(call->arena, before), arena_text(call->arena, after));
    unit_periods_keep(call->db, call->arena, ids, (size_t)db_count(rows), on);
    return db_rows_status(rows);
}
