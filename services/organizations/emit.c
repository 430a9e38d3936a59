/* SPDX-License-Identifier: Apache-2.0 */
/* Events of organizations and members. The caller's thread and transaction. */
#include "organizations/emit.h"

#include <liangxin/feed/v1/directory.pb-c.h>
#include <liangxin/organizations/v1/organizations_events.pb-c.h>

#include "events/outbox.h"
#include "organizations/members/duty.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

void
emit_organization_recorded(struct db *db, struct arena *arena, const struct organization_news *news, instant_t now)
{
    Liangxin__Feed__V1__OrganizationRecorded fact = LIANGXIN__FEED__V1__ORGANIZATION_RECORDED__INIT;
    char may_issue[DATE_SIZE] = "";
    char dissolved[DATE_SIZE] = "";

    if (news->end)
        date_format(news->end->on, dissolved);
    if (news->may_issue_from != DATE_NONE)
        date_format(news->may_issue_from, may_issue);
    fact.id = wire_id(news->id);
    fact.name = wire_text(news->name);
    fact.code = wire_text(news->code);
    fact.kind = wire_text(word_code(organization_kinds, news->kind));
    fact.superior_id = wire_id(news->superior);
    fact.may_issue_from = may_issue;
    fact.establish_form = wire_text(word_code(establish_forms, news->form));
    fact.removed = news->removed;
    fact.dissolved_on = dissolved;
    fact.successor_id = wire_id(news->end ? &news->end->successor : NULL);
    outbox_append(
        db, arena,
        &(struct outbox_event){
            .aggregate = "organization", .id = news->id, .version = news->version, .fact = &fact.base, .at = now });
}

void
emit_member_recorded(struct db *db, struct arena *arena, const struct member_news *news, instant_t now)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;
    char since[DATE_SIZE] = "";

    fact.id = wire_id(news->id);
    fact.person_id = wire_id(news->person);
    fact.name = wire_text(news->name);
    fact.standing = wire_text(word_code(standings, news->standing));
    fact.status = wire_text(news->status ? news->status : "active");
    fact.organization_id = wire_id(news->organization);
    fact.duty = wire_text(duty_code(news->duty));
    if (news->duty_since != DATE_NONE)
        date_format(news->duty_since, since);
    fact.duty_since = since;
    if (news->moved_by)
        fact.moved_by = wire_id(news->moved_by);
    outbox_append(db, arena,
                  &(struct outbox_event){
                      .aggregate = "member", .id = news->id, .version = news->version, .fact = &fact.base, .at = now });
}

void
emit_terms_over(struct db *db, struct arena *arena, const struct terms_news *news, instant_t now)
{
    Liangxin__Organizations__V1__TermsOver fact = LIANGXIN__ORGANIZATIONS__V1__TERMS_OVER__INIT;

    fact.organization_id = wire_id(news->organization);
    fact.count = news->count;
    outbox_append(db, arena,
                  &(struct outbox_event){
                      .aggregate = "terms", .id = news->id, .version = news->version, .fact = &fact.base, .at = now });
}
