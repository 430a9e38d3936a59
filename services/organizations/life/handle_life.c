/* SPDX-License-Identifier: Apache-2.0 */
/* An organization renamed (更名), and its history told. On the worker's thread, the command in its transaction. */
#include "organizations/ledgers/row_set.h"
#include "organizations/life/store_life.h"
#include "organizations/organizations/store_organization.h"
#include "organizations/relations/store_relation.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__LIFE_EVENT__##code, #code)
SAME(LIFE_FOUNDED, LIFE_EVENT_FOUNDED);
SAME(LIFE_DISSOLVED, LIFE_EVENT_DISSOLVED);

static status_t
judge_name(struct call *call, const RenameOrganizationRequest *in, const struct related *related, date_t on)
{
    date_t last;
    status_t st = names_last(call, &related->id, &last);

    if (st)
        return st;
    if (strcmp(in->name, related->news.name) == 0)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/name");
    if (on > call->today || (last != DATE_NONE && on < last))
        return status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/on");
    return OK;
}

static void
write_name(struct call *call, const struct related *related, const char *name, date_t on)
{
    struct row_set set;

    row_set_open(&set);
    row_set_begin(&set);
    row_set_id(&set, "id", &related->id);
    row_set_text(&set, "name", name);
    row_set_end(&set);
    names_keep(call->db, row_set_close(&set, call->arena), on);
    name_write(call->db, &related->id, name);
}

status_t
handle_rename_organization(struct call *call, const RenameOrganizationRequest *in, Organization *out)
{
    struct related *related;
    const char *former;
    date_t on = DATE_NONE;
    status_t st = related_open(call, in->id, &related);

    (void)date_parse(slice_of(in->on), &on); /* the field rules have looked at it */
    if (!st)
        st = judge_name(call, in, related, on);
    if (st)
        return st;
    former = related->news.name;
    write_name(call, related, in->name, on);
    related->news.name = in->name;
    related_tell(call, related);
    life_add(call, &(struct life_step){ .organization = &related->id,
                                        .version = related->news.version,
                                        .event = LIFE_RENAMED,
                                        .on = on,
                                        .former = former,
                                        .present = in->name,
                                        .basis = in->basis,
                                        .reason = in->reason });
    audit_add(call, &(struct audit_entry){ .object = "organization",
                                           .id = &related->id,
                                           .before = slice_of(former),
                                           .after = slice_of(in->name) });
    return organization_answer(call, &related->id, out);
}

static void
step_to_wire(struct call *call, struct db_rows *rows, int row, LifeStep *out)
{
    out->event = (LifeEvent)word_of_code(life_events, db_text(rows, row, "event"));
    out->on = wire_text(db_text(rows, row, "on_day"));
    out->former = wire_text(db_text(rows, row, "former"));
    out->present = wire_text(db_text(rows, row, "present"));
    out->other_id = wire_text(db_text(rows, row, "other_id"));
    out->other_name = wire_text(db_text(rows, row, "other_name"));
    out->basis = wire_text(db_text(rows, row, "basis"));
    out->reason = wire_text(db_text(rows, row, "reason"));
    out->role = wire_text(db_text(rows, row, "role"));
    out->at = arena_alloc(call->arena, INSTANT_SIZE);
    instant_format(db_instant(rows, row, "at"), out->at);
}

static status_t
add_names(struct call *call, const struct id *organization, OrganizationLife *out)
{
    struct db_rows *rows;
    status_t st = names_list(call, organization, &rows);

    if (st)
        return st;
    out->names = arena_array(call->arena, (size_t)db_count(rows), sizeof(FormerName *));
    for (int i = 0; i < db_count(rows); i++) {
        FormerName *name = out->names[out->n_names++] = former_name_new(call->arena);

        name->name = wire_text(db_text(rows, i, "name"));
        name->until = wire_text(db_text(rows, i, "until"));
    }
    return db_rows_status(rows);
}

status_t
handle_get_life(struct call *call, const OrganizationId *in, OrganizationLife *out)
{
    struct id organization = wire_read_id(in->id);
    struct db_rows *rows;
    status_t st = life_list(call, &organization, &rows);

    if (st)
        return st;
    out->steps = arena_array(call->arena, (size_t)db_count(rows), sizeof(LifeStep *));
    for (int i = 0; i < db_count(rows) && !db_is_null(rows, i, "event"); i++) {
        out->steps[out->n_steps] = life_step_new(call->arena);
        step_to_wire(call, rows, i, out->steps[out->n_steps++]);
    }
    st = db_rows_status(rows);
    return st ? st : add_names(call, &organization, out);
}
