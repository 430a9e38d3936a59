/* SPDX-License-Identifier: Apache-2.0 */
/* Relations begun, ended, listed; another superior in the line. On the worker's thread, commands in their transaction.
 */
#include "organizations/organizations/store_organization.h"
#include "organizations/relations/store_line.h"
#include "organizations/relations/store_relation.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__RELATION_KIND__##code, #code)
SAME(RELATION_LINE, RELATION_KIND_LINE);
SAME(RELATION_HOST, RELATION_KIND_HOST);

/* The field rules have looked at the text. */
static date_t
day_or(const char *text, date_t otherwise)
{
    date_t day = otherwise;

    if (text[0])
        (void)date_parse(slice_of(text), &day);
    return day;
}

static void
note(struct call *call, const struct related *related, int kind, const char *before, const char *after)
{
    const char *word = word_code(relation_kinds, kind);

    audit_add(call, &(struct audit_entry){ .object = "relation",
                                           .id = &related->id,
                                           .before = before ? slice_of(arena_printf(call->arena, "%s|%s", word, before))
                                                            : (struct slice){ 0 },
                                           .after = slice_of(arena_printf(call->arena, "%s|%s", word, after)) });
}

status_t
handle_begin_relation(struct call *call, const BeginRelationRequest *in, Organization *out)
{
    struct id superior = wire_read_id(in->superior_id);
    date_t since = day_or(in->since, call->today);
    struct relation_superior wanted;
    struct relation_past past;
    struct related *related;
    status_t st;

    if ((int)in->kind == RELATION_LINE)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/kind");
    st = related_open(call, in->id, &related);
    if (!st)
        st = related_superior(call, &related->id, &superior, (int)in->kind, &wanted, &past);
    if (!st)
        st = relation_judge_begin(call->arena, (int)in->kind, &wanted, &past, since, call->today);
    if (st)
        return st;
    relation_begin(call, &related->id, &superior, (int)in->kind, since, in->basis);
    reach_make(call->db, call->arena, &related->id, 1);
    related_tell(call, related);
    note(call, related, (int)in->kind, NULL, in->superior_id);
    return organization_answer(call, &related->id, out);
}

status_t
handle_end_relation(struct call *call, const EndRelationRequest *in, Organization *out)
{
    struct id superior = wire_read_id(in->superior_id);
    date_t until = day_or(in->until, call->today);
    struct relation_superior wanted;
    struct relation_past past;
    struct related *related;
    status_t st;

    if ((int)in->kind == RELATION_LINE)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/kind");
    st = related_open(call, in->id, &related);
    if (!st)
        st = related_superior(call, &related->id, &superior, (int)in->kind, &wanted, &past);
    if (!st)
        st = relation_judge_end(call->arena, &past, until, call->today);
    if (st)
        return st;
    relation_end(call, &related->id, &superior, (int)in->kind, until, in->basis);
    reach_make(call->db, call->arena, &related->id, 1);
    related_tell(call, related);
    note(call, related, (int)in->kind, in->superior_id, "over");
    return organization_answer(call, &related->id, out);
}

/* Effects of another superior: the old relation ends on the day on which the new one begins. */
static void
change_superior(struct call *call, struct related *related, const struct id *superior, date_t since, const char *basis)
{
    char before[ID_SIZE];
    char after[ID_SIZE];

    id_format(&related->superior, before);
    id_format(superior, after);
    relation_end(call, &related->id, NULL, RELATION_LINE, since, basis);
    relation_begin(call, &related->id, superior, RELATION_LINE, since, basis);
    line_move(call->db, &related->id, superior);
    reach_make(call->db, call->arena, &related->id, 1);
    related->superior = *superior;
    related_tell(call, related);
    note(call, related, RELATION_LINE, arena_text(call->arena, before), arena_text(call->arena, after));
}

status_t
handle_change_superior(struct call *call, const ChangeSuperiorRequest *in, Organization *out)
{
    struct id superior = wire_read_id(in->superior_id);
    date_t since = day_or(in->since, call->today);
    struct relation_superior wanted;
    struct relation_past past;
    struct related *related;
    status_t st = related_open(call, in->id, &related);

    if (!st)
        st = related_superior(call, &related->id, &superior, RELATION_LINE, &wanted, &past);
    if (!st && id_equal(&superior, &related->superior))
        st = status_plain(PROBLEM_ALREADY_EXISTS);
    if (!st)
        st = relation_judge_begin(call->arena, RELATION_LINE, &wanted, &related->line, since, call->today);
    if (st)
        return st;
    change_superior(call, related, &superior, since, in->basis);
    return organization_answer(call, &related->id, out);
}

static void
relation_to_wire(struct db_rows *rows, int row, Relation *out)
{
    out->kind = (RelationKind)word_of_code(relation_kinds, db_text(rows, row, "kind"));
    out->superior_id = wire_text(db_text(rows, row, "superior_id"));
    out->superior_name = wire_text(db_text(rows, row, "superior_name"));
    out->scope = (RelationScope)word_of_code(relation_scopes, db_text(rows, row, "scope"));
    out->since = wire_text(db_text(rows, row, "since"));
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__RELATION__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
    out->basis = wire_text(db_text(rows, row, "basis"));
    out->end_basis = wire_text(db_text(rows, row, "end_basis"));
}

status_t
handle_list_relations(struct call *call, const ListRelationsRequest *in, RelationList *out)
{
    struct id organization = wire_read_id(in->id);
    struct db_rows *rows;
    status_t st = relation_list(call, &organization, day_or(in->as_of, DATE_NONE), &rows);

    if (st)
        return st;
    out->items = arena_array(call->arena, (size_t)db_count(rows), sizeof(Relation *));
    for (int i = 0; i < db_count(rows) && !db_is_null(rows, i, "kind"); i++) {
        out->items[out->n_items] = relation_new(call->arena);
        relation_to_wire(rows, i, out->items[out->n_items++]);
    }
    return db_rows_status(rows);
}
