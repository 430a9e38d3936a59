/* SPDX-License-Identifier: Apache-2.0 */
/* Bases taken over from a ledger, and the one that holds. Runs on a worker's thread inside its frame. */
#include "dues/dues.h"
#include "rpc/audit.h"
#include "base/banned.h"

static struct slice
text_of(struct arena *arena, const struct assessment *assessment)
{
    char *text = arena_alloc(arena, ASSESSMENT_SIZE);

    assessment_format(assessment, text);
    return slice_of(text);
}

static void
audit_base(struct call *call, const struct assessment *given, const struct known_base *known)
{
    audit_add(call, &(struct audit_entry){
                        .object = "base",
                        .id = &given->member,
                        .before = known->known ? text_of(call->arena, &known->assessment) : (struct slice){ 0 },
                        .after = text_of(call->arena, given),
                    });
}

/* Moves what differs from what is known to the front of `given` and answers how many that are. */
static size_t
keep_changed(struct call *call, struct assessment *given, const struct known_base *known, size_t count)
{
    size_t changed = 0;

    for (size_t i = 0; i < count; i++) {
        if (known[i].known && assessment_equal(&known[i].assessment, &given[i]))
            continue;
        audit_base(call, &given[i], &known[i]);
        given[changed++] = given[i];
    }
    return changed;
}

/* A request that changed nothing is on record too: the import it came from was applied. */
static void
audit_unchanged(struct call *call)
{
    audit_add(call, &(struct audit_entry){ .object = "base_batch", .id = &call->request->id });
}

status_t
handle_record_bases(struct call *call, const RecordBasesRequest *in, RecordBasesReply *out)
{
    struct known_base *known = arena_array(call->arena, in->n_records, sizeof *known);
    struct assessment *given;
    size_t changed;
    size_t count;
    status_t st;

    st = assessments_from_wire(call, in, &given, &count);
    if (!st)
        st = bases_lock(call, given, count, known);
    if (st)
        return st;
    changed = keep_changed(call, given, known, count);
    if (changed > 0)
        bases_put(call, given, changed);
    else
        audit_unchanged(call);
    out->recorded = (uint32_t)changed;
    out->unchanged = (uint32_t)(in->n_records - changed);
    return OK;
}

status_t
handle_get_base(struct call *call, const GetBaseRequest *in, Base *out)
{
    struct held_base held = { 0 };
    struct id member;
    status_t st;

    if (!id_parse(slice_of(in->member_id), &member))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/member_id");
    st = base_held(call, &member, month_of(call->today), &held);
    if (st)
        return st;
    base_to_wire(call->arena, &held, out);
    return OK;
}
