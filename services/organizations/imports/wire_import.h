/* SPDX-License-Identifier: Apache-2.0 */
/* Imports and their rows as messages (wire_import.c). */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_WIRE_IMPORT_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_WIRE_IMPORT_H

#include "io/db.h"
#include "organizations/wire.h"

void import_to_wire(struct arena *arena, struct db_rows *row, Import *out);
void import_row_to_wire(struct arena *arena, struct db_rows *rows, int row, ImportRow *out);

#endif
