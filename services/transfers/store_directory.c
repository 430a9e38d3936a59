/* SPDX-License-Identifier: Apache-2.0 */
/* What we know of organizations and members: our copy, fed by organizations' feed. The caller's thread and transaction.
 */
#include "transfers/transfers.h"
#include "transfers/store.h"
#include "base/banned.h"

#define HAS_OPEN_LETTER                                                                                                \
    "EXISTS (SELECT FROM letter l WHERE l.member_id = m.id AND l.state IN ('draft', 'submitted', 'returned',"          \
    "               'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check', 'refused_in',"          \
    "               'expired', 'lost'))"                                                                               \
    "       OR EXISTS (SELECT FROM inner_move i WHERE i.member_id = m.id AND i.state = 'asked') AS has_open_letter"

/* $1: member, $2: addressee, $3: acting organization, $4: the person himself or null, $5: today. The sender is the
 * nearest in the branch's line that may issue today. */
#define DRAFT_FACTS                                                                                                    \
    "SELECT m.person_id, m.status, m.organization_id,"                                                                 \
    "       " HAS_OPEN_LETTER ","                                                                                      \
    "       (SELECT o.id FROM organization_line i JOIN organization o ON o.id = i.ancestor"                            \
    "         WHERE i.descendant = m.organization_id AND o.may_issue_from <= $5::date"                                 \
    "         ORDER BY i.depth LIMIT 1) AS sender_id,"                                                                 \
    "       (SELECT id FROM organization WHERE id = $2) AS receiver_id,"                                               \
    "       coalesce((SELECT dissolved_on IS NOT NULL FROM organization WHERE id = $2), false) AS receiver_dissolved," \
    "       coalesce((SELECT may_issue_from <= $5::date FROM organization WHERE id = $2), false) AS "                  \
    "receiver_may_issue"                                                                                               \
    "  FROM member m"                                                                                                  \
    " WHERE m.id = $1"                                                                                                 \
    "   AND (m.person_id = $4 OR ($4::uuid IS NULL AND EXISTS ("                                                       \
    "        SELECT FROM organization_line s WHERE s.descendant = m.organization_id AND s.ancestor = $3)))"

const struct db_statement sql_draft_facts = { "draft_facts", DRAFT_FACTS " FOR UPDATE OF m" };

const struct db_statement sql_draft_facts_read = { "draft_facts_read", DRAFT_FACTS };

static status_t
find_draft_facts(struct call *call, const struct db_statement *statement, const struct id *member,
                 const struct id *receiver, struct draft_facts *ret_facts)
{
    struct viewer viewer = viewer_of(call);
    struct db_args args = { 0 };
    struct db_rows *row;
    const char *status;
    status_t st;

    db_arg_id(&args, member);
    db_arg_id(&args, receiver);
    db_arg_id(&args, viewer.scope);
    db_arg_id(&args, viewer.person);
    db_arg_date(&args, call->today);
    st = db_query_row(call->db, call->arena, statement, &args, &row);
    if (st)
        return st;
    status = db_text(row, 0, "status");
    *ret_facts = (struct draft_facts){ .person = db_id(row, 0, "person_id"),
                                       .active = status && strcmp(status, "active") == 0,
                                       .has_open_letter = db_bool(row, 0, "has_open_letter"),
                                       .branch = db_id(row, 0, "organization_id"),
                                       .sender = db_id(row, 0, "sender_id"),
                                       .receiver = db_id(row, 0, "receiver_id"),
                                       .receiver_dissolved = db_bool(row, 0, "receiver_dissolved"),
                                       .receiver_may_issue = db_bool(row, 0, "receiver_may_issue"),
                                       .outside = !receiver };
    return db_rows_status(row);
}

status_t
draft_facts_lock(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts)
{
    return find_draft_facts(call, &sql_draft_facts, member, receiver, ret_facts);
}

status_t
draft_facts_read(struct call *call, const struct id *member, const struct id *receiver, struct draft_facts *ret_facts)
{
    return find_draft_facts(call, &sql_draft_facts_read, member, receiver, ret_facts);
}

/* $1: member, $2: the committee that would send him, $3: the letter asked about. Scope is the letter's: who is its
 * party has been judged before. A letter with a branch to go to has moved its member. */
const struct db_statement sql_again_facts = {
    "again_facts",
    "SELECT m.status, m.organization_id, " HAS_OPEN_LETTER ","
    "       EXISTS (SELECT FROM organization_line WHERE descendant = m.organization_id AND ancestor = $2)"
    "         AS below_committee,"
    "       EXISTS (SELECT FROM letter n WHERE n.member_id = m.id AND n.id > $3 AND n.to_branch_id IS NOT NULL)"
    "         AS moved_since"
    "  FROM member m WHERE m.id = $1 FOR UPDATE OF m",
};

status_t
again_facts_lock(struct call *call, const struct letter *letter, const struct id *sender, struct again_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &letter->member);
    db_arg_id(&args, sender);
    db_arg_id(&args, &letter->id);
    st = db_query_row(call->db, call->arena, &sql_again_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct again_facts){ .active = strcmp(db_text(row, 0, "status"), "active") == 0,
                                       .has_open_letter = db_bool(row, 0, "has_open_letter"),
                                       .branch = db_id(row, 0, "organization_id"),
                                       .below_committee = db_bool(row, 0, "below_committee"),
                                       .moved_since = db_bool(row, 0, "moved_since") };
    return db_rows_status(row);
}

/* Names of organizations are open to every clerk: no scope. */
const struct db_statement sql_organization_find = {
    "organization_find",
    "SELECT id, name, coalesce(may_issue_from <= $2::date, false) AS may_issue,"
    "       dissolved_on IS NOT NULL AS dissolved FROM organization WHERE id = $1",
};

status_t
organization_find(struct call *call, const struct id *id, struct organization_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_date(&args, call->today);
    st = db_query_row(call->db, call->arena, &sql_organization_find, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct organization_facts){ .id = db_id(row, 0, "id"),
                                              .name = db_text(row, 0, "name"),
                                              .dissolved = db_bool(row, 0, "dissolved"),
                                              .may_issue = db_bool(row, 0, "may_issue") };
    return db_rows_status(row);
}

const struct db_statement sql_branch_find = {
    "branch_find",
    "SELECT b.id, b.name, b.kind IN ('branch', 'joint_branch', 'floating_branch') AS takes_members,"
    "       b.dissolved_on IS NOT NULL AS dissolved,"
    "       EXISTS (SELECT FROM organization_line WHERE descendant = b.id AND ancestor = $2) AS below_committee,"
    "       EXISTS (SELECT FROM organization_line WHERE descendant = b.id AND ancestor = $3) AS covered"
    "  FROM organization b WHERE b.id = $1",
};

status_t
branch_find(struct call *call, const struct id *id, const struct id *committee, struct branch_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, committee);
    db_arg_id(&args, call_scope(call));
    st = db_query_row(call->db, call->arena, &sql_branch_find, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct branch_facts){ .id = db_id(row, 0, "id"),
                                        .name = db_text(row, 0, "name"),
                                        .takes_members = db_bool(row, 0, "takes_members"),
                                        .dissolved = db_bool(row, 0, "dissolved"),
                                        .below_committee = db_bool(row, 0, "below_committee"),
                                        .covered = db_bool(row, 0, "covered") };
    return db_rows_status(row);
}

const struct db_statement sql_member_lag = {
    "member_lag",
    "SELECT awaits_letter IS NOT NULL OR version < $2 AS lags FROM member WHERE id = $1",
};

status_t
member_lags(struct call *call, const struct id *member, int64_t told_version, bool *ret_lags)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, member);
    db_arg_i64(&args, told_version);
    st = db_query_row(call->db, call->arena, &sql_member_lag, &args, &row);
    if (st)
        return st;
    *ret_lags = db_bool(row, 0, "lags");
    return db_rows_status(row);
}

/* The version stays that of organizations: its own event, which says the same, follows. */
const struct db_statement sql_member_place = {
    "member_place",
    "UPDATE member SET organization_id = $2, awaits_letter = $3 WHERE id = $1",
};

void
member_place(struct db *db, const struct id *member, const struct id *organization, const struct id *letter)
{
    struct db_args args = { 0 };

    db_arg_id(&args, member);
    db_arg_id(&args, organization);
    db_arg_id(&args, letter);
    db_queue(db, &sql_member_place, &args);
}

const struct db_statement sql_member_depart = {
    "member_depart",
    "UPDATE member SET status = 'moved_out', awaits_letter = $2 WHERE id = $1",
};

void
member_depart(struct db *db, const struct id *member, const struct id *letter)
{
    struct db_args args = { 0 };

    db_arg_id(&args, member);
    db_arg_id(&args, letter);
    db_queue(db, &sql_member_depart, &args);
}
