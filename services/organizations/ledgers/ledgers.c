/* SPDX-License-Identifier: Apache-2.0 */
/* The table of ledgers, and what their effects share. Runs on the jobs thread. */
#include "organizations/ledgers/ledger.h"
#include "organizations/instructors/dispatch_ledger.h"
#include "organizations/members/member_ledger.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/regions/region_ledger.h"
#include "organizations/units/unit_ledger.h"
#include "base/banned.h"

static const struct ledger *const ledgers[] = {
    &region_ledger, &organization_ledger, &unit_ledger, &member_ledger, &dispatch_ledger, NULL,
};

const struct ledger *
ledger_find(const char *name)
{
    for (size_t i = 0; ledgers[i]; i++)
        if (strcmp(ledgers[i]->form->name, name) == 0)
            return ledgers[i];
    return NULL;
}

status_t
ledger_judge(const struct ledger *ledger, struct import_work *work, struct sheet_row **rows, size_t count, bool lock)
{
    struct db_rows *found;
    status_t st = ledger->load(work, rows, count, lock, &found);

    for (size_t i = 0; i < count && !st; i++) {
        rows[i]->facts = arena_alloc(work->arena, ledger->facts_size);
        st = ledger->read_facts(work, found, (int)i, rows[i]);
        if (!st)
            ledger->judge_row(work->arena, work->sheet, rows[i]);
    }
    return st ? st : db_rows_status(found);
}

status_t
work_flush(struct import_work *work)
{
    return db_queue_is_long(work->db) ? db_flush(work->db, work->arena) : OK;
}

void
work_audit(struct import_work *work, const char *object, const struct sheet_row *row, const void *before)
{
    const struct ledger_form *form = work->sheet->form;
    struct audit_entry entry = { .object = object,
                                 .id = &row->entity,
                                 .after = row_content(work->arena, form, row->data) };

    if (before)
        entry.before = row_content(work->arena, form, before);
    audit_add_work(&work->audit, &entry);
}

void
work_audit_removal(struct import_work *work, const char *object, const struct sheet_row *row)
{
    audit_add_work(&work->audit,
                   &(struct audit_entry){ .object = object,
                                          .id = &row->entity,
                                          .before = row_content(work->arena, work->sheet->form, row->before) });
}
