/* SPDX-License-Identifier: Apache-2.0 */
/* What has happened to a letter since the version that an actor has seen, for his answer 412: the fields that differ,
 * as they are now, and the last step. The caller's thread and transaction. */
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define STATE "/state"

/* Fields of the representation that an event sets besides the state. */
static const struct {
    const char *event;
    const char *pointer;
    size_t offset; /* of a text in Letter */
} sets[] = {
    { "agree", "/dues_paid_to", offsetof(Letter, dues_paid_to) },
    { "issue", "/number", offsetof(Letter, number) },
    { "issue", "/issued_on", offsetof(Letter, issued_on) },
    { "issue", "/valid_to", offsetof(Letter, valid_to) },
    { "forward", "/to_committee_id", offsetof(Letter, to_committee_id) },
    { "forward", "/to_committee_name", offsetof(Letter, to_committee_name) },
    { "correct", "/to_committee_id", offsetof(Letter, to_committee_id) },
    { "correct", "/to_committee_name", offsetof(Letter, to_committee_name) },
    { "record_receipt", "/receipt_number", offsetof(Letter, receipt_number) },
    { "record_receipt", "/receipt_on", offsetof(Letter, receipt_on) },
    { "approve", "/dues_paid_to", offsetof(Letter, dues_paid_to) },
    { "approve", "/to_branch_id", offsetof(Letter, to_branch_id) },
    { "approve", "/to_branch_name", offsetof(Letter, to_branch_name) },
    { "assign", "/to_branch_id", offsetof(Letter, to_branch_id) },
    { "assign", "/to_branch_name", offsetof(Letter, to_branch_name) },
};

#define SETS        (sizeof sets / sizeof *sets)
#define FIELDS_MOST (SETS + 1)

const struct db_statement sql_history_since = {
    "history_since",
    "SELECT h.version, h.event, h.state, h.at, h.role,"
    "       (SELECT name FROM organization WHERE id = h.organization_id) AS organization_name"
    "  FROM letter_history h WHERE h.letter_id = $1 AND h.at >= $2 AND h.version >= $3 ORDER BY h.version",
};

static status_t
read_steps(struct call *call, const struct letter *letter, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &letter->id);
    db_arg_instant(&args, letter->created_at);
    db_arg_i64(&args, call->request->version);
    return db_query(call->db, call->arena, &sql_history_since, &args, ret_rows);
}

static bool
happened(struct db_rows *rows, int first, const char *event)
{
    for (int i = first; i < db_count(rows); i++)
        if (strcmp(db_text(rows, i, "event"), event) == 0)
            return true;
    return false;
}

static void
add_change(struct comparison *comparison, struct change *changes, const char *pointer, const char *value)
{
    for (size_t i = 0; i < comparison->n_changes; i++)
        if (strcmp(changes[i].pointer, pointer) == 0)
            return;
    changes[comparison->n_changes++] = (struct change){ pointer, value ? value : "" };
}

/* The first row is the version that was seen, unless there never was such a one. */
static void
compare(struct call *call, const struct letter_view *view, struct db_rows *rows, struct comparison *comparison)
{
    struct change *changes = arena_array(call->arena, FIELDS_MOST, sizeof *changes);
    const char *state = letter_state_code(view->letter.state);
    bool seen = db_count(rows) && db_i64(rows, 0, "version") == call->request->version;
    Letter *now = letter_new(call->arena);

    letter_to_wire(call, view, now);
    comparison->changes = changes;
    if (!seen || strcmp(db_text(rows, 0, "state"), state) != 0)
        add_change(comparison, changes, STATE, state);
    for (size_t i = 0; i < SETS; i++)
        if (happened(rows, seen, sets[i].event))
            add_change(comparison, changes, sets[i].pointer, *(char **)(void *)((char *)now + sets[i].offset));
}

static void
name_last(struct call *call, struct db_rows *rows, struct comparison *comparison)
{
    int last = db_count(rows) - 1;
    char at[INSTANT_SIZE];

    if (last < 0)
        return;
    instant_format(db_instant(rows, last, "at"), at);
    comparison->at = arena_text(call->arena, at);
    comparison->organization = db_text(rows, last, "organization_name");
    comparison->role = db_text(rows, last, "role");
}

status_t
letter_expect_seen(struct call *call, const struct letter_view *view)
{
    struct comparison comparison = { .version = view->letter.version };
    struct db_rows *rows;
    status_t st = call_expect_version(call, view->letter.version);

    if (!st)
        return OK;
    if (read_steps(call, &view->letter, &rows))
        return st;
    compare(call, view, rows, &comparison);
    name_last(call, rows, &comparison);
    return status_stale(call->arena, &comparison);
}
