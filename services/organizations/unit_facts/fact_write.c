/* SPDX-License-Identifier: Apache-2.0 */
/* Effects of changes. On the worker's thread, in its transaction. */
#include "organizations/unit_facts/fact_write.h"

#include "organizations/unit_facts/ledger_fact.h"
#include "organizations/units/store_unit_state.h"
#include "rpc/audit.h"
#include "base/banned.h"

static const char *const outcomes[] = {
    [FACT_SAME] = "same", [FACT_WRITTEN] = "written", [FACT_CONFLICT] = "conflict"
};

static void
note(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count)
{
    const char *before = word_code(fact_sources, (int)sheet->source);
    const char *after = before;

    for (size_t i = 0; i < count; i++) {
        const char *name = changes[i].fact->field.name;
        const char *held = changes[i].fact->held.value;

        before = arena_printf(call->arena, "%s|%s=%s", before, name, held ? held : "");
        after = arena_printf(call->arena, "%s|%s=%s %s", after, name, changes[i].value ? changes[i].value : "",
                             outcomes[changes[i].outcome]);
    }
    audit_add(call,
              &(struct audit_entry){
                  .object = "unit_fact", .id = &sheet->unit, .before = slice_of(before), .after = slice_of(after) });
}

static bool
has(const struct fact_change *changes, size_t count, enum fact_outcome outcome)
{
    for (size_t i = 0; i < count; i++)
        if (changes[i].outcome == outcome)
            return true;
    return false;
}

/* The ledger's form looks at the version of the row, so it comes before anything that makes another one. */
status_t
fact_write(struct call *call, const struct fact_sheet *sheet, const struct fact_change *changes, size_t count,
           const struct fact_stamp *stamp)
{
    bool in_ledger;
    status_t st = ledger_facts_write(call, sheet, changes, count, stamp, &in_ledger);

    if (st)
        return st;
    if (!in_ledger && has(changes, count, FACT_WRITTEN))
        unit_touch(call, &sheet->unit);
    facts_add(call, sheet, changes, count, stamp);
    conflicts_open(call, sheet, changes, count, stamp);
    note(call, sheet, changes, count);
    return OK;
}
