/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values held against the subset of JSON Schema that our OpenAPI document uses. A keyword outside of the subset is
 * a fault, so that the document cannot outgrow its test unseen. */
#ifndef LIANGXIN_TESTS_E2E_JSON_SCHEMA_H
#define LIANGXIN_TESTS_E2E_JSON_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* What a "$ref" names; any other schema as it is. Borrowed; NULL when it names nothing. */
const json_t *json_schema_resolve(const json_t *document, const json_t *schema);
/* False with the place and the reason in `ret_fault` when `value` does not fit. Members that the schema does not name
 * are faults. */
bool json_schema_fits(const json_t *document, const json_t *schema, const json_t *value, char *ret_fault, size_t size);

#endif
