/* SPDX-License-Identifier: Apache-2.0 */
/* Persons' rows as messages, numbers masked. On the worker's thread. */
#include "organizations/members/identity_number.h"
#include "organizations/members/person_seal.h"
#include "organizations/persons/store_person.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__PERSON_ROLE__##code, #code)
SAME(PERSON_OWNER, PERSON_ROLE_OWNER);
SAME(PERSON_APPLICANT, PERSON_ROLE_APPLICANT);

status_t
person_numbers_to_wire(struct call *call, struct db_rows *rows, int row, const struct id *person, char **ret_identity,
                       char **ret_telephone)
{
    const char *identity;
    const char *telephone;
    status_t st = person_open(call->arena, call->state, person, PERSON_IDENTITY, db_bytes(rows, row, "identity_sealed"),
                              &identity);

    if (!st)
        st = person_open(call->arena, call->state, person, PERSON_TELEPHONE, db_bytes(rows, row, "telephone_sealed"),
                         &telephone);
    if (st)
        return st;
    if (identity)
        *ret_identity = wire_text(identity_mask(call->arena, slice_of(identity)));
    if (telephone)
        *ret_telephone = wire_text(telephone_mask(call->arena, slice_of(telephone)));
    return OK;
}

static status_t
person_to_wire(struct call *call, struct db_rows *rows, int row, Person *out)
{
    struct id person = db_id(rows, row, "id");

    out->id = wire_text(db_text(rows, row, "id"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->sex = (Sex)word_of_code(sexes, db_text(rows, row, "sex"));
    if (!db_is_null(rows, row, "born_on")) {
        out->birth_case = LIANGXIN__ORGANIZATIONS__V1__PERSON__BIRTH_BORN_ON;
        out->born_on = wire_text(db_text(rows, row, "born_on"));
    }
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->is_member = db_bool(rows, row, "is_member");
    out->version = db_i64(rows, row, "version");
    return person_numbers_to_wire(call, rows, row, &person, &out->identity_number, &out->telephone);
}

static void
post_to_wire(struct db_rows *rows, int row, PersonPost *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->role = (PersonRole)word_of_code(person_roles, db_text(rows, row, "role"));
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->since = wire_text(db_text(rows, row, "since"));
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__PERSON_POST__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
}

static void
add_posts(struct arena *arena, struct db_rows *posts, Person *person)
{
    person->posts = arena_array(arena, (size_t)db_count(posts), sizeof(PersonPost *));
    for (int i = 0; i < db_count(posts); i++) {
        if (strcmp(db_text(posts, i, "person_id"), person->id) != 0)
            continue;
        person->posts[person->n_posts] = person_post_new(arena);
        post_to_wire(posts, i, person->posts[person->n_posts++]);
    }
}

static struct id *
ids_of(struct arena *arena, struct db_rows *rows, size_t count)
{
    struct id *ids = arena_array(arena, count, sizeof *ids);

    for (size_t i = 0; i < count; i++)
        ids[i] = db_id(rows, (int)i, "id");
    return ids;
}

status_t
persons_to_wire(struct call *call, struct db_rows *rows, size_t count, Person ***ret_items)
{
    struct db_rows *posts;
    status_t st = person_post_list(call, ids_of(call->arena, rows, count), count, &posts);

    *ret_items = arena_array(call->arena, count, sizeof(Person *));
    for (size_t i = 0; i < count && !st; i++) {
        (*ret_items)[i] = person_new(call->arena);
        st = person_to_wire(call, rows, (int)i, (*ret_items)[i]);
        if (!st)
            add_posts(call->arena, posts, (*ret_items)[i]);
    }
    return st ? st : db_rows_status(posts);
}

status_t
person_answer(struct call *call, const struct id *id, Person *out)
{
    Person **one;
    struct db_rows *row;
    status_t st = person_find(call, id, &row);

    if (!st)
        st = persons_to_wire(call, row, 1, &one);
    if (st)
        return st;
    *out = *one[0];
    return db_rows_status(row);
}
