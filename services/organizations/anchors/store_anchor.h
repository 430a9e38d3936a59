/* SPDX-License-Identifier: Apache-2.0 */
/* Anchors in the database: reads (store_anchor.c), changes (store_anchor_change.c). An anchor is reached by territory:
 * by whoever acts for an organization whose region holds the anchor's. */
#ifndef LIANGXIN_ORGANIZATIONS_ANCHORS_STORE_ANCHOR_H
#define LIANGXIN_ORGANIZATIONS_ANCHORS_STORE_ANCHOR_H

#include "rpc/page.h"
#include "organizations/wire.h"

/* n is an anchor within the territory of $1; ':' is the character after '9'. */
#define ANCHOR_REACHED                                                                                                 \
    "n.region_code >= (SELECT coalesce(a.region_code, '') FROM organization a WHERE a.id = $1)"                        \
    " AND n.region_code < (SELECT coalesce(a.region_code, '') || ':' FROM organization a WHERE a.id = $1)"

/* One row; NOT_FOUND outside the territory. */
status_t anchor_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* By id; `kind` NULL and `search` "" for all. */
status_t anchor_list(struct call *call, const char *kind, const char *search, const struct page *page,
                     struct db_rows **ret_rows);
/* Columns name, address, telephone. */
status_t anchor_points(struct call *call, const struct id *id, struct db_rows **ret_rows);
/* Who answers there now: columns person_id, name, duty, since. */
status_t anchor_persons(struct call *call, const struct id *id, struct db_rows **ret_rows);
/* Those of its units that the actor reaches, by code. */
status_t anchor_units(struct call *call, const struct id *id, const struct page *page, struct db_rows **ret_rows);

/* The anchor of a command. */
struct anchor {
    struct id id;
    int kind;
    const char *name;
    const char *region_code;
    const char *address;    /* NULL: none */
    struct id organization; /* nil: none */
    int64_t version;
};

/* store_anchor_change.c. Its row locked; NOT_FOUND outside the territory, STALE in another version than was seen. */
status_t anchor_open(struct call *call, const char *id, struct anchor *ret_anchor);
/* What stands in the way of this form: columns region_known, region_reached, organization_known, name_taken (by another
 * anchor of the territory). Always one row. */
status_t anchor_facts(struct call *call, const struct anchor *anchor, struct db_rows **ret_row);
/* Columns within (how many of them the actor reaches), free_from (the last end of an earlier stay). Always one row. */
status_t anchor_place_facts(struct call *call, const struct anchor *anchor, const struct id *units, size_t count,
                            struct db_rows **ret_row);
/* Columns standing (how many of them stand there), began (the latest day). Always one row. */
status_t anchor_remove_facts(struct call *call, const struct anchor *anchor, const struct id *units, size_t count,
                             struct db_rows **ret_row);

/* Who answers: the person of a command. */
struct anchor_post {
    struct id person;
    int duty;
};

/* Columns known (within the actor's reach), holds (now), free_from, began. Always one row. */
status_t anchor_person_facts(struct call *call, const struct anchor *anchor, const struct anchor_post *post,
                             struct db_rows **ret_row);

/* Queued, with version, history and audit. */
void anchor_insert(struct call *call, const struct anchor *anchor);
void anchor_keep(struct call *call, const struct anchor *anchor);
void anchor_place(struct call *call, const struct anchor *anchor, const struct id *units, size_t count, date_t since);
void anchor_remove(struct call *call, const struct anchor *anchor, const struct id *units, size_t count, date_t until);
void anchor_appoint(struct call *call, const struct anchor *anchor, const struct anchor_post *post, date_t since);
void anchor_dismiss(struct call *call, const struct anchor *anchor, const struct anchor_post *post, date_t until);

/* The contact points are these: texts in three arrays. */
struct anchor_points {
    const char **names;
    const char **addresses;
    const char **telephones;
    size_t count;
};

void anchor_set_points(struct call *call, const struct anchor *anchor, const struct anchor_points *points);

extern const struct db_statement sql_anchor_find;
extern const struct db_statement sql_anchor_list;
extern const struct db_statement sql_anchor_points;
extern const struct db_statement sql_anchor_persons;
extern const struct db_statement sql_anchor_units;
extern const struct db_statement sql_anchor_open;
extern const struct db_statement sql_anchor_region_lock;
extern const struct db_statement sql_anchor_facts;
extern const struct db_statement sql_anchor_place_facts;
extern const struct db_statement sql_anchor_remove_facts;
extern const struct db_statement sql_anchor_person_facts;
extern const struct db_statement sql_anchor_insert;
extern const struct db_statement sql_anchor_keep;
extern const struct db_statement sql_anchor_name;
extern const struct db_statement sql_anchor_touch;
extern const struct db_statement sql_anchor_place;
extern const struct db_statement sql_anchor_remove;
extern const struct db_statement sql_anchor_appoint;
extern const struct db_statement sql_anchor_dismiss;
extern const struct db_statement sql_anchor_clear_points;
extern const struct db_statement sql_anchor_add_points;
extern const struct db_statement sql_anchor_history_add;

#endif
