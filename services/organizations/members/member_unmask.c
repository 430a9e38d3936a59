/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers behind the masks of an export that comes back. Runs where rows are judged: jobs thread or worker. */
#include "organizations/members/identity_number.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/person_seal.h"
#include "base/banned.h"

/* Who may stand behind a mask: members of that name and birth in that branch, within the scope. */
const struct db_statement sql_member_alike = {
    "member_alike",
    "SELECT w.n, p.id AS person_id, p.identity_sealed"
    "  FROM unnest($1::text[], $2::date[], $3::text[]) WITH ORDINALITY AS w (name, born_on, organization_code, n)"
    "  JOIN organization o ON o.code = w.organization_code"
    "  JOIN organization_scope lo ON lo.descendant = o.id AND lo.ancestor = $4 AND lo.writes"
    "  JOIN person p ON p.name = w.name AND p.born_on = w.born_on AND p.identity_sealed IS NOT NULL"
    "  JOIN member m ON m.person_id = p.id AND m.organization_id = o.id",
};

static status_t
find_alike(struct import_work *work, struct sheet_row **rows, size_t count, struct db_rows **ret_found)
{
    const char **names = arena_array(work->arena, count, sizeof *names);
    const char **births = arena_array(work->arena, count, sizeof *births);
    const char **organizations = arena_array(work->arena, count, sizeof *organizations);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct member_row *data = rows[i]->data;
        char *birth = arena_alloc(work->arena, DATE_SIZE);

        if (!data->mask)
            continue;
        date_format(data->born_on, birth);
        names[i] = data->name;
        births[i] = birth;
        organizations[i] = data->organization_code;
    }
    db_arg_texts(&args, work->arena, names, count);
    db_arg_texts(&args, work->arena, births, count);
    db_arg_texts(&args, work->arena, organizations, count);
    db_arg_id(&args, &work->actor.organization);
    return db_query(work->db, work->arena, &sql_member_alike, &args, ret_found);
}

/* Takes the number if this is its mask; two numbers of one mask leave none. */
static status_t
look_behind(struct import_work *work, struct db_rows *found, int i, const char *mask, const char **ret_number)
{
    struct id person = db_id(found, i, "person_id");
    const char *number = NULL;
    status_t st =
        person_open(work->arena, work->state, &person, PERSON_IDENTITY, db_bytes(found, i, "identity_sealed"), &number);

    if (!st && strcmp(identity_mask(work->arena, slice_of(number)), mask) == 0)
        *ret_number = *ret_number ? "" : number;
    return st;
}

status_t
member_numbers(struct import_work *work, struct sheet_row **rows, size_t count, const char **ret_numbers)
{
    struct db_rows *found;
    bool any = false;
    status_t st;

    for (size_t i = 0; i < count; i++) {
        const struct member_row *data = rows[i]->data;

        any = any || data->mask;
        ret_numbers[i] = data->mask ? NULL : data->identity_number;
    }
    if (!any)
        return OK;
    st = find_alike(work, rows, count, &found);
    for (int i = 0; !st && i < db_count(found); i++) {
        size_t n = (size_t)db_i64(found, i, "n") - 1;
        const struct member_row *data = rows[n]->data;

        st = look_behind(work, found, i, data->mask, &ret_numbers[n]);
    }
    return st ? st : db_rows_status(found);
}
