/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the closures. The caller's thread and transaction. */
#include "organizations/relations/store_line.h"

#include "base/banned.h"

const struct db_statement sql_line_lock = {
    "line_lock",
    "SELECT pg_advisory_xact_lock(hashtext('organization_line'))",
};

const struct db_statement sql_line_lock_shared = {
    "line_lock_shared",
    "SELECT pg_advisory_xact_lock_shared(hashtext('organization_line'))",
};

void
line_lock(struct db *db, bool alone)
{
    db_queue(db, alone ? &sql_line_lock : &sql_line_lock_shared, NULL);
}

/* Everything above the superior is above the new organization. */
const struct db_statement sql_line_insert = {
    "line_insert",
    "INSERT INTO organization_line (descendant, ancestor, depth)"
    " SELECT $1::uuid, ancestor, depth + 1 FROM organization_line WHERE descendant = $2"
    " UNION ALL SELECT $1::uuid, $1::uuid, 0",
};

void
line_add(struct db *db, const struct id *organization, const struct id *superior)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_id(&args, superior);
    db_queue(db, &sql_line_insert, &args);
}

const struct db_statement sql_line_detach = {
    "line_detach",
    "DELETE FROM organization_line l USING organization_line sub"
    " WHERE sub.ancestor = $1 AND l.descendant = sub.descendant"
    "   AND NOT EXISTS (SELECT FROM organization_line i WHERE i.ancestor = $1 AND i.descendant = l.ancestor)",
};

const struct db_statement sql_line_attach = {
    "line_attach",
    "INSERT INTO organization_line (descendant, ancestor, depth)"
    " SELECT sub.descendant, up.ancestor, sub.depth + up.depth + 1"
    "   FROM organization_line sub, organization_line up WHERE sub.ancestor = $1 AND up.descendant = $2",
};

void
line_move(struct db *db, const struct id *organization, const struct id *superior)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_queue(db, &sql_line_detach, &args);
    db_arg_id(&args, superior);
    db_queue(db, &sql_line_attach, &args);
}

const struct db_statement sql_reach_clear = {
    "reach_clear",
    "DELETE FROM organization_reach r USING organization_line sub"
    " WHERE sub.ancestor = ANY ($1::uuid[]) AND r.descendant = sub.descendant",
};

/* The superior of a relation reaches the organization and all below it, unless it stands above it in the line anyway.
 */
const struct db_statement sql_reach_insert = {
    "reach_insert",
    "INSERT INTO organization_reach (descendant, ancestor, writes)"
    " SELECT sub.descendant, r.superior_id, bool_or(r.scope = 'write')"
    "   FROM organization_line sub"
    "   JOIN organization_line up ON up.descendant = sub.descendant"
    "   JOIN relation r ON r.organization_id = up.ancestor AND r.kind <> 'line' AND r.until IS NULL"
    "  WHERE sub.ancestor = ANY ($1::uuid[])"
    "    AND NOT EXISTS (SELECT FROM organization_line l"
    "                     WHERE l.descendant = sub.descendant AND l.ancestor = r.superior_id)"
    "  GROUP BY sub.descendant, r.superior_id",
};

void
reach_make(struct db *db, struct arena *arena, const struct id *organizations, size_t count)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, arena, organizations, count);
    db_queue(db, &sql_reach_clear, &args);
    db_queue(db, &sql_reach_insert, &args);
}
