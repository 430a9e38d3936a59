/* SPDX-License-Identifier: Apache-2.0 */
/* What the scenarios of units share: edits, a unit's id and version, posts narrowed to a unit. */
#ifndef LIANGXIN_TESTS_E2E_UNITS_H
#define LIANGXIN_TESTS_E2E_UNITS_H

#include "e2e/two_towns.h"

#define SHOES    "91320698MANQ51XWQ1" /* 东方制鞋, covered by the east branch */
#define SOFTWARE "91320698MAP7QFWYR3" /* 东光软件, by the second branch there */

/* A PATCH with a fresh key, of an answer with any status. */
struct test_reply units_patch(struct api *api, const char *token, const char *path, long version, const char *body);
/* Id of the unit with this code, as the token finds it. */
void units_find(struct api *api, const char *token, const char *code, char ret_id[64]);
long units_version(struct api *api, const char *token, const char *id);
/* An account with this role at the organization whose post refers to the unit. */
void units_account(struct two_towns_world *world, const char *name, const char *role, const char *organization,
                   const char *unit, char ret_token[256]);
/* POST and PATCH that must answer `status`; the answer's version is not looked at. */
void units_expect(struct test_reply reply, long status);
/* The fact of this name in an answer of /units/{id}/facts; NULL when the reader is not told of it. */
const json_t *units_fact(const struct test_reply *sheet, const char *field);
const char *units_text(const json_t *object, const char *key);

#endif
