-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0008_leaving to pg
begin;
set local search_path to organizations;

-- Members who left stay on record: how and since when.
alter table member drop constraint member_status_check;
alter table member add constraint member_status_check
    check (status in ('active', 'deceased', 'expelled', 'withdrawn', 'removed', 'suspended', 'moved_out'));
alter table member add column left_on date;
alter table member add constraint member_left check ((status = 'active') = (left_on is null));
comment on column member.left_on is 'the day on which he left the Party or the city; what we knew of it when is in the history';

-- Each change of status. Insert-only.
create table member_status_history (
    member_id uuid not null references member,
    version bigint not null,                         -- of the member, after it
    status text not null,
    since date not null,
    organization_id uuid not null,                   -- the branch he left
    letter_id uuid,                                  -- of moved_out: by which letter
    at timestamptz not null,
    account_id uuid,                                 -- null: it followed from a letter
    role text not null,
    note text not null,
    primary key (member_id, version)
);
create index member_status_history_day on member_status_history (organization_id, since);
comment on table member_status_history is '死亡, 出党, 退党, 除名, 停止党籍, 转出: who left, when, why, told by whom';

insert into role_permission (role, permission)
select r.name, 'member.leave' from role r where r.name in ('city_clerk', 'district_clerk', 'committee_clerk');

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission, relation_kind, organization_scope from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post, organization_period, unit_period, floating_period, person_post, export
  from :"service";
commit;
