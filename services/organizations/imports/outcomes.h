/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of row outcomes and import states, in the order of the enums of the .proto. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_OUTCOMES_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_OUTCOMES_H

#include "organizations/words.h"

extern const struct word row_outcomes[];
extern const struct word import_states[];
extern const struct word undo_outcomes[];
extern const struct word ledger_names[];

#endif
