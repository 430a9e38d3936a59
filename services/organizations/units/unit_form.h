/* SPDX-License-Identifier: Apache-2.0 */
/* A unit changed as its form changes it, for whoever else writes what stands in the ledger (handle_unit_form.c). */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_FORM_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_FORM_H

#include "organizations/wire.h"
#include "rpc/call.h"

/* The unit with this code. `source` and `as_of` go with what is noted of the values that change. */
status_t
unit_form_edit(struct call *call, const char *code, const EditUnitRequest *in, const char *source, date_t as_of);

#endif
