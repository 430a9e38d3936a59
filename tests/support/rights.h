/* SPDX-License-Identifier: Apache-2.0 */
/* What a service's runtime role may do, held against table_right (migrations/shared/005_rights.sql) and against what
 * its statements do. Both fail the test with the names of what differs. */
#ifndef LIANGXIN_TESTS_SUPPORT_RIGHTS_H
#define LIANGXIN_TESTS_SUPPORT_RIGHTS_H

#include "io/db.h"
#include "support/pg.h"

/* Every table has a row in table_right, and has what it says. */
void test_rights_are_said(struct test_pg *pg, const char *service);
/* No verb is granted that none of these statements does. `lists` and each of them end with NULL. A table that nothing
 * writes to yet may have its rights before its methods. */
void test_rights_are_used(struct test_pg *pg, const char *service, const struct db_statement *const *const *lists);

#endif
