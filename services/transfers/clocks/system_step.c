/* SPDX-License-Identifier: Apache-2.0 */
/* Steps by the system: judged by the same table as any. The thread and transaction of whoever calls. */
#include "transfers/clocks/system_step.h"

#include "rpc/audit.h"
#include "base/banned.h"

void
system_step(const struct system_work *work, struct letter_view *view, enum letter_event event, const char *note)
{
    struct letter_attempt attempt = {
        .event = event, .actors = ACTOR_SYSTEM, .reasoned = note != NULL, .today = instant_date(work->now)
    };
    struct letter_deed deed = { .name = letter_event_code(event), .note = note, .at = work->now };
    struct audit_work audit = { .db = work->db,
                                .arena = work->arena,
                                .process = work->process,
                                .action = work->action,
                                .request = work->request,
                                .now = work->now };
    struct audit_entry entry = { .object = "letter",
                                 .id = &view->letter.id,
                                 .before = letter_image(work->arena, &view->letter) };
    const struct letter_step *step;

    if (letter_may(&view->letter, &attempt, &step))
        return;
    letter_take(&view->letter, step, work->now);
    letter_update(work->db, &view->letter);
    history_add(work->db, &view->letter, &deed);
    entry.after = letter_image(work->arena, &view->letter);
    audit_add_work(&audit, &entry);
    emit_letter_changed(work->db, work->arena, view, &deed, 0);
}
