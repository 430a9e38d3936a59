/* SPDX-License-Identifier: Apache-2.0 */
/* 换届: a term renewed, and terms that end soon. On the worker's thread, the command in its transaction. */
#include "organizations/figures/store_period.h"
#include "organizations/life/store_life.h"
#include "organizations/life/store_term.h"
#include "organizations/life/term.h"
#include "organizations/organizations/store_organization.h"
#include "organizations/relations/store_relation.h"
#include "organizations/state.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* Field rules have looked at the text. */
static date_t
day_of(const char *text)
{
    date_t day = DATE_NONE;

    if (text[0])
        (void)date_parse(slice_of(text), &day);
    return day;
}

static const char *
day_text(struct arena *arena, date_t day)
{
    char text[DATE_SIZE];

    if (day == DATE_NONE)
        return NULL;
    date_format(day, text);
    return arena_text(arena, text);
}

/* Effect and news of a term that ends on another day. */
static void
renew(struct call *call, struct related *related, const RenewTermRequest *in, date_t former, date_t ends_on)
{
    const char *before = day_text(call->arena, former);
    const char *after = day_text(call->arena, ends_on);

    term_write(call, &related->id, ends_on);
    organization_periods_keep(call->db, call->arena, &related->id, 1, call->today);
    related_tell(call, related);
    life_add(call, &(struct life_step){ .organization = &related->id,
                                        .version = related->news.version,
                                        .event = LIFE_TERM_RENEWED,
                                        .on = day_of(in->elected_on),
                                        .former = before,
                                        .present = after,
                                        .basis = in->basis,
                                        .reason = "" });
    audit_add(call, &(struct audit_entry){ .object = "organization",
                                           .id = &related->id,
                                           .before = slice_of(before ? before : "no term"),
                                           .after = slice_of(after) });
}

status_t
handle_renew_term(struct call *call, const RenewTermRequest *in, Organization *out)
{
    struct related *related;
    date_t ends_on = day_of(in->term_ends_on);
    date_t former;
    status_t st = related_open(call, in->id, &related);

    if (!st)
        st = term_judge(call->arena, related->subject.kind, day_of(in->elected_on), ends_on, call->today, &ends_on);
    if (!st)
        st = term_read(call, &related->id, &former);
    if (st)
        return st;
    renew(call, related, in, former, ends_on);
    return organization_answer(call, &related->id, out);
}

status_t
handle_list_terms_due(struct call *call, const ListTermsDueRequest *in, OrganizationPage *out)
{
    const struct organizations_state *state = call->state;
    struct id id = wire_read_id(in->id);
    int months = in->months ? (int)in->months : (int)state->settings->term_months;
    const char *filter = arena_printf(call->arena, "%s|%d", in->id, months);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = organization_terms(call, &id, call->today, months_after(call->today, months), &page, &rows);
    return st ? st : organization_page(call, &page, rows, out);
}
