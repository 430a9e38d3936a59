/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of instructors in the database (store_report.c); grades and figures (store_grade.c). */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTOR_REPORTS_STORE_REPORT_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTOR_REPORTS_STORE_REPORT_H

#include "organizations/instructor_reports/report.h"
#include "rpc/page.h"
#include "organizations/wire.h"

/* One row; NOT_FOUND outside of what the actor sees. */
status_t report_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Latest begun first; `instructor` "" for all. A post that is narrowed finds its own person's. */
status_t report_list(struct call *call, const char *instructor, const struct page *page, struct db_rows **ret_rows);

/* Who reports: columns since, until, taken (there is a report of that half-year). NOT_FOUND unless it is the actor
 * himself or one he may write for. His row is locked. */
status_t report_author(struct call *call, const struct id *instructor, struct half_year half, struct db_rows **ret_row);
/* A row for each unit he looked after in that time: columns unit, visits, last, problems, answered. */
status_t
report_visits(struct call *call, const struct id *instructor, struct half_year half, struct db_rows **ret_rows);

/* The report of a command. */
struct report {
    struct id id;
    struct id instructor;
    struct half_year half; /* when begun */
    int state;
    int64_t version;
};

/* Locked. NOT_FOUND unless it is the actor's own or, by line, of one he may write for; or STALE. */
status_t report_open(struct call *call, const struct id *id, bool by_line, struct report *ret_report);
/* Queued, with history and audit. `text` is the content, or the reason of a return. */
void report_insert(struct call *call, const struct report *report, const char *text);
void report_write(struct call *call, const struct report *report, const char *text);
void report_submit(struct call *call, const struct report *report);
void report_return(struct call *call, const struct report *report, const char *text);

/* store_grade.c. The last grade of each year: columns year, grade, note, sending_unit, at. */
status_t grade_list(struct call *call, const struct id *instructor, struct db_rows **ret_rows);

struct grade {
    int year;
    int grade; /* instructor_grades */
    const char *note;
    const char *sending_unit;
};

/* Queued. */
void grade_add(struct call *call, const struct id *instructor, const struct grade *grade);
/* One row of figures; NOT_FOUND outside the scope. `most`: units that are not too many. */
status_t instructor_figures(struct call *call, const struct id *organization, date_t since, date_t until, int64_t most,
                            struct db_rows **ret_row);

extern const struct db_statement sql_report_find;
extern const struct db_statement sql_report_list;
extern const struct db_statement sql_report_own;
extern const struct db_statement sql_report_of_instructor;
extern const struct db_statement sql_report_author;
extern const struct db_statement sql_report_visits;
extern const struct db_statement sql_report_open;
extern const struct db_statement sql_report_insert;
extern const struct db_statement sql_report_write;
extern const struct db_statement sql_report_submit;
extern const struct db_statement sql_report_return;
extern const struct db_statement sql_grade_list;
extern const struct db_statement sql_grade_add;
extern const struct db_statement sql_instructor_figures;

#endif
