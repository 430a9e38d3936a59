/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger as messages. */
#ifndef LIANGXIN_ORGANIZATIONS_UNIT_FACTS_WIRE_FACT_H
#define LIANGXIN_ORGANIZATIONS_UNIT_FACTS_WIRE_FACT_H

#include "organizations/unit_facts/store_fact.h"
#include "organizations/wire.h"

char *wire_id_text(struct arena *arena, const struct id *id);
char *wire_day(struct arena *arena, date_t day);

/* Rows of fact_field_list. */
status_t fields_to_wire(struct call *call, struct db_rows *rows, UnitFieldList *out);
/* Columns field, value, as_of, source, account_id, role, acting_for. */
void fact_to_wire(struct db_rows *rows, int row, UnitFact *out);
/* The groups, of rows of fact_list, with the values of fact_count. */
status_t sheet_to_wire(struct call *call, struct db_rows *facts, struct db_rows *counted, UnitFactSheet *out);

/* handle_unit_facts.c: a unit's ledger as of a day; NOT_FOUND outside the actor's scope. */
status_t fact_sheet_answer(struct call *call, const struct id *unit, date_t as_of, UnitFactSheet *out);

#endif
