/* SPDX-License-Identifier: Apache-2.0 */
/* Posts of persons begun and ended. On the worker's thread, in its transaction. */
#include "organizations/persons/store_person.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
note(struct call *call, const struct post_place *post, const struct id *id, const char *state)
{
    char text[ID_SIZE];

    id_format(id, text);
    audit_add(call,
              &(struct audit_entry){ .object = "person",
                                     .id = &post->person->id,
                                     .after = slice_of(arena_printf(call->arena, "%s|%s|%s", text,
                                                                    word_code(person_roles, post->role), state)) });
}

status_t
handle_begin_person_post(struct call *call, const BeginPersonPostRequest *in, Person *out)
{
    bool at_unit = in->place_case == LIANGXIN__ORGANIZATIONS__V1__BEGIN_PERSON_POST_REQUEST__PLACE_UNIT_ID;
    date_t since = wire_day_or(in->since, call->today);
    struct posted_person person;
    struct post_place post = { .person = &person, .role = (int)in->role };
    struct person_post_facts facts;
    struct id place;
    struct id id;
    status_t st;

    if (!in->place_case)
        return status_field(call->arena, PROBLEM_REQUIRED, "/organization_id");
    place = wire_read_id(at_unit ? in->unit_id : in->organization_id);
    *(at_unit ? &post.unit : &post.organization) = &place;
    st = posted_person_open(call, in->id, &person);
    if (!st)
        st = person_post_facts(call, &post, since, &facts);
    if (!st)
        st = person_post_judge_begin(call->arena, post.role, &facts, since, call->today);
    if (st)
        return st;
    person_post_begin(call, &post, since, &id);
    note(call, &post, &id, "begun");
    return person_answer(call, &person.id, out);
}

status_t
handle_end_person_post(struct call *call, const EndPersonPostRequest *in, Person *out)
{
    bool at_unit = in->place_case == LIANGXIN__ORGANIZATIONS__V1__END_PERSON_POST_REQUEST__PLACE_UNIT_ID;
    date_t until = wire_day_or(in->until, call->today);
    struct posted_person person;
    struct post_place post = { .person = &person, .role = (int)in->role };
    struct id place;
    struct id id;
    date_t since;
    status_t st;

    if (!in->place_case)
        return status_field(call->arena, PROBLEM_REQUIRED, "/organization_id");
    place = wire_read_id(at_unit ? in->unit_id : in->organization_id);
    *(at_unit ? &post.unit : &post.organization) = &place;
    st = posted_person_open(call, in->id, &person);
    if (!st)
        st = person_post_find(call, &post, &id, &since);
    if (!st)
        st = person_post_judge_end(call->arena, since, until, call->today);
    if (st)
        return st;
    person_post_end(call, &post, &id, until);
    note(call, &post, &id, "ended");
    return person_answer(call, &person.id, out);
}
