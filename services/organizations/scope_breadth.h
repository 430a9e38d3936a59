/* SPDX-License-Identifier: Apache-2.0 */
/* Lists below an organization, in two ways in one statement. A narrow line (a town) is gathered and sorted; a wide one
 * (a district, the city) is walked in the order of the list and each row probed, for most rows lie within it. Either
 * way a page touches thousands of rows and not millions, whatever plan the server keeps. */
#ifndef LIANGXIN_ORGANIZATIONS_SCOPE_BREADTH_H
#define LIANGXIN_ORGANIZATIONS_SCOPE_BREADTH_H

/* `top`: an organization within the scope $1, one row or none. `line`: whether it is narrow. */
#define WITH_BREADTH(organization)                                                                                     \
    "WITH top AS MATERIALIZED (SELECT l.descendant AS id, l.descendant = $1 AS own FROM organization_scope l"          \
    "                           WHERE l.descendant = " organization " AND l.ancestor = $1),"                           \
    " line AS MATERIALIZED (SELECT count(*) < 2000 AS narrow"                                                          \
    "                         FROM (SELECT FROM organization_scope l JOIN top ON l.ancestor = top.id LIMIT 2000) "     \
    "few),"

/* A subquery for each row: a join would be turned into a walk over the whole line. */
#define IN_LINE(organization)                                                                                          \
    "(SELECT true FROM organization_scope l WHERE l.descendant = " organization                                        \
    " AND l.ancestor = (SELECT id FROM top) AND (l.by_line OR (SELECT own FROM top)))"

/* The pairs below the top of a narrow list: by line, and from the acting organization's own place by all relations. */
#define BELOW_TOP "organization_scope l ON l.ancestor = top.id AND (l.by_line OR top.own)"

/* More rows than any page has; a number the planner can see. */
#define PAGE_MOST "201"

#endif
