-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0009_documents to pg
begin;
set local search_path to organizations;

-- A paper (材料) of a record, one row a version. Papers are never removed: they are the record's file (档案).
create table document (
    id uuid primary key,
    record text not null check (record in ('organization', 'member', 'unit', 'person')),
    record_id uuid not null,
    kind text not null check (kind in ('approval', 'request', 'minutes', 'application', 'statement', 'certificate',
                                       'scan', 'other')),
    title text not null check (title <> ''),
    edition int not null check (edition > 0),
    replaces uuid references document,               -- the version before it
    file_id uuid not null references file,           -- so that it stays
    attached_at timestamptz not null,
    withdrawn_at timestamptz,
    withdrawn_reason text check (withdrawn_reason <> ''),
    version bigint not null check (version > 0),
    check ((edition = 1) = (replaces is null)),
    check ((withdrawn_at is null) = (withdrawn_reason is null)),
    constraint document_replaced_once unique (replaces),
    constraint document_file_once unique (record_id, file_id)
);
create index document_record on document (record_id, id);
create index document_file on document (file_id);

-- Who attached and who withdrew, acting as what.
create table document_history (
    document_id uuid not null references document,
    version bigint not null,
    at timestamptz not null,
    action text not null check (action in ('attached', 'withdrawn')),
    account_id uuid not null references account,
    role text not null,
    organization_id uuid not null references organization,
    reason text,
    primary key (document_id, version)
);

-- Where a record stands: in an organization; or, as a unit without one (空白点), in a region. A person stands wherever
-- somebody knows him from: the keeper of his record, his membership, his posts, the unit he owns.
create view record_place as
select 'organization' as record, o.id, o.id as organization_id, null::text collate "C" as region_code
  from organization o
union all
select 'member', m.id, m.organization_id, null from member m
union all
select 'unit', u.id, u.organization_id, case when u.organization_id is null then u.region_code end from unit u
union all
select 'person', p.id, p.organization_id, null from person p where p.organization_id is not null
union all
select 'person', m.person_id, m.organization_id, null from member m
union all
select 'person', t.person_id, t.organization_id, null from post t where t.until is null
union all
select 'person', t.person_id, coalesce(t.organization_id, u.organization_id),
       case when coalesce(t.organization_id, u.organization_id) is null then u.region_code end
  from person_post t left join unit u on u.id = t.unit_id where t.until is null
union all
select 'person', u.owner_id, u.organization_id, case when u.organization_id is null then u.region_code end
  from unit u where u.owner_id is not null;
create index unit_owner on unit (owner_id) where owner_id is not null;

-- Whoever writes letters keeps the file.
insert into role_permission (role, permission)
select role, unnest(array['document.read', 'document.write']) from role_permission where permission = 'letter.draft';

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission, relation_kind, organization_scope, record_place
  from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post, organization_period, unit_period, floating_period, person_post, export, document
  from :"service";
commit;
