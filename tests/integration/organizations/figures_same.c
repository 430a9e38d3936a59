/* SPDX-License-Identifier: Apache-2.0 */
/* Runs both statements of a total for today and compares them column by column. The test's thread; rows live in the
 * desk's arena. */
#include "figures_same.h"

#include "io/clock.h"

#define TIME_MS 30000 /* one statement */

struct db_rows *
figures_count(struct desk *desk, const struct db_statement *statement, const struct id *organization,
              const char *region)
{
    struct db_args args = { 0 };
    struct db_rows *row = NULL;

    db_arg_id(&args, &desk->actor.organization);
    if (organization)
        db_arg_id(&args, organization);
    else
        db_arg_text(&args, region);
    db_arg_date(&args, clock_today());
    db_deadline(desk->db, clock_ms() + TIME_MS);
    assert_null(db_query_row(desk->db, desk->arena, statement, &args, &row));
    return row;
}

static const char *const columns[] = {
    "nodes",           "organizations",     "single",           "joint",
    "terms_over",      "members",           "floating",         "units_covered",
    "units_uncovered", "operating_covered", "operating_single", "operating_uncovered",
};

static void
same(const char *of, struct db_rows *now, struct db_rows *dated)
{
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (db_i64(now, 0, columns[i]) != db_i64(dated, 0, columns[i]))
            fail_msg("%s of %s: %ld now, %ld by date", columns[i], of, (long)db_i64(now, 0, columns[i]),
                     (long)db_i64(dated, 0, columns[i]));
    assert_null(db_rows_status(now));
    assert_null(db_rows_status(dated));
}

static struct db_rows *
list(struct desk *desk, const struct db_statement *statement)
{
    struct db_args args = { 0 };
    struct db_rows *rows = NULL;

    db_deadline(desk->db, clock_ms() + TIME_MS);
    assert_null(db_query(desk->db, desk->arena, statement, &args, &rows));
    assert_true(db_count(rows) > 0);
    return rows;
}

static const struct db_statement sql_organizations = {
    "test_organizations",
    "SELECT id, code FROM organization",
};

static const struct db_statement sql_heads = {
    "test_heads",
    "SELECT id, code FROM organization WHERE kind <> 'branch'",
};

static const struct db_statement sql_regions = {
    "test_regions",
    "SELECT code FROM region",
};

static void
same_of(struct desk *desk, const struct db_statement *organizations)
{
    struct db_rows *rows = list(desk, organizations);

    for (int i = 0; i < db_count(rows); i++) {
        struct id id = db_id(rows, i, "id");

        same(db_text(rows, i, "code"), figures_count(desk, &sql_figures_by_line_now, &id, NULL),
             figures_count(desk, &sql_figures_by_line, &id, NULL));
    }
    rows = list(desk, &sql_regions);
    for (int i = 0; i < db_count(rows); i++) {
        const char *code = db_text(rows, i, "code");

        same(code, figures_count(desk, &sql_figures_by_territory_now, NULL, code),
             figures_count(desk, &sql_figures_by_territory, NULL, code));
    }
}

void
figures_same(struct desk *desk)
{
    same_of(desk, &sql_organizations);
}

void
figures_same_of_heads(struct desk *desk)
{
    same_of(desk, &sql_heads);
}
