/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a unit, as u, lies within the scope $1: by the organization that covers it or, where nobody does (空白点), by
 * territory (':' is the character after '9'); for a narrowed post by what it refers to. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_SCOPE_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_SCOPE_H

#include "organizations/scope_breadth.h"

/* A region code within the acting organization's own. */
#define REGION_WITHIN(code)                                                                                            \
    "EXISTS (SELECT FROM organization a WHERE a.id = $1 AND " code " >= coalesce(a.region_code, '')"                   \
    "           AND " code " < coalesce(a.region_code, '') || ':')"

#define UNIT_WITHIN(also)                                                                                              \
    "CASE WHEN u.organization_id IS NULL THEN " REGION_WITHIN(                                                         \
        "u.region_code") " ELSE EXISTS (SELECT FROM organization_scope l WHERE l.descendant = u.organization_id"       \
                         " AND l.ancestor = $1" also ") END"
#define UNIT_READ  "(" UNIT_WITHIN("") " OR " OWN_UNIT("u.id") ")"
#define UNIT_WRITE "(" UNIT_WITHIN(" AND l.writes") ")"
/* Who speaks for the unit besides: its contact, its instructor. */
#define UNIT_SPEAK "(" UNIT_WITHIN(" AND l.writes") " OR " OWN_UNIT("u.id") ")"

#endif
