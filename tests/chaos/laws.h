/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold after a run, as queries that find nothing, and damages that prove they would. They read the tables of
 * the services and what the recorder wrote (temporary tables ask, answer, fault, died of check.c). */
#ifndef LIANGXIN_CHAOS_LAWS_H
#define LIANGXIN_CHAOS_LAWS_H

enum law_kind { LAW_LOST, LAW_DOUBLED, LAW_VIOLATED };

struct law {
    enum law_kind kind;
    const char *name;
    const char *sql; /* one row for each breach, its first column says which */
};

/* Ends with a row without a name. */
extern const struct law laws[];

struct damage {
    const char *name; /* what is done to the data, in a transaction that is rolled back */
    const char *sql;
};

extern const struct damage damages[];

#endif
