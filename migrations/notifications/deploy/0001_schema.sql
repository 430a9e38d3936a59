-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0001_schema to pg
begin;
set local search_path to notifications;

\ir ../../shared/001_runtime.sql
\ir ../../shared/002_directory.sql

create table message (
    id uuid primary key,
    organization_id uuid not null,
    role text not null,
    letter_id uuid not null,
    version bigint not null check (version > 0),
    event text not null,
    state text not null,
    number text not null,
    at timestamptz not null,
    read_at timestamptz,
    unique (letter_id, version)
);
create index message_organization on message (organization_id, at desc, id desc);
create index message_unread on message (organization_id, at desc, id desc) where read_at is null;
comment on table message is 'Whose step is next, once for each version of a letter. Kind and facts only: words are made when shown';
comment on column message.organization_id is 'Who acts next';
comment on column message.role is 'As what; a role of organizations';
comment on column message.version is 'Of the letter, after the step; with letter_id it makes a second delivery harmless';
comment on column message.event is 'Name of the step in transfers'' table';
comment on column message.state is 'What the letter came to by it';
comment on column message.number is 'Of the letter; empty before issue';
comment on column message.at is 'When the step was taken';
comment on column message.read_at is 'When somebody of the organization first marked it as read';

\ir ../../shared/grants.sql
commit;
