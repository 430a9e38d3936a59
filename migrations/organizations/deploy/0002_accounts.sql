-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0002_accounts to pg
begin;
set local search_path to organizations;

-- A name is what one logs in with, so it is unique in the whole city. An older account keeps its name.
update account a
   set name = a.name || '-' || o.code
  from organization o
 where o.id = a.organization_id
   and exists (select from account b where b.name = a.name and (b.created_at, b.id) < (a.created_at, a.id));
alter table account add constraint account_name unique (name);

-- A post (任职) of an account: acting as what, where, from when. An account may have several and acts in one.
create table account_post (
    id uuid primary key,
    account_id uuid not null references account,
    role text not null references role,
    organization_id uuid not null references organization,
    since date not null,
    until date check (until >= since),               -- the first day without it; null: no end is known
    deputy_of uuid references account_post check (deputy_of <> id),  -- 代理: stands in for that post
    check (deputy_of is null or until is not null),
    constraint account_post_once
        exclude using gist (account_id with =, organization_id with =, role with =, daterange(since, until) with &&),
    -- 三员分立: nobody holds two of the three administrators' posts, and nobody keeps both the books and the cash.
    constraint account_post_administrators
        exclude using gist (account_id with =, role with <>, daterange(since, until) with &&)
        where (role in ('system_administrator', 'security_administrator', 'audit_administrator')),
    constraint account_post_dues
        exclude using gist (account_id with =, role with <>, daterange(since, until) with &&)
        where (role in ('dues_accountant', 'dues_cashier'))
);
create index account_post_organization on account_post (organization_id, id);
create index account_post_deputies on account_post (deputy_of) where deputy_of is not null;

insert into account_post (id, account_id, role, organization_id, since)
select gen_random_uuid(), id, role, organization_id, (created_at at time zone 'Asia/Shanghai')::date
  from account;

alter table account
    drop column role,
    drop column organization_id,
    add column password text,                        -- argon2id; null: none yet
    add column password_at timestamptz,
    add column logged_in_at timestamptz,             -- the last time, with the password or the code
    add column code_hash bytea,                      -- of the one-time code (激活码) that the first log-in takes
    add column code_until timestamptz,
    add check ((code_hash is null) = (code_until is null));

-- Programs' tokens act in one post, like a log-in.
alter table account_token add column post_id uuid references account_post;
update account_token t set post_id = p.id from account_post p where p.account_id = t.account_id;
alter table account_token alter column post_id set not null;

-- Log-ins. A row that is gone is a log-out.
create table session (
    id uuid primary key,
    hash bytea not null unique,                      -- BLAKE2b-256 of the token, which nobody keeps
    account_id uuid not null references account,
    post_id uuid not null references account_post,   -- the acting one
    by_code boolean not null,                        -- until a password is chosen nothing else may be done
    created_at timestamptz not null,
    seen_at timestamptz not null                     -- to the minute
);
create index session_account on session (account_id);
create index session_post on session (post_id);
create index session_seen on session (seen_at);

-- Refused log-ins by name, whether or not there is such an account. Forgotten after a day.
create table log_in_failure (
    key bytea primary key,                           -- keyed hash of "name|<name>" or "address|<address>"
    failures int not null check (failures > 0),
    wait_until timestamptz,                          -- before that nobody is asked for a password
    at timestamptz not null
);
create index log_in_failure_at on log_in_failure (at);

insert into role_permission (role, permission)
select r.name, p.permission
  from role r
 cross join (values ('session.password'), ('session.manage')) as p (permission)
 union all
select r.name, 'member.reveal' from role r where r.name in ('city_clerk', 'district_clerk', 'committee_clerk');

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token,
                 account_post
  from :"service";
commit;
