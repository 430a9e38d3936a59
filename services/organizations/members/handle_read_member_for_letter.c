/* SPDX-License-Identifier: Apache-2.0 */
/* What a letter says of a member, identity number included: a reveal, with its row of audit. Only transfers may ask. */
#include "organizations/members/person_seal.h"
#include "organizations/members/store_letter_member.h"
#include "organizations/words.h"
#include "rpc/audit.h"
#include "base/banned.h"

static status_t
set_numbers(struct call *call, struct db_rows *row, LetterMember *out)
{
    struct id person = db_id(row, 0, "person_id");
    const char *identity;
    const char *telephone;
    status_t st =
        person_open(call->arena, call->state, &person, PERSON_IDENTITY, db_bytes(row, 0, "identity_sealed"), &identity);

    if (!st)
        st = person_open(call->arena, call->state, &person, PERSON_TELEPHONE, db_bytes(row, 0, "telephone_sealed"),
                         &telephone);
    if (st)
        return st;
    out->identity_number = wire_text(identity);
    out->telephone = wire_text(telephone);
    return OK;
}

static void
set_facts(struct db_rows *row, LetterMember *out)
{
    out->member_id = wire_text(db_text(row, 0, "id"));
    out->name = wire_text(db_text(row, 0, "name"));
    out->sex = wire_text(db_text(row, 0, "sex"));
    out->born_on = wire_text(db_text(row, 0, "born_on"));
    out->ethnicity = wire_text(db_text(row, 0, "ethnicity"));
    out->standing = (Standing)word_of_code(standings, db_text(row, 0, "standing"));
    out->version = db_i64(row, 0, "version");
    out->organization_id = wire_text(db_text(row, 0, "organization_id"));
    out->organization_name = wire_text(db_text(row, 0, "organization_name"));
    out->committee_id = wire_text(db_text(row, 0, "committee_id"));
    out->committee_name = wire_text(db_text(row, 0, "committee_name"));
    out->committee_telephone = wire_text(db_text(row, 0, "committee_telephone"));
}

status_t
handle_read_member_for_letter(struct call *call, const ReadMemberForLetterRequest *in, LetterMember *out)
{
    struct id member = wire_read_id(in->member_id);
    struct db_rows *row;
    status_t st = letter_member_find(call, &member, &row);

    if (!st)
        st = set_numbers(call, row, out);
    if (st)
        return st;
    set_facts(row, out);
    audit_add(call, &(struct audit_entry){ .object = "member",
                                           .id = arena_copy(call->arena, &member, sizeof member),
                                           .reason = arena_printf(call->arena, "letter %s", in->letter_id) });
    return db_rows_status(row);
}
