-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0003_messages to pg
begin;
set local search_path to notifications;

-- A message is about more than letters, and to an organization or to one account.
alter table message rename column letter_id to subject_id;
alter table message
    add column kind text not null default 'letter' check (kind in ('letter', 'move', 'import', 'post', 'terms')),
    add column purpose text not null default 'step' check (purpose in ('step', 'inform')),
    add column account_id uuid,
    alter column organization_id drop not null,
    add check ((organization_id is null) <> (account_id is null)),
    drop constraint message_letter_id_version_key,
    add constraint message_once unique nulls not distinct (subject_id, version, organization_id, account_id);
alter table message alter column kind drop default, alter column purpose drop default;
update message set kind = 'move' where state in ('asked', 'moved', 'refused');

create index message_account on message (account_id, at desc, id desc) where account_id is not null;
create index message_account_unread on message (account_id, at desc, id desc)
 where account_id is not null and read_at is null;
create index message_informed on message (organization_id, at desc, id desc) where purpose = 'inform';

comment on table message is 'What somebody is told, once for each version of a subject. Kind and facts only: words are made when shown';
comment on column message.subject_id is 'What it leads to, a thing of its kind';
comment on column message.organization_id is 'To whom; null: to one account';
comment on column message.account_id is 'To whom; null: to an organization';
comment on column message.role is 'As what; a role of organizations, or empty';
comment on column message.purpose is 'step: the addressee acts next; inform: the addressee is told';
comment on column message.version is 'Of the subject, after the event; makes a second delivery harmless';
comment on column message.event is 'What happened, a word of the service that told it';
comment on column message.state is 'What the subject came to by it';
comment on column message.number is 'Of a letter; empty otherwise, and before issue';
comment on column message.at is 'When it happened';
comment on column message.read_at is 'When it was first marked as read';

\ir ../../shared/grants.sql
commit;
