/* SPDX-License-Identifier: Apache-2.0 */
/* Notes of changed units. The caller's thread and transaction. */
#include "organizations/units/store_unit_note.h"

#include "base/banned.h"

/* A value that was never said and is not there is no news. The day of a fact does not go backwards. */
const struct db_statement sql_unit_facts_note = {
    "unit_facts_note",
    "INSERT INTO unit_fact_history (unit_id, field, value, as_of, source, account_id, role, organization_id, at)"
    " SELECT u.id, f.field, f.value, greatest($2::date, t.as_of), $3, $4, $5, $6, $7"
    "   FROM unit u"
    "   LEFT JOIN person p ON p.id = u.owner_id"
    "  CROSS JOIN LATERAL (VALUES ('name', u.name), ('business_state', u.business_state), ('trade', u.trade),"
    "                             ('region_code', u.region_code), ('place', u.place), ('staff', u.staff::text),"
    "                             ('owner_name', p.name), ('owner_is_member', u.owner_is_member::text))"
    "        AS f (field, value)"
    "   LEFT JOIN LATERAL (SELECT h.value, h.as_of FROM unit_fact_history h"
    "                       WHERE h.unit_id = u.id AND h.field = f.field"
    "                       ORDER BY h.as_of DESC, h.seq DESC LIMIT 1) t ON true"
    "  WHERE u.id = ANY ($1::uuid[]) AND t.value IS DISTINCT FROM f.value",
};

const struct db_statement sql_unit_states_note = {
    "unit_states_note",
    "INSERT INTO unit_state_history (unit_id, state, since, main_unit_id, account_id, role, organization_id, at)"
    " SELECT u.id, u.business_state, $2::date, u.main_unit_id, $3, $4, $5, $6"
    "   FROM unit u"
    "   LEFT JOIN LATERAL (SELECT h.state FROM unit_state_history h WHERE h.unit_id = u.id"
    "                       ORDER BY h.seq DESC LIMIT 1) t ON true"
    "  WHERE u.id = ANY ($1::uuid[]) AND t.state IS DISTINCT FROM u.business_state",
};

const struct db_statement sql_unit_reviews_begin = {
    "unit_reviews_begin",
    "INSERT INTO unit_review (unit_id, field_group, reviewed_on)"
    " SELECT w.id, g.name, $2::date FROM unnest($1::uuid[]) AS w (id) CROSS JOIN unit_field_group g"
    " ON CONFLICT (unit_id, field_group) DO NOTHING",
};

static void
arg_actor(struct db_args *args, const struct unit_note *note)
{
    db_arg_id(args, &note->actor->account);
    db_arg_text(args, note->actor->role);
    db_arg_id(args, &note->actor->organization);
    db_arg_instant(args, note->at);
}

void
units_note(struct db *db, struct arena *arena, const struct id *units, size_t count, const struct unit_note *note)
{
    struct db_args facts = { 0 };
    struct db_args states = { 0 };
    struct db_args reviews = { 0 };

    db_arg_ids(&facts, arena, units, count);
    db_arg_date(&facts, note->as_of);
    db_arg_text(&facts, note->source);
    arg_actor(&facts, note);
    db_queue(db, &sql_unit_facts_note, &facts);
    db_arg_ids(&states, arena, units, count);
    db_arg_date(&states, note->as_of);
    arg_actor(&states, note);
    db_queue(db, &sql_unit_states_note, &states);
    db_arg_ids(&reviews, arena, units, count);
    db_arg_date(&reviews, note->as_of);
    db_queue(db, &sql_unit_reviews_begin, &reviews);
}
