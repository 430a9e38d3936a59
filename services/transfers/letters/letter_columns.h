/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of the statements that read whole letters (store_letter.c, store_list.c), and the reader of their rows. Names
 * and coverage are scalar subqueries, not joins, so that a row locked after waiting is judged by its new parties. */
#ifndef LIANGXIN_TRANSFERS_LETTER_COLUMNS_H
#define LIANGXIN_TRANSFERS_LETTER_COLUMNS_H

#include "transfers/transfers.h"

/* Who decides above: the superior of the sending committee; of a correction, the nearest above both committees. */
#define LETTER_UPPER                                                                                                   \
    "CASE l.kind WHEN 'correction' THEN (SELECT a.ancestor FROM organization_line a JOIN organization_line b"          \
    "  ON b.ancestor = a.ancestor AND b.descendant = l.to_committee_id AND b.depth > 0"                                \
    "  WHERE a.descendant = l.from_committee_id AND a.depth > 0 ORDER BY a.depth LIMIT 1)"                             \
    " ELSE (SELECT superior_id FROM organization WHERE id = l.from_committee_id) END"

#define LETTER_COLUMNS                                                                                                 \
    "l.id, l.version, l.kind, l.approver_id, l.state, l.state_since, l.member_id, l.person_id, l.reason, "             \
    "l.from_branch_id,"                                                                                                \
    " l.from_committee_id, l.to_committee_id, l.to_branch_id, l.dues_paid_to, l.number_committee_id, l.number_year,"   \
    " l.number_serial, l.issued_on, l.valid_to, l.opened, l.replaces_id, l.created_at, l.received_at,"                 \
    " l.outside_name, l.receipt_number, l.receipt_on,"                                                                 \
    " (SELECT name FROM member WHERE id = l.member_id) AS member_name,"                                                \
    " (SELECT name FROM organization WHERE id = l.from_branch_id) AS from_branch_name,"                                \
    " (SELECT name FROM organization WHERE id = l.from_committee_id) AS from_committee_name,"                          \
    " coalesce((SELECT name FROM organization WHERE id = l.to_committee_id), l.outside_name) AS to_committee_name,"    \
    " (SELECT name FROM organization WHERE id = l.to_branch_id) AS to_branch_name,"                                    \
    " (SELECT code FROM letter_check WHERE letter_id = l.id) AS check_code,"                                           \
    " " LETTER_UPPER " AS upper_id,"                                                                                   \
    " (SELECT superior_id FROM organization WHERE id = l.to_committee_id) AS to_upper_id"

/* $1: the acting organization. A scalar, so that it is always one probe of the line's index: an EXISTS may be turned
 * into a join or a hash, and both read the whole subtree of whoever asks. */
#define LETTER_COVERS(party)                                                                                           \
    "(SELECT true FROM organization_line WHERE descendant = " party " AND ancestor = $1) IS NOT NULL"

#define LETTER_ABOVE(party)                                                                                            \
    "coalesce((SELECT depth > 0 FROM organization_line WHERE descendant = " party " AND ancestor = $1), false)"

/* $2: the person whose own letters these are, or null. */
#define LETTER_COVERAGE                                                                                                  \
    "coalesce(l.person_id = $2, false) AS is_self,"                                                                      \
    " " LETTER_COVERS(                                                                                                   \
        "l.from_branch_id") " AS covers_from_branch,"                                                                    \
                            " " LETTER_COVERS(                                                                           \
                                "l.from_committee_id") " AS covers_from_committee,"                                      \
                                                       " " LETTER_ABOVE(                                                 \
                                                           "l.from_committee_id") " AS above_from_committee,"            \
                                                                                  " " LETTER_COVERS(                     \
                                                                                      "l.to_committee_"                  \
                                                                                      "id") " AS "                       \
                                                                                            "covers_to_"                 \
                                                                                            "committee,"                 \
                                                                                            " " LETTER_ABOVE(            \
                                                                                                "l.to_"                  \
                                                                                                "commit"                 \
                                                                                                "tee_"                   \
                                                                                                "id") " AS "             \
                                                                                                      "above_to_"        \
                                                                                                      "committee,"       \
                                                                                                      " " LETTER_COVERS( \
                                                                                                          "l.to_"        \
                                                                                                          "branch_id") " AS covers_to_branch"

#define LETTER_IN_SCOPE                                                                                                \
    "(" LETTER_COVERS("l.from_branch_id") " OR " LETTER_COVERS("l.from_committee_id") " OR " LETTER_COVERS(            \
        "l.to_committee_id") " OR " LETTER_COVERS("l.to_branch_id") ")"

#define LETTER_VISIBLE "(l.person_id = $2 OR ($2::uuid IS NULL AND " LETTER_IN_SCOPE "))"

/* Reads LETTER_COLUMNS of a row; coverage only where the statement has it. */
void letter_read(struct db_rows *rows, int row, struct letter_view *ret_view);
void letter_read_coverage(struct db_rows *rows, int row, const struct viewer *viewer, struct letter_coverage *ret);

#endif
