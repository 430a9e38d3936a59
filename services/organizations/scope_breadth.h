/* SPDX-License-Identifier: Apache-2.0 */
/* Lists below an organization, in two ways in one statement. A narrow line (a town) is gathered and sorted; a wide one
 * (a district, the city) is walked in the order of the list and each row probed, for most rows lie within it. Either
 * way a page touches thousands of rows and not millions, whatever plan the server keeps. */
#ifndef LIANGXIN_ORGANIZATIONS_SCOPE_BREADTH_H
#define LIANGXIN_ORGANIZATIONS_SCOPE_BREADTH_H

/* `top`: an organization within the scope $1, one row or none. `line`: whether it is narrow, below `most` pairs. */
#define WITH_BREADTH_BELOW(most, organization)                                                                         \
    "WITH top AS MATERIALIZED (SELECT l.descendant AS id, l.descendant = $1 AS own FROM organization_scope l"          \
    "                           WHERE l.descendant = " organization " AND l.ancestor = $1),"                           \
    " line AS MATERIALIZED (SELECT count(*) < " most " AS narrow"                                                      \
    "   FROM (SELECT FROM organization_scope l JOIN top ON l.ancestor = top.id LIMIT " most ") few),"

/* For lists by name, where a line's rows lie scattered. */
#define WITH_BREADTH(organization) WITH_BREADTH_BELOW("2000", organization)
/* For lists by code: codes of a district stand together, so that a walk would pass all others' first. */
#define WITH_BREADTH_BY_CODE(organization) WITH_BREADTH_BELOW("12000", organization)

/* A subquery for each row: a join would be turned into a walk over the whole line. */
#define IN_LINE(organization)                                                                                          \
    "(SELECT true FROM organization_scope l WHERE l.descendant = " organization                                        \
    " AND l.ancestor = (SELECT id FROM top) AND (l.by_line OR (SELECT own FROM top)))"

/* The rows of a narrow list are gathered in a materialized `near` without order or limit, one probe for each pair by
 * LATERAL ... OFFSET 0: with either in sight the server would rather walk the list's index through the whole city.
 *
 * The pairs below the top of a narrow list: by line, and from the acting organization's own place by all relations. */
#define BELOW_TOP "organization_scope l ON l.ancestor = top.id AND (l.by_line OR top.own)"

/* What a post that is narrowed (role.reach) finds besides: $1 is then no organization's id but the post's, or the
 * person's, so the line is empty and these are all there is. */
#define OWN_UNITS      "own_unit w JOIN unit u ON u.id = w.unit_id AND w.post_id = $1"
#define OWN_UNIT(unit) "EXISTS (SELECT FROM own_unit w WHERE w.post_id = $1 AND w.unit_id = " unit ")"
/* Of a unit's owner (业主) such a post is not told whether he is a member: it never sees one. */
#define OWNER_IS_MEMBER "(u.owner_is_member AND EXISTS (SELECT FROM organization WHERE id = $1)) AS owner_is_member"
#define OWN_MEMBERS     "person p JOIN member m ON m.person_id = p.id AND p.id = $1"

/* More rows than any page has; a number the planner can see. */
#define PAGE_MOST "201"

#endif
