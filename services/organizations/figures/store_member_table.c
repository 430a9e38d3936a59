/* SPDX-License-Identifier: Apache-2.0 */
/* The statement of the table that closes, and its row. $1: the acting organization; $2: which; $3: the month's first
 * day; $4: the last day counted. The worker's thread, without a transaction. */
#include "organizations/figures/member_table.h"
#include "rpc/call.h"

#include "base/banned.h"

#define ON_DAY(day)  "r.since <= " day " AND (r.until IS NULL OR r.until > " day ")"
#define BEGINS       "($3::date::timestamp AT TIME ZONE 'Asia/Shanghai')"
#define ENDS         "(($4::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
#define N(condition) "count(*) FILTER (WHERE " condition ")"
#define BELOW(name, day)                                                                                               \
    " " name " AS (SELECT id FROM top UNION ALL SELECT r.organization_id FROM " name                                   \
    "   JOIN relation r ON r.superior_id = " name ".id AND r.kind = 'line' AND " ON_DAY(day) "),"

/* Whoever went from one organization of the line to another has neither come nor gone; the line is the last day's. */
const struct db_statement sql_member_table = {
    "member_table",
    "WITH RECURSIVE top AS MATERIALIZED ("
    "    SELECT s.descendant AS id FROM organization_scope s WHERE s.descendant = $2 AND s.ancestor = $1)," //
    BELOW("before", "$3::date - 1") BELOW("line", "$4::date")                                               //
    " node AS MATERIALIZED (SELECT id, bool_or(was) AS was, bool_or(is_now) AS is_now"
    "   FROM (SELECT id, true AS was, false AS is_now FROM before UNION ALL SELECT id, false, true FROM line) "
    "both_lines"
    "  GROUP BY id),"
    " stay AS MATERIALIZED (SELECT n.was, n.is_now, s.member_id, s.organization_id, s.since, s.until, s.letter_id,"
    "        s.since < " BEGINS " AS at_start, s.until IS NULL OR s.until >= " ENDS " AS at_end"
    "   FROM node n JOIN membership s ON s.organization_id = n.id AND s.since < " ENDS
    "    AND (s.until IS NULL OR s.until >= " BEGINS ")),"
    " came AS (SELECT p.member_id IS NULL AND s.letter_id IS NULL AS recorded, p.member_id IS NOT NULL AS "
    "transferred"
    "   FROM stay s LEFT JOIN membership p ON p.member_id = s.member_id AND p.until = s.since"
    "  WHERE s.is_now AND NOT s.at_start AND (p.member_id IS NULL OR p.organization_id NOT IN (SELECT id FROM "
    "line))),"
    " went AS (SELECT CASE WHEN x.member_id IS NOT NULL THEN 'transferred' ELSE h.status END AS how"
    "   FROM stay s LEFT JOIN membership x ON x.member_id = s.member_id AND x.since = s.until"
    "   LEFT JOIN member_status_history h"
    "     ON h.member_id = s.member_id AND h.organization_id = s.organization_id AND h.at = s.until"
    "  WHERE s.is_now AND NOT s.at_end AND (x.member_id IS NULL OR x.organization_id NOT IN (SELECT id FROM line)))"
    " SELECT (SELECT count(*) FROM top) AS found, stays.*, comings.*, goings.*"
    "   FROM (SELECT " N("was AND at_start") " AS at_start, " N(
        "is_now AND at_end") " AS at_end,"
                             "                " N(
                                 "is_now AND NOT was AND at_start") " AS organization_in,"
                                                                    "                " N(
                                                                        "was AND NOT is_now AND "
                                                                        "at_start") " AS "
                                                                                    "organization_"
                                                                                    "out FROM "
                                                                                    "stay) stays,"
                                                                                    "        "
                                                                                    "(SELECT "
                                                                                    "count(*) AS "
                                                                                    "came, " N(
                                                                                        "re"
                                                                                        "co"
                                                                                        "rd"
                                                                                        "e"
                                                                                        "d") " AS recorded, " N("transf"
                                                                                                                "err"
                                                                                                                "ed") " AS"
                                                                                                                      " tr"
                                                                                                                      "ans"
                                                                                                                      "fer"
                                                                                                                      "red"
                                                                                                                      "_in"
                                                                                                                      "   "
                                                                                                                      "   "
                                                                                                                      "   "
                                                                                                                      "  "
                                                                                                                      "FRO"
                                                                                                                      "M "
                                                                                                                      "cam"
                                                                                                                      "e) "
                                                                                                                      "com"
                                                                                                                      "ing"
                                                                                                                      "s,"
                                                                                                                      "   "
                                                                                                                      "   "
                                                                                                                      "  "
                                                                                                                      "(SE"
                                                                                                                      "LEC"
                                                                                                                      "T "
                                                                                                                      "cou"
                                                                                                                      "nt("
                                                                                                                      "*) "
                                                                                                                      "AS "
                                                                                                                      "wen"
                                                                                                                      "t,"
                                                                                                                      " " N(
                                                                                                                          "how = 'transferred'") " AS transferred_out,"
                                                                                                                                                 "                " N("how = 'moved_out'") " AS city_out, " N(
                                                                                                                                                     "how = 'deceased'") " AS deceased,"
                                                                                                                                                                         "                " N("how = 'expelled'") " AS expelled, " N(
                                                                                                                                                                             "how = 'withdrawn'") " AS withdrawn,"
                                                                                                                                                                                                  "                " N("how = 'removed'") " AS removed, " N(
                                                                                                                                                                                                      "how = 'suspended'") " AS suspended FROM went) goings",
};

static void
table_to_wire(struct db_rows *row, MemberTable *out)
{
    int64_t came = db_i64(row, 0, "came");
    int64_t went = db_i64(row, 0, "went");

    out->members_start = db_i64(row, 0, "at_start");
    out->members_end = db_i64(row, 0, "at_end");
    out->organization_in = db_i64(row, 0, "organization_in");
    out->organization_out = db_i64(row, 0, "organization_out");
    out->recorded = db_i64(row, 0, "recorded");
    out->transferred_in = db_i64(row, 0, "transferred_in");
    out->city_in = came - out->recorded - out->transferred_in;
    out->transferred_out = db_i64(row, 0, "transferred_out");
    out->city_out = db_i64(row, 0, "city_out");
    out->deceased = db_i64(row, 0, "deceased");
    out->expelled = db_i64(row, 0, "expelled");
    out->withdrawn = db_i64(row, 0, "withdrawn");
    out->removed = db_i64(row, 0, "removed");
    out->suspended = db_i64(row, 0, "suspended");
    out->members_in = came + out->organization_in;
    out->members_out = went + out->organization_out;
}

status_t
member_table_read(struct call *call, const struct id *organization, date_t first, date_t last, MemberTable *out)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, first);
    db_arg_date(&args, last);
    st = db_query_row(call->db, call->arena, &sql_member_table, &args, &row);
    if (st)
        return st;
    if (db_i64(row, 0, "found") == 0)
        return status_plain(PROBLEM_NOT_FOUND);
    table_to_wire(row, out);
    return db_rows_status(row);
}
