/* SPDX-License-Identifier: Apache-2.0 */
/* One row by a form of the API: a message becomes the row that a ledger's file would bring, and goes the ledger's own
 * way: the same reading of cells, facts, judgement and effects. On the worker's thread, in its transaction. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_FORM_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_FORM_H

#include <protobuf-c/protobuf-c.h>

#include "organizations/ledgers/ledger.h"

/* Which field of the message is which column. A text, an enum in the order of the column's words, a bool or a count; in
 * a oneof of its own where a form may leave the value as it is. */
struct form_field {
    const char *field;   /* "region_code" */
    const char *heading; /* "区划代码" */
};

struct form {
    const struct ledger *ledger;
    const struct form_field *fields; /* ends with .field == NULL */
    const char *source; /* whose word it is (来源); NULL: the street keeps the ledger, and says it of today */
    date_t as_of;
};

/* A new row; ALREADY_EXISTS when there is one with its key. */
status_t form_create(struct call *call, const struct form *form, const ProtobufCMessage *in, struct id *ret_entity);
/* The row with this key, in the version that the caller has seen, with the values that the message brings. STALE shows
 * those of them that are otherwise now. Nothing is written when nothing changes. */
status_t form_edit(struct call *call, const struct form *form, const char *key, const ProtobufCMessage *in);

#endif
