/* SPDX-License-Identifier: Apache-2.0 */
/* Persons in the database: reads (store_person.c), posts (store_person_post.c), rows to messages (wire_person.c).
 * Whoever is a member is reached where he belongs, everybody else where his record is kept. */
#ifndef LIANGXIN_ORGANIZATIONS_PERSONS_STORE_PERSON_H
#define LIANGXIN_ORGANIZATIONS_PERSONS_STORE_PERSON_H

#include "rpc/page.h"
#include "organizations/persons/person_post.h"
#include "organizations/wire.h"

/* store_person.c. One row; NOT_FOUND outside the scope. */
status_t person_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Who is no member, by name; `organization` "" for the whole scope, `role` NULL for everybody. */
status_t person_list(struct call *call, const char *organization, const char *role, const struct page *page,
                     struct db_rows **ret_rows);
/* All posts of these persons, latest first. */
status_t person_post_list(struct call *call, const struct id *persons, size_t count, struct db_rows **ret_rows);

/* store_person_post.c. The person of a command, its row locked. */
struct posted_person {
    struct id id;
    int64_t version;
    bool is_member;
};

/* NOT_FOUND out of what the actor may write, STALE in another version than he has seen. */
status_t posted_person_open(struct call *call, const char *id, struct posted_person *ret_person);
/* A post at the organization or else the unit. */
struct post_place {
    const struct posted_person *person;
    int role;
    const struct id *organization; /* NULL: at the unit */
    const struct id *unit;
};

/* What stands in the way of this post from `since` on. */
status_t
person_post_facts(struct call *call, const struct post_place *post, date_t since, struct person_post_facts *ret_facts);
/* The post that has no end; NOT_FOUND when there is none. */
status_t person_post_find(struct call *call, const struct post_place *post, struct id *ret_id, date_t *ret_since);
/* Queued, with the person's next version and its history. */
void person_post_begin(struct call *call, const struct post_place *post, date_t since, struct id *ret_id);
void person_post_end(struct call *call, const struct post_place *post, const struct id *id, date_t until);

extern const struct db_statement sql_person_find;
extern const struct db_statement sql_person_list;
extern const struct db_statement sql_person_post_list;
extern const struct db_statement sql_posted_person_lock;
extern const struct db_statement sql_person_post_facts;
extern const struct db_statement sql_person_post_find;
extern const struct db_statement sql_person_post_begin;
extern const struct db_statement sql_person_post_end;
extern const struct db_statement sql_person_touch;

/* wire_person.c: one person with his posts, or NOT_FOUND; a page of them. */
status_t person_answer(struct call *call, const struct id *id, Person *out);
status_t persons_to_wire(struct call *call, struct db_rows *rows, size_t count, Person ***ret_items);
/* Numbers of the person in this row (identity_sealed, telephone_sealed), masked; what he has not got stays as it is. */
status_t person_numbers_to_wire(struct call *call, struct db_rows *rows, int row, const struct id *person,
                                char **ret_identity, char **ret_telephone);

#endif
