/* SPDX-License-Identifier: Apache-2.0 */
/* Messages, enums and fields as JSON Schema. Named types go into the document's components once, and are
 * referred to: "transfers.Letter" as answered, "transfers.Letter.sent" as sent. New references belong to the caller, as
 * always with jansson. */
#ifndef LIANGXIN_GENERATOR_OPENAPI_SCHEMA_H
#define LIANGXIN_GENERATOR_OPENAPI_SCHEMA_H

#include <jansson.h>

#include "binding.h"

/* The components of a document under construction; both objects are borrowed. */
struct components {
    struct arena *arena;
    json_t *schemas;
    json_t *responses; /* "stale": responses with one problem, by its slug */
};

/* What a caller sends is strict: rules hold, unknown members are refused. What we answer has every member that cannot
 * be absent, and such a member may be empty ("", 0) whatever its rule asks of a caller. */
enum direction {
    SENT,
    ANSWERED,
};

/* {"$ref": ...}; adds the message and what it uses to the components when they are not there yet. */
json_t *schema_of_message(struct components *components, const struct message *message, enum direction direction);
/* Type, limits, unit, description and example of a field. */
json_t *schema_of_field(struct components *components, const struct field *field, enum direction direction);
/* The object that a method takes as JSON body: the fields that are bound neither to path nor query. */
json_t *schema_of_body(struct components *components, const struct method *method);

/* The example of a field: its rule's, or one composed of the fields of its message. NULL when nobody gave one. */
json_t *example_of_field(const struct field *field);
/* Composed of the examples of the fields with this binding. */
json_t *example_of_request(const struct method *method, enum binding binding);

#endif
