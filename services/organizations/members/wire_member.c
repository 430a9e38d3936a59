/* SPDX-License-Identifier: Apache-2.0 */
/* A member's row as its message, numbers masked. */
#include "organizations/members/store_member.h"
#include "organizations/persons/store_person.h"
#include "organizations/words.h"
#include "base/banned.h"

static void
set_dates(struct db_rows *rows, int row, Member *out)
{
    if (!db_is_null(rows, row, "born_on")) {
        out->birth_case = LIANGXIN__ORGANIZATIONS__V1__MEMBER__BIRTH_BORN_ON;
        out->born_on = wire_text(db_text(rows, row, "born_on"));
    }
    if (!db_is_null(rows, row, "left_on")) {
        out->leave_case = LIANGXIN__ORGANIZATIONS__V1__MEMBER__LEAVE_LEFT_ON;
        out->left_on = wire_text(db_text(rows, row, "left_on"));
    }
    out->join_case = LIANGXIN__ORGANIZATIONS__V1__MEMBER__JOIN_JOINED_ON;
    out->joined_on = wire_text(db_text(rows, row, "joined_on"));
    if (!db_is_null(rows, row, "full_on")) {
        out->full_case = LIANGXIN__ORGANIZATIONS__V1__MEMBER__FULL_FULL_ON;
        out->full_on = wire_text(db_text(rows, row, "full_on"));
    }
}

status_t
member_to_wire(struct call *call, struct db_rows *rows, int row, Member *out)
{
    struct id person = db_id(rows, row, "person_id");
    status_t st = person_numbers_to_wire(call, rows, row, &person, &out->identity_number, &out->telephone);

    if (st)
        return st;
    set_dates(rows, row, out);
    out->id = wire_text(db_text(rows, row, "id"));
    out->person_id = wire_text(db_text(rows, row, "person_id"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->sex = wire_text(db_text(rows, row, "sex"));
    out->ethnicity = wire_text(db_text(rows, row, "ethnicity"));
    out->education = wire_text(db_text(rows, row, "education"));
    out->standing = (Standing)word_of_code(standings, db_text(rows, row, "standing"));
    out->status = (MemberStatus)word_of_code(member_statuses, db_text(rows, row, "status"));
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->duty = wire_text(db_text(rows, row, "duty"));
    out->occupation = wire_text(db_text(rows, row, "occupation"));
    out->floating = db_bool(rows, row, "floating");
    out->version = db_i64(rows, row, "version");
    return db_rows_status(rows);
}
