/* SPDX-License-Identifier: Apache-2.0 */
/* SQLSTATE to status, once. The server's own text may carry personal data and never leaves this file: only the code and
 * the constraint's name do. */
#include <stdio.h>

#include "io/db_private.h"
#include "base/banned.h"

static const struct {
    const char *prefix; /* of the SQLSTATE */
    enum problem_name problem;
    bool repeat; /* the whole transaction may be run again */
} states[] = {
    { "40001", PROBLEM_BUSY, true },  /* serialization failure */
    { "40P01", PROBLEM_BUSY, true },  /* deadlock */
    { "26000", PROBLEM_BUSY, true },  /* prepared statement gone */
    { "0A000", PROBLEM_BUSY, true },  /* cached plan must not change result type */
    { "55P03", PROBLEM_BUSY, false }, /* lock timeout: somebody works on the same row */
    { "23505", PROBLEM_ALREADY_EXISTS, false },
    { "57014", PROBLEM_TIMEOUT, false },    /* statement timeout */
    { "57P", PROBLEM_UNAVAILABLE, true },   /* shutdown, crash, cannot connect now */
    { "25006", PROBLEM_UNAVAILABLE, true }, /* read-only: a fail-over is under way */
    { "25P03", PROBLEM_TIMEOUT, false },    /* idle in transaction */
    { "08", PROBLEM_UNAVAILABLE, true },
    { "53", PROBLEM_UNAVAILABLE, false }, /* disk full, too many connections */
};

static void
copy_field(char *to, size_t size, const PGresult *result, int field)
{
    const char *text = PQresultErrorField(result, field);

    snprintf(to, size, "%s", text ? text : "");
}

status_t
db_error(struct arena *arena, struct db *db, const PGresult *result)
{
    enum problem_name problem = PROBLEM_INTERNAL;
    status_t cause;

    copy_field(db->sqlstate, sizeof db->sqlstate, result, PG_DIAG_SQLSTATE);
    copy_field(db->constraint, sizeof db->constraint, result, PG_DIAG_CONSTRAINT_NAME);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strncmp(db->sqlstate, states[i].prefix, strlen(states[i].prefix)) == 0) {
            problem = states[i].problem;
            db->may_repeat = states[i].repeat;
            break;
        }
    if (strcmp(db->sqlstate, "26000") == 0 || strcmp(db->sqlstate, "0A000") == 0)
        db->stale = true;
    cause = status_detail(arena, problem, "sqlstate %s %s", db->sqlstate, db->constraint);
    return status_because(arena, problem, cause);
}

status_t
db_lost(struct arena *arena, struct db *db, enum problem_name problem, const char *why)
{
    db_disconnect(db);
    db->may_repeat = !db->commit_unknown && problem == PROBLEM_UNAVAILABLE;
    return status_because(arena, problem, status_detail(arena, problem, "database: %s", why));
}
