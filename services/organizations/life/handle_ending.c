/* SPDX-License-Identifier: Apache-2.0 */
/* An organization ends: 撤销, 合并. On the worker's thread, commands in their transaction. */
#include "organizations/life/store_ending.h"
#include "organizations/life/store_life.h"
#include "organizations/organizations/store_organization.h"
#include "organizations/relations/store_relation.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__OBSTACLE_KIND__##code, #code)
SAME(OBSTACLE_MEMBERS, OBSTACLE_KIND_MEMBERS);
SAME(OBSTACLE_PERSONS, OBSTACLE_KIND_PERSONS);

/* One end, as it was asked for. */
struct ending {
    struct id id;
    struct id successor; /* nil: 撤销 */
    date_t on;           /* the first day without it */
    const char *reason;
    const char *basis; /* 批准文号 */
    struct ending_facts facts;
    struct related *related;
};

static bool
merges(const struct ending *ending)
{
    return !id_is_nil(&ending->successor);
}

static status_t
judge_successor(struct call *call, const struct id *id, const struct id *successor, int kind)
{
    struct successor_facts facts;
    status_t st = successor_facts_read(call, id, successor, &facts);

    return st ? st : successor_judge(call->arena, kind, &facts);
}

/* Locks, facts, judgement. */
static status_t
open_ending(struct call *call, const char *id, struct ending *ending)
{
    status_t st;

    ending->id = wire_read_id(id);
    ending_lock(call, &ending->id);
    st = related_open(call, id, &ending->related);
    if (!st && merges(ending))
        st = judge_successor(call, &ending->id, &ending->successor, ending->related->subject.kind);
    if (!st)
        st = ending_facts_read(call, &ending->id, &ending->facts);
    return st ? st : ending_judge(call->arena, &ending->facts, merges(ending), ending->on, call->today);
}

/* The organization's last version, as its row, its event, its history. */
static void
tell(struct call *call, struct ending *ending)
{
    struct organization_end *end = arena_alloc(call->arena, sizeof *end);

    *end = (struct organization_end){ .on = ending->on, .successor = ending->successor };
    ending->related->news.end = end;
    ending->related->news.may_issue_from = DATE_NONE;
    related_tell(call, ending->related);
    life_add(call, &(struct life_step){ .organization = &ending->id,
                                        .version = ending->related->news.version,
                                        .event = merges(ending) ? LIFE_MERGED : LIFE_DISSOLVED,
                                        .on = ending->on,
                                        .other = merges(ending) ? &ending->successor : NULL,
                                        .basis = ending->basis,
                                        .reason = ending->reason });
    audit_add(call, &(struct audit_entry){
                        .object = "organization",
                        .id = &ending->id,
                        .before = slice_of("stands"),
                        .after = slice_of(arena_printf(call->arena, "ended|%d|%s", ending->on, ending->basis)),
                        .reason = ending->reason });
}

static status_t
end_organization(struct call *call, struct ending *ending)
{
    ending_write(call, &ending->id, merges(ending) ? &ending->successor : NULL, ending->on, ending->basis);
    tell(call, ending);
    return ending_posts(call, &ending->id);
}

status_t
handle_dissolve_organization(struct call *call, const DissolveOrganizationRequest *in, Organization *out)
{
    struct ending ending = { .reason = in->reason, .basis = in->basis };
    status_t st;

    (void)date_parse(slice_of(in->on), &ending.on); /* the field rules have looked at it */
    st = open_ending(call, in->id, &ending);
    if (!st)
        st = end_organization(call, &ending);
    return st ? st : organization_answer(call, &ending.id, out);
}

/* The successor's next version says who came to it. */
static status_t
absorb(struct call *call, const struct ending *ending)
{
    struct related *successor;
    status_t st = related_lock(call, &ending->successor, &successor);

    if (st)
        return st;
    related_tell(call, successor);
    life_add(call, &(struct life_step){ .organization = &successor->id,
                                        .version = successor->news.version,
                                        .event = LIFE_ABSORBED,
                                        .on = ending->on,
                                        .other = &ending->id,
                                        .basis = ending->basis,
                                        .reason = ending->reason });
    return coverage_pass(call, &ending->id, &ending->successor, ending->on);
}

status_t
handle_merge_organization(struct call *call, const MergeOrganizationRequest *in, Organization *out)
{
    struct ending ending = { .reason = in->reason, .basis = in->basis };
    status_t st;

    ending.successor = wire_read_id(in->successor_id);
    (void)date_parse(slice_of(in->on), &ending.on);
    st = open_ending(call, in->id, &ending);
    if (!st)
        st = absorb(call, &ending);
    if (!st)
        st = end_organization(call, &ending);
    return st ? st : organization_answer(call, &ending.id, out);
}

/* Numbers of the letters, one each. */
static void
add_numbers(struct arena *arena, const char *numbers, Obstacle *out)
{
    out->numbers = arena_array(arena, 10, sizeof(char *));
    while (numbers[0]) {
        const char *end = strstr(numbers, ", ");
        size_t size = end ? (size_t)(end - numbers) : strlen(numbers);

        out->numbers[out->n_numbers++] = wire_text(arena_text_slice(arena, slice_make(numbers, size)));
        numbers += size + (end ? 2 : 0);
    }
}

static void
preview_to_wire(struct arena *arena, const struct ending_facts *facts, bool merging, EndingPreview *out)
{
    char day[DATE_SIZE];

    out->obstacles = arena_array(arena, OBSTACLE_COUNT, sizeof(Obstacle *));
    for (enum obstacle_kind kind = OBSTACLE_MEMBERS; kind < OBSTACLE_COUNT; kind++) {
        Obstacle *obstacle;

        if (!ending_hinders(facts, kind, merging))
            continue;
        obstacle = out->obstacles[out->n_obstacles++] = obstacle_new(arena);
        obstacle->kind = (ObstacleKind)kind;
        obstacle->count = facts->standing[kind];
        if (kind == OBSTACLE_LETTERS)
            add_numbers(arena, facts->numbers, obstacle);
    }
    if (facts->earliest != DATE_NONE) {
        date_format(facts->earliest, day);
        out->earliest_on = wire_text(arena_text(arena, day));
    }
    out->passing_units = merging ? facts->standing[OBSTACLE_UNITS] : 0;
    out->ending_posts = facts->posts;
}

status_t
handle_preview_ending(struct call *call, const PreviewEndingRequest *in, EndingPreview *out)
{
    struct id id = wire_read_id(in->id);
    bool merging = in->successor_id[0] != '\0';
    struct ending_facts facts;
    struct db_rows *row;
    status_t st = organization_find(call, &id, &row);

    if (!st && merging) {
        struct id successor = wire_read_id(in->successor_id);

        st = judge_successor(call, &id, &successor, word_of_code(organization_kinds, db_text(row, 0, "kind")));
    }
    if (!st)
        st = ending_facts_read(call, &id, &facts);
    if (st)
        return st;
    preview_to_wire(call->arena, &facts, merging, out);
    return OK;
}
