/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers that every other answer masks, for a reason that is kept. On the worker's thread, in its transaction. */
#include "organizations/members/person_seal.h"
#include "organizations/members/store_member.h"
#include "rpc/audit.h"
#include "base/banned.h"

status_t
handle_reveal_member(struct call *call, const RevealMemberRequest *in, RevealedMember *out)
{
    struct id member = wire_read_id(in->id);
    const char *identity = NULL;
    const char *telephone = NULL;
    struct db_rows *row;
    struct id person;
    status_t st = member_find(call, &member, &row);

    if (st)
        return st;
    person = db_id(row, 0, "person_id");
    st =
        person_open(call->arena, call->state, &person, PERSON_IDENTITY, db_bytes(row, 0, "identity_sealed"), &identity);
    if (!st)
        st = person_open(call->arena, call->state, &person, PERSON_TELEPHONE, db_bytes(row, 0, "telephone_sealed"),
                         &telephone);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "member", .id = &member, .reason = in->reason });
    out->id = in->id;
    out->identity_number = wire_text(identity);
    out->telephone = wire_text(telephone);
    return db_rows_status(row);
}
