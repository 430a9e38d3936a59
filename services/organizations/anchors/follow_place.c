/* SPDX-License-Identifier: Apache-2.0 */
/* Places of the ledger as anchors. The ledger's thread and transaction. */
#include "organizations/anchors/follow_place.h"

#include "io/clock.h"
#include "base/banned.h"

/* A name that is new in its territory. Whoever is first to write the name makes the anchor. */
const struct db_statement sql_anchor_from_place = {
    "anchor_from_place",
    "WITH wanted AS ("
    "    SELECT DISTINCT ON (u.region_code, anchor_key(u.place)) u.region_code, anchor_key(u.place) AS name_key, "
    "w.fresh,"
    "           u.place"
    "      FROM unnest($1::uuid[], $2::uuid[]) AS w (unit_id, fresh) JOIN unit u ON u.id = w.unit_id"
    "     WHERE anchor_key(u.place) <> ''"
    "     ORDER BY u.region_code, anchor_key(u.place), u.code),"
    " named AS (INSERT INTO anchor_name (region_code, name_key, anchor_id)"
    "           SELECT region_code, name_key, fresh FROM wanted n"
    "            WHERE NOT EXISTS (SELECT FROM anchor_name k WHERE k.region_code = n.region_code"
    "                                 AND k.name_key = n.name_key)"
    "           ON CONFLICT DO NOTHING RETURNING anchor_id),"
    " made AS (INSERT INTO anchor (id, kind, name, region_code, version)"
    "          SELECT n.fresh, anchor_kind_of(n.place), n.place, n.region_code, 1"
    "            FROM wanted n JOIN named ON named.anchor_id = n.fresh RETURNING id)"
    " INSERT INTO anchor_history (anchor_id, version, at, account_id, role, organization_id, what)"
    " SELECT id, 1, $3, $4, $5, $6, 'from the ledger' FROM made",
};

const struct db_statement sql_anchor_leave_place = {
    "anchor_leave_place",
    "UPDATE anchor_unit w SET until = $2 FROM unit u"
    " WHERE u.id = ANY ($1::uuid[]) AND w.unit_id = u.id AND w.until IS NULL AND w.from_ledger"
    "   AND NOT EXISTS (SELECT FROM anchor_name k WHERE k.anchor_id = w.anchor_id AND k.region_code = u.region_code"
    "                      AND k.name_key = anchor_key(u.place))",
};

const struct db_statement sql_anchor_take_place = {
    "anchor_take_place",
    "INSERT INTO anchor_unit (anchor_id, unit_id, since, from_ledger)"
    " SELECT k.anchor_id, u.id, $2, true FROM unit u"
    "   JOIN anchor_name k ON k.region_code = u.region_code AND k.name_key = anchor_key(u.place)"
    "  WHERE u.id = ANY ($1::uuid[])"
    " ON CONFLICT (anchor_id, unit_id) WHERE until IS NULL DO NOTHING",
};

void
anchors_follow_units(struct import_work *work, const struct id *units, size_t count)
{
    struct id *fresh = arena_array(work->arena, count, sizeof *fresh);
    struct db_args made = { 0 };
    struct db_args stands = { 0 };

    for (size_t i = 0; i < count; i++)
        fresh[i] = clock_id();
    db_arg_ids(&made, work->arena, units, count);
    db_arg_ids(&made, work->arena, fresh, count);
    db_arg_instant(&made, work->now);
    db_arg_id(&made, &work->actor.account);
    db_arg_text(&made, work->actor.role);
    db_arg_id(&made, &work->actor.organization);
    db_queue(work->db, &sql_anchor_from_place, &made);
    db_arg_ids(&stands, work->arena, units, count);
    db_arg_date(&stands, work->today);
    db_queue(work->db, &sql_anchor_leave_place, &stands);
    db_queue(work->db, &sql_anchor_take_place, &stands);
}
