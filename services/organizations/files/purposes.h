/* SPDX-License-Identifier: Apache-2.0 */
/* What files are for, with their limits from the settings. Set up once at start. */
#ifndef LIANGXIN_ORGANIZATIONS_FILES_PURPOSES_H
#define LIANGXIN_ORGANIZATIONS_FILES_PURPOSES_H

#include "organizations/state.h"

#define PURPOSE_IMPORT   "import"   /* a ledger to be taken in */
#define PURPOSE_DOCUMENT "document" /* 材料: a paper of a record */
#define PURPOSE_RESULT   "result"   /* a ledger given back with what became of its rows */
#define PURPOSE_EXPORT   "export"   /* a ledger given out */

/* Fills the tables of `state` from its settings. */
void purposes_open(struct organizations_state *state);

#endif
