/* SPDX-License-Identifier: Apache-2.0 */
/* Facts as a form of the ledger of units. On the worker's thread, in its transaction. */
#include "organizations/unit_facts/ledger_fact.h"

#include <stdlib.h>

#include "base/check.h"
#include "organizations/units/store_unit_state.h"
#include "organizations/units/unit_form.h"
#include "organizations/wire.h"
#include "base/banned.h"

/* The field of the form that has the fact's name, each in a oneof of its own. */
static void
set_field(EditUnitRequest *form, const char *name, const char *value)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(form->base.descriptor, name);
    char *at = (char *)form;

    CHECK(field && (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF));
    *(uint32_t *)(void *)(at + field->quantifier_offset) = field->id;
    at += field->offset;
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        *(char **)(void *)at = wire_text(value);
        break;
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)(void *)at = value && strcmp(value, "true") == 0;
        break;
    case PROTOBUF_C_TYPE_ENUM: /* the only one: the list has the enum's order */
        *(int *)(void *)at = word_of_code(business_states, value);
        break;
    default:
        *(int64_t *)(void *)at = value ? strtoll(value, NULL, 10) : 0;
        break;
    }
}

status_t
ledger_facts_write(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
                   const struct fact_stamp *stamp, bool *ret_written)
{
    EditUnitRequest *form = edit_unit_request_new(call->arena);
    status_t st;

    *ret_written = false;
    for (size_t i = 0; i < count; i++) {
        if (changes[i].outcome != FACT_WRITTEN || !changes[i].fact->field.in_ledger)
            continue;
        set_field(form, changes[i].fact->field.name, changes[i].value);
        *ret_written = true;
    }
    if (!*ret_written)
        return OK;
    st = unit_form_edit(call, sheet->code, form, word_code(fact_sources, (int)stamp->source), stamp->as_of);
    if (!st && form->set_state_case)
        unit_state_since(call, &sheet->unit, stamp->as_of);
    return st;
}
