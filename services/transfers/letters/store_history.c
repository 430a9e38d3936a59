/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of letters. The caller's thread and transaction. */
#include "transfers/letters/letter_columns.h"
#include "transfers/store.h"
#include "base/banned.h"

const struct db_statement sql_history_insert = {
    "history_insert",
    "INSERT INTO letter_history (letter_id, version, event, state, at, account_id, role, organization_id, refusal, "
    "note)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
};

void
history_add(struct db *db, const struct letter *letter, const struct letter_deed *deed)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &letter->id);
    db_arg_i64(&args, letter->version);
    db_arg_text(&args, deed->name);
    db_arg_text(&args, letter_state_code(letter->state));
    db_arg_instant(&args, deed->at);
    db_arg_id(&args, deed->actor ? &deed->actor->account : NULL);
    db_arg_text(&args, deed->actor ? deed->actor->role : "system");
    db_arg_id(&args, deed->actor ? &deed->actor->organization : NULL);
    db_arg_text(&args, deed->refusal);
    db_arg_text(&args, deed->note && deed->note[0] ? deed->note : NULL);
    db_queue(db, &sql_history_insert, &args);
}

/* From the letter's own month on: older partitions are not looked at. */
const struct db_statement sql_history_read = {
    "history_read",
    "SELECT h.version, h.event, h.state, h.at, h.role, h.organization_id, h.refusal, h.note,"
    "       (SELECT name FROM organization WHERE id = h.organization_id) AS organization_name"
    "  FROM letter l JOIN letter_history h ON h.letter_id = l.id AND h.at >= l.created_at"
    " WHERE l.id = $3 AND " LETTER_VISIBLE " ORDER BY h.version",
};

static char *
text_of(struct arena *arena, const char *text)
{
    return arena_text(arena, text ? text : "");
}

static TimelineStep *
read_step(struct arena *arena, struct db_rows *rows, int row)
{
    TimelineStep *step = timeline_step_new(arena);
    struct id organization = db_id(rows, row, "organization_id");
    const char *refusal = db_text(rows, row, "refusal");
    char at[INSTANT_SIZE];
    char id[ID_SIZE] = "";

    instant_format(db_instant(rows, row, "at"), at);
    if (!id_is_nil(&organization))
        id_format(&organization, id);
    step->at = arena_text(arena, at);
    step->event = text_of(arena, db_text(rows, row, "event"));
    step->state = state_to_wire(letter_state_parse(db_text(rows, row, "state")));
    step->organization_id = arena_text(arena, id);
    step->organization_name = text_of(arena, db_text(rows, row, "organization_name"));
    step->role = text_of(arena, db_text(rows, row, "role"));
    step->note = text_of(arena, db_text(rows, row, "note"));
    step->version = db_i64(rows, row, "version");
    if (refusal) {
        step->refused_case = LIANGXIN__TRANSFERS__V1__TIMELINE_STEP__REFUSED_REFUSAL;
        step->refusal = refusal_to_wire(refusal);
    }
    return step;
}

status_t
history_read(struct call *call, const struct id *letter, Timeline *out)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *rows;
    date_t before = DATE_NONE;
    status_t st;

    db_arg_id(&args, viewer.scope);
    db_arg_id(&args, viewer.person);
    db_arg_id(&args, letter);
    st = db_query_row(call->db, call->arena, &sql_history_read, &args, &rows);
    if (st)
        return st;
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (int i = 0; i < db_count(rows); i++) {
        date_t day = instant_date(db_instant(rows, i, "at"));

        out->items[i] = read_step(call->arena, rows, i);
        out->items[i]->waited_days = i > 0 && day > before ? (uint32_t)(day - before) : 0;
        before = day;
    }
    return db_rows_status(rows);
}
