/* SPDX-License-Identifier: Apache-2.0 */
/* Organizations and members as other services know them. The follower's thread and transaction. */
#include "events/directory.h"

#include "base/banned.h"

const struct db_statement sql_directory_organization = {
    "directory_organization",
    "INSERT INTO organization (id, name, code, kind, superior_id, may_issue_from, version, dissolved_on, successor_id)"
    " VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8::date, $9)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, code = excluded.code, kind = excluded.kind,"
    "    superior_id = excluded.superior_id, may_issue_from = excluded.may_issue_from, version = excluded.version,"
    "    dissolved_on = excluded.dissolved_on, successor_id = excluded.successor_id",
};

/* The organization and all below it, walked by superior: their lines are made anew. */
#define SUBTREE                                                                                                        \
    "WITH RECURSIVE sub AS (SELECT $1::uuid AS id"                                                                     \
    "                       UNION SELECT o.id FROM organization o JOIN sub ON o.superior_id = sub.id)"

const struct db_statement sql_directory_line_clear = {
    "directory_line_clear",
    SUBTREE " DELETE FROM organization_line WHERE descendant IN (SELECT id FROM sub)",
};

const struct db_statement sql_directory_line_make = {
    "directory_line_make",
    SUBTREE ", up AS (SELECT id AS descendant, id AS ancestor, 0 AS depth FROM sub"
            "         UNION ALL SELECT up.descendant, o.superior_id, up.depth + 1"
            "           FROM up JOIN organization o ON o.id = up.ancestor"
            "          WHERE o.superior_id IS NOT NULL AND up.depth < 64)"
            " INSERT INTO organization_line (descendant, ancestor, depth)"
            " SELECT descendant, ancestor, min(depth) FROM up GROUP BY descendant, ancestor"
            " ON CONFLICT (descendant, ancestor) DO UPDATE SET depth = excluded.depth",
};

const struct db_statement sql_directory_organization_remove = {
    "directory_organization_remove",
    "DELETE FROM organization WHERE id = $1",
};

static const char *
text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static status_t
read_id(ProtobufCBinaryData bytes, struct id *ret_id)
{
    return id_from_bytes(bytes.data, bytes.len, ret_id) ? OK : status_plain(PROBLEM_MALFORMED);
}

/* Empty: null. */
static status_t
add_id(struct db_args *args, ProtobufCBinaryData bytes)
{
    struct id id;
    status_t st = bytes.len ? read_id(bytes, &id) : OK;

    if (st)
        return st;
    db_arg_id(args, bytes.len ? &id : NULL);
    return OK;
}

static status_t
add_organization(struct db_args *args, const struct event *event,
                 const Liangxin__Feed__V1__OrganizationRecorded *recorded)
{
    status_t st;

    db_arg_id(args, &event->id);
    db_arg_text(args, recorded->name);
    db_arg_text(args, recorded->code);
    db_arg_text(args, recorded->kind);
    st = add_id(args, recorded->superior_id);
    if (st)
        return st;
    db_arg_text(args, text_or_null(recorded->may_issue_from));
    db_arg_i64(args, event->version);
    db_arg_text(args, text_or_null(recorded->dissolved_on));
    return add_id(args, recorded->successor_id);
}

status_t
directory_apply_organization(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Feed__V1__OrganizationRecorded *recorded = (const Liangxin__Feed__V1__OrganizationRecorded *)fact;
    struct db_args upsert = { 0 };
    struct db_args line = { 0 };
    status_t st;

    db_arg_id(&line, &event->id);
    if (recorded->removed) {
        db_queue(follow->db, &sql_directory_line_clear, &line);
        db_queue(follow->db, &sql_directory_organization_remove, &line);
        return OK;
    }
    st = add_organization(&upsert, event, recorded);
    if (st)
        return st;
    db_queue(follow->db, &sql_directory_organization, &upsert);
    db_queue(follow->db, &sql_directory_line_clear, &line);
    db_queue(follow->db, &sql_directory_line_make, &line);
    return OK;
}

const struct db_statement sql_directory_member = {
    "directory_member",
    "INSERT INTO member AS m (id, person_id, name, standing, status, organization_id, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, name = excluded.name,"
    "    standing = excluded.standing, status = excluded.status, version = excluded.version,"
    "    organization_id = CASE WHEN m.awaits_letter IS NULL OR m.awaits_letter = $8::uuid"
    "                           THEN excluded.organization_id ELSE m.organization_id END,"
    "    awaits_letter = nullif(m.awaits_letter, $8::uuid)",
};

status_t
directory_apply_member(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Feed__V1__MemberRecorded *recorded = (const Liangxin__Feed__V1__MemberRecorded *)fact;
    struct db_args args = { 0 };
    struct id person;
    struct id organization;
    struct id letter = { { 0 } };
    status_t st = read_id(recorded->person_id, &person);

    if (!st)
        st = read_id(recorded->organization_id, &organization);
    if (!st && recorded->moved_by.len)
        st = read_id(recorded->moved_by, &letter);
    if (st)
        return st;
    db_arg_id(&args, &event->id);
    db_arg_id(&args, &person);
    db_arg_text(&args, recorded->name);
    db_arg_text(&args, recorded->standing);
    db_arg_text(&args, recorded->status);
    db_arg_id(&args, &organization);
    db_arg_i64(&args, event->version);
    db_arg_id(&args, recorded->moved_by.len ? &letter : NULL);
    db_queue(follow->db, &sql_directory_member, &args);
    return OK;
}
