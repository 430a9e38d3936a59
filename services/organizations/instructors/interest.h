/* SPDX-License-Identifier: Apache-2.0 */
/* Conflict of interest (利益冲突) as part of a statement: the person works at the unit, owns it, or leads it. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INTEREST_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INTEREST_H

#define HAS_INTEREST(person, unit)                                                                                     \
    "(EXISTS (SELECT FROM unit n WHERE n.id = " unit " AND n.owner_id = " person ")"                                   \
    " OR EXISTS (SELECT FROM person n WHERE n.id = " person " AND n.unit_id = " unit ")"                               \
    " OR EXISTS (SELECT FROM member n WHERE n.person_id = " person " AND n.unit_id = " unit ")"                        \
    " OR EXISTS (SELECT FROM person_post n WHERE n.person_id = " person " AND n.unit_id = " unit                       \
    "               AND n.role IN ('owner', 'unit_head') AND n.until IS NULL))"

#endif
