/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of facts to messages. */
#include "organizations/unit_facts/wire_fact.h"

#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__##code, #code)
SAME(FACT_WORD, FIELD_KIND__FIELD_KIND_WORD);
SAME(SOURCE_UNIT, FACT_SOURCE__FACT_SOURCE_UNIT);
SAME(SOURCE_REGISTRATION, FACT_SOURCE__FACT_SOURCE_REGISTRATION);

#define RECORD_END '\x1e'
#define PART_END   '\x1f'

char *
wire_id_text(struct arena *arena, const struct id *id)
{
    char *text = arena_alloc(arena, ID_SIZE);

    id_format(id, text);
    return text;
}

char *
wire_day(struct arena *arena, date_t day)
{
    char *text = arena_alloc(arena, DATE_SIZE);

    date_format(day, text);
    return text;
}

/* The text up to `end`, and what is behind it. */
static char *
cut(struct arena *arena, const char **rest, char end)
{
    const char *at = strchr(*rest, end);
    size_t size = at ? (size_t)(at - *rest) : strlen(*rest);
    struct slice part = slice_make(*rest, size);

    *rest += size + (at ? 1 : 0);
    return arena_text_slice(arena, part);
}

static void
words_to_wire(struct arena *arena, const char *text, UnitField *out)
{
    size_t count = 1;

    if (!text)
        return;
    for (const char *at = text; *at; at++)
        count += *at == RECORD_END;
    out->words = arena_array(arena, count, sizeof *out->words);
    for (out->n_words = 0; out->n_words < count; out->n_words++) {
        const char *word = cut(arena, &text, RECORD_END);
        FieldWord *item = field_word_new(arena);

        item->code = cut(arena, &word, PART_END);
        item->label_zh = cut(arena, &word, PART_END);
        item->label_en = cut(arena, &word, PART_END);
        out->words[out->n_words] = item;
    }
}

static void
field_to_wire(struct arena *arena, struct db_rows *rows, int row, UnitField *out)
{
    out->name = wire_text(db_text(rows, row, "name"));
    out->label_zh = wire_text(db_text(rows, row, "label_zh"));
    out->label_en = wire_text(db_text(rows, row, "label_en"));
    out->kind = (FieldKind)word_of_code(fact_kinds, db_text(rows, row, "kind"));
    out->counted = db_bool(rows, row, "counted");
    words_to_wire(arena, db_text(rows, row, "words"), out);
}

/* Rows of one group stand together. */
static bool
begins_group(struct db_rows *rows, int row)
{
    return row == 0 || strcmp(db_text(rows, row, "field_group"), db_text(rows, row - 1, "field_group")) != 0;
}

status_t
fields_to_wire(struct call *call, struct db_rows *rows, UnitFieldList *out)
{
    size_t count = (size_t)db_count(rows);
    UnitFieldGroup *group = NULL;

    out->groups = arena_array(call->arena, count, sizeof *out->groups);
    for (int i = 0; i < (int)count; i++) {
        if (begins_group(rows, i)) {
            group = unit_field_group_new(call->arena);
            group->name = wire_text(db_text(rows, i, "field_group"));
            group->label_zh = wire_text(db_text(rows, i, "group_zh"));
            group->label_en = wire_text(db_text(rows, i, "group_en"));
            group->review_days = (uint32_t)db_i64(rows, i, "review_days");
            group->fields = arena_array(call->arena, count, sizeof *group->fields);
            out->groups[out->n_groups++] = group;
        }
        group->fields[group->n_fields] = unit_field_new(call->arena);
        field_to_wire(call->arena, rows, i, group->fields[group->n_fields++]);
    }
    return db_rows_status(rows);
}

void
fact_to_wire(struct db_rows *rows, int row, UnitFact *out)
{
    out->field = wire_text(db_text(rows, row, "field"));
    out->value = wire_text(db_text(rows, row, "value"));
    out->as_of = wire_text(db_text(rows, row, "as_of"));
    if (!db_is_null(rows, row, "source")) {
        out->from_case = LIANGXIN__ORGANIZATIONS__V1__UNIT_FACT__FROM_SOURCE;
        out->source = (FactSource)word_of_code(fact_sources, db_text(rows, row, "source"));
    }
    out->confirmed_by = wire_text(db_text(rows, row, "account_id"));
    out->confirmed_as = wire_text(db_text(rows, row, "role"));
    out->confirmed_for = wire_text(db_text(rows, row, "acting_for"));
}

static char *
counted_value(struct db_rows *counted, const char *field)
{
    for (int i = 0; i < db_count(counted); i++)
        if (strcmp(db_text(counted, i, "field"), field) == 0)
            return wire_text(db_text(counted, i, "value"));
    return wire_text(NULL);
}

static UnitFactGroup *
group_to_wire(struct call *call, struct db_rows *facts, int row, size_t most)
{
    UnitFactGroup *group = unit_fact_group_new(call->arena);

    group->name = wire_text(db_text(facts, row, "field_group"));
    group->reviewed_on = wire_text(db_text(facts, row, "reviewed_on"));
    group->stale_on = wire_text(db_text(facts, row, "stale_on"));
    group->facts = arena_array(call->arena, most, sizeof *group->facts);
    return group;
}

status_t
sheet_to_wire(struct call *call, struct db_rows *facts, struct db_rows *counted, UnitFactSheet *out)
{
    size_t count = (size_t)db_count(facts);
    UnitFactGroup *group = NULL;
    status_t st;

    out->groups = arena_array(call->arena, count, sizeof *out->groups);
    for (int i = 0; i < (int)count; i++) {
        UnitFact *fact = unit_fact_new(call->arena);

        if (begins_group(facts, i))
            out->groups[out->n_groups++] = group = group_to_wire(call, facts, i, count);
        fact_to_wire(facts, i, fact);
        if (db_bool(facts, i, "counted")) {
            fact->value = counted_value(counted, fact->field);
            fact->as_of = out->as_of;
        }
        group->facts[group->n_facts++] = fact;
    }
    st = db_rows_status(facts);
    return st ? st : db_rows_status(counted);
}
