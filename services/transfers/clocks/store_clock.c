/* SPDX-License-Identifier: Apache-2.0 */
/* Letters whose time is over, and the calendar that says so. The jobs thread's transaction, the calendar anybody's. */
#include "transfers/letters/letter_columns.h"
#include "transfers/store.h"
#include "base/banned.h"

#define DAY_US  INT64_C(86400000000)
#define EAST_US INT64_C(28800000000) /* Asia/Shanghai is ahead of UTC */

const struct db_statement sql_workday_list = {
    "workday_list",
    "SELECT day, works FROM workday ORDER BY day",
};

status_t
calendar_read(struct db *db, struct arena *arena, struct workday_calendar *ret_calendar)
{
    struct db_args args = { 0 };
    struct workday_exception *exceptions;
    struct db_rows *rows;
    status_t st = db_query(db, arena, &sql_workday_list, &args, &rows);

    if (st)
        return st;
    exceptions = arena_array(arena, (size_t)db_count(rows), sizeof *exceptions);
    for (int i = 0; i < db_count(rows); i++)
        exceptions[i] =
            (struct workday_exception){ .day = db_date(rows, i, "day"), .works = db_bool(rows, i, "works") };
    *ret_calendar = (struct workday_calendar){ .exceptions = exceptions, .count = db_count(rows) };
    return db_rows_status(rows);
}

static status_t
claim(struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
      struct letter_view **ret_views, int *ret_count)
{
    struct db_rows *rows;
    status_t st = db_query(db, arena, statement, args, &rows);

    if (st)
        return st;
    *ret_count = db_count(rows);
    *ret_views = arena_array(arena, (size_t)*ret_count, sizeof **ret_views);
    for (int i = 0; i < *ret_count; i++)
        letter_read(rows, i, &(*ret_views)[i]);
    return db_rows_status(rows);
}

const struct db_statement sql_letter_overdue_validity = {
    "letter_overdue_validity",
    "SELECT " LETTER_COLUMNS " FROM letter l WHERE l.state IN ('issued', 'recall_asked') AND l.valid_to < $1::date"
    " ORDER BY l.valid_to LIMIT $2 FOR UPDATE OF l SKIP LOCKED",
};

status_t
letters_claim_expired(struct db *db, struct arena *arena, date_t today, int limit, struct letter_view **ret_views,
                      int *ret_count)
{
    struct db_args args = { 0 };

    db_arg_date(&args, today);
    db_arg_i64(&args, limit);
    return claim(db, arena, &sql_letter_overdue_validity, &args, ret_views, ret_count);
}

/* $1: state, $2: began before, $3: name of the clock, $4: limit, $5: now. What was not there to be claimed is not told:
 * two instances may read the same letter, one of them gets the row. */
#define CLAIM_OVERDUE(began)                                                                                           \
    "WITH due AS (SELECT " LETTER_COLUMNS ", " began " AS began FROM letter l"                                         \
    "  WHERE l.state = $1 AND " began " < $2::timestamptz AND NOT EXISTS ("                                            \
    "        SELECT FROM letter_clock c WHERE c.letter_id = l.id AND c.clock = $3 AND c.began = " began ")"            \
    "  ORDER BY " began " LIMIT $4 FOR UPDATE OF l SKIP LOCKED),"                                                      \
    " claimed AS (INSERT INTO letter_clock (letter_id, clock, began, at)"                                              \
    "  SELECT id, $3, began, $5::timestamptz FROM due ON CONFLICT DO NOTHING RETURNING letter_id)"                     \
    " SELECT due.* FROM due JOIN claimed ON claimed.letter_id = due.id"

const struct db_statement sql_letter_overdue_state = { "letter_overdue_state", CLAIM_OVERDUE("l.state_since") };

const struct db_statement sql_letter_overdue_receipt = { "letter_overdue_receipt", CLAIM_OVERDUE("l.received_at") };

status_t
letters_claim_overdue(struct db *db, struct arena *arena, const struct letter_clock *clock, date_t begun_by,
                      instant_t now, int limit, struct letter_view **ret_views, int *ret_count)
{
    struct db_args args = { 0 };

    db_arg_text(&args, letter_state_code(clock->state));
    db_arg_instant(&args, ((int64_t)begun_by + 1) * DAY_US - EAST_US);
    db_arg_text(&args, clock->name);
    db_arg_i64(&args, limit);
    db_arg_instant(&args, now);
    return claim(db, arena, clock->basis == CLOCK_FROM_STATE ? &sql_letter_overdue_state : &sql_letter_overdue_receipt,
                 &args, ret_views, ret_count);
}

/* $1: name, $2: today, $3: percent or null, $4: days before the end, $5: limit, $6: now. */
#define REMIND_ON                                                                                                      \
    "CASE WHEN $3::int IS NULL THEN l.valid_to - $4::int"                                                              \
    "     ELSE l.issued_on + ceil((l.valid_to - l.issued_on) * $3::int / 100.0)::int END"

#define ISSUED_AT "(l.issued_on::timestamp AT TIME ZONE 'Asia/Shanghai')"

const struct db_statement sql_letter_reminded = {
    "letter_reminded",
    "WITH due AS (SELECT " LETTER_COLUMNS ", " ISSUED_AT " AS began FROM letter l"
    "  WHERE l.state = 'issued' AND l.valid_to >= $2::date AND " REMIND_ON " <= $2::date AND NOT EXISTS ("
    "        SELECT FROM letter_clock c WHERE c.letter_id = l.id AND c.clock = $1 AND c.began = " ISSUED_AT ")"
    "  ORDER BY l.valid_to LIMIT $5 FOR UPDATE OF l SKIP LOCKED),"
    " claimed AS (INSERT INTO letter_clock (letter_id, clock, began, at)"
    "  SELECT id, $1, began, $6::timestamptz FROM due ON CONFLICT DO NOTHING RETURNING letter_id)"
    " SELECT due.* FROM due JOIN claimed ON claimed.letter_id = due.id",
};

status_t
letters_claim_reminded(struct db *db, struct arena *arena, const struct letter_reminder *reminder, instant_t now,
                       int limit, struct letter_view **ret_views, int *ret_count)
{
    struct db_args args = { 0 };

    db_arg_text(&args, reminder->name);
    db_arg_date(&args, instant_date(now));
    if (reminder->percent)
        db_arg_i64(&args, reminder->percent);
    else
        db_arg_null(&args);
    db_arg_i64(&args, reminder->days);
    db_arg_i64(&args, limit);
    db_arg_instant(&args, now);
    return claim(db, arena, &sql_letter_reminded, &args, ret_views, ret_count);
}
