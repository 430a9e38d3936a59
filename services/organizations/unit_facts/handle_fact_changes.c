/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger edited and confirmed. On the worker's thread, in its transaction. */
#include "organizations/unit_facts/fact_write.h"
#include "organizations/unit_facts/wire_fact.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* What a request brings: values of fields, by the name that the message gives their list. */
struct statement_in {
    FactValue **values;
    size_t count;
    const char *list; /* "/facts" */
    const char *as_of;
    struct fact_stamp stamp;
    bool proposes;
};

static bool
is_named(const struct fact_change *changes, size_t count, const struct unit_fact *fact)
{
    for (size_t i = 0; i < count; i++)
        if (changes[i].fact == fact)
            return true;
    return false;
}

/* A field that the actor may not see is not there; one is named once. */
static status_t
read_changes(struct call *call, const struct fact_sheet *sheet, const struct statement_in *in,
             struct fact_change *changes)
{
    status_t st = OK;

    for (size_t i = 0; i < in->count; i++) {
        const char *field = arena_printf(call->arena, "%s/%zu/field", in->list, i);
        const char *value = arena_printf(call->arena, "%s/%zu/value", in->list, i);

        changes[i].fact = fact_find(sheet, in->values[i]->field);
        if (!changes[i].fact || is_named(changes, i, changes[i].fact))
            st = status_join(call->arena, st, status_field(call->arena, PROBLEM_BAD_VALUE, field));
        else
            st = status_join(
                call->arena, st,
                fact_read(call->arena, &changes[i].fact->field, in->values[i]->value, value, &changes[i].value));
    }
    return st;
}

/* Whoever saw an older version is shown what is otherwise now, of what he brings. */
static status_t
expect_seen(struct call *call, const struct fact_sheet *sheet, const struct fact_change *wanted, size_t count)
{
    struct change *changes = arena_array(call->arena, count, sizeof *changes);
    struct comparison comparison = { .version = sheet->version, .changes = changes };

    if (!call_expect_version(call, sheet->version))
        return OK;
    for (size_t i = 0; i < count; i++) {
        const struct held_fact *held = &wanted[i].fact->held;

        if (fact_judge(held, wanted[i].value, sheet->source, true) == FACT_SAME)
            continue;
        changes[comparison.n_changes++] =
            (struct change){ .pointer = arena_printf(call->arena, "/facts/%s", wanted[i].fact->field.name),
                             .value = held->value ? held->value : "" };
    }
    return status_stale(call->arena, &comparison);
}

/* A value that is only offered may be of an older day than what is held. */
static status_t
judge(struct call *call, const struct statement_in *in, struct fact_change *changes)
{
    if (in->stamp.as_of > call->today)
        return status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/as_of");
    for (size_t i = 0; i < in->count; i++) {
        const struct held_fact *held = &changes[i].fact->held;

        changes[i].outcome = fact_judge(held, changes[i].value, in->stamp.source, in->proposes);
        if (changes[i].outcome == FACT_WRITTEN && !fact_day_is_good(held, in->stamp.as_of, call->today))
            return status_field(call->arena, PROBLEM_BAD_DATE_ORDER, "/as_of");
    }
    return OK;
}

/* The unit, and what is said of it; the version is the one that the speaker has seen. */
static status_t
open_statement(struct call *call, const char *unit, struct statement_in *in, struct fact_sheet *ret_sheet,
               struct fact_change **ret_changes)
{
    struct id id = wire_read_id(unit);
    status_t st = fact_sheet_open(call, &id, ret_sheet);

    *ret_changes = arena_array(call->arena, in->count + 1, sizeof **ret_changes);
    if (st)
        return st;
    in->stamp.source = in->stamp.source ? in->stamp.source : ret_sheet->source;
    in->stamp.as_of = wire_day_or(in->as_of, call->today);
    st = read_changes(call, ret_sheet, in, *ret_changes);
    if (!st)
        st = expect_seen(call, ret_sheet, *ret_changes, in->count);
    return st ? st : judge(call, in, *ret_changes);
}

status_t
handle_edit_unit_facts(struct call *call, const EditUnitFactsRequest *in, UnitFactSheet *out)
{
    struct statement_in said = { .values = in->facts, .count = in->n_facts, .list = "/facts", .as_of = in->as_of };
    struct fact_sheet sheet;
    struct fact_change *changes;
    status_t st;

    if (!id_is_nil(&call->actor->own)) /* whoever is narrowed to a unit proposes */
        return status_plain(PROBLEM_DENIED);
    said.stamp.source = in->from_case ? (enum fact_source)in->source : SOURCE_STREET;
    st = open_statement(call, in->id, &said, &sheet, &changes);
    if (!st)
        st = fact_write(call, &sheet, changes, said.count, &said.stamp);
    if (st)
        return st;
    return fact_sheet_answer(call, &sheet.unit, call->today, out);
}

/* Groups that are named are there. */
static status_t
check_groups(struct call *call, const struct fact_sheet *sheet, const ConfirmUnitFactsRequest *in)
{
    for (size_t i = 0; i < in->n_groups; i++) {
        size_t at = 0;

        while (at < sheet->count && strcmp(sheet->facts[at].field.group, in->groups[i]) != 0)
            at++;
        if (at == sheet->count)
            return status_field(call->arena, PROBLEM_BAD_VALUE, arena_printf(call->arena, "/groups/%zu", i));
    }
    return OK;
}

status_t
handle_confirm_unit_facts(struct call *call, const ConfirmUnitFactsRequest *in, UnitFactSheet *out)
{
    struct statement_in said = {
        .values = in->changes, .count = in->n_changes, .list = "/changes", .as_of = in->as_of, .proposes = true
    };
    struct fact_sheet sheet;
    struct fact_change *changes;
    status_t st = open_statement(call, in->id, &said, &sheet, &changes);

    if (!st)
        st = check_groups(call, &sheet, in);
    if (!st)
        st = fact_write(call, &sheet, changes, said.count, &said.stamp);
    if (st)
        return st;
    facts_confirm(call, &sheet, in->groups, in->n_groups, changes, said.count, &said.stamp);
    audit_add(call,
              &(struct audit_entry){ .object = "unit_review", .id = &sheet.unit, .after = slice_of("confirmed") });
    return fact_sheet_answer(call, &sheet.unit, call->today, out);
}
