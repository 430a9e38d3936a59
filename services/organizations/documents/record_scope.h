/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a record's place (view record_place, as p) lies within the scope $1: its organization within reach of the
 * acting one, or, for a unit that nobody covers (空白点), its region in the acting one's territory. ':' is the
 * character after '9'. */
#ifndef LIANGXIN_ORGANIZATIONS_DOCUMENTS_RECORD_SCOPE_H
#define LIANGXIN_ORGANIZATIONS_DOCUMENTS_RECORD_SCOPE_H

#define PLACE_REACHED(also)                                                                                            \
    "(EXISTS (SELECT FROM organization_scope l"                                                                        \
    "          WHERE l.descendant = p.organization_id AND l.ancestor = $1" also ")"                                    \
    " OR EXISTS (SELECT FROM organization a WHERE a.id = $1 AND p.region_code >= coalesce(a.region_code, '')"          \
    "               AND p.region_code < coalesce(a.region_code, '') || ':'))"
#define PLACE_READ  PLACE_REACHED("")
#define PLACE_WRITE PLACE_REACHED(" AND l.writes")

#endif
