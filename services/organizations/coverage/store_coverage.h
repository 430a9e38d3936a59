/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of coverage and their rows (store_coverage.c), by line (隶属) and by territory (属地), at the end of a day.
 */
#ifndef LIANGXIN_ORGANIZATIONS_COVERAGE_STORE_COVERAGE_H
#define LIANGXIN_ORGANIZATIONS_COVERAGE_STORE_COVERAGE_H

#include "organizations/coverage/measure.h"
#include "rpc/page.h"
#include "organizations/state.h"

/* Of what, and when. */
struct coverage_place {
    const char *organization; /* NULL: of a territory */
    const char *region;       /* NULL: of a line */
    date_t day;
    bool now; /* the day is today */
};

struct coverage_counts {
    int64_t units[UNIT_MEASURES + 1];
    int64_t organizations[ORGANIZATION_MEASURES + 1];
    int64_t joint_units; /* that joint branches cover */
};

/* NOT_FOUND outside the acting organization's scope, or what it has charge of; whether changes wait to be counted. */
status_t coverage_scope(struct call *call, const struct coverage_place *place, bool *ret_pending);
/* Judges no scope. */
status_t coverage_report(struct db *db, struct arena *arena, const struct organizations_settings *settings,
                         const struct coverage_place *place, struct coverage_counts *ret_counts);
/* The rows of a measure, by id. Judges no scope. */
status_t coverage_units(struct call *call, const struct coverage_place *place, const struct measure *measure,
                        const struct page *page, struct db_rows **ret_rows);
status_t coverage_organizations(struct call *call, const struct coverage_place *place, const struct measure *measure,
                                const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_coverage_scope_line;
extern const struct db_statement sql_coverage_scope_region;
extern const struct db_statement sql_coverage_line;
extern const struct db_statement sql_coverage_line_now;
extern const struct db_statement sql_coverage_region;
extern const struct db_statement sql_coverage_line_units;
extern const struct db_statement sql_coverage_region_units;
extern const struct db_statement sql_coverage_line_organizations;
extern const struct db_statement sql_coverage_region_organizations;

#endif
