-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0001_schema to pg
begin;
set local search_path to organizations;

\ir ../../shared/001_runtime.sql

-- Codes are compared and cut as bytes: collation "C".
create table region (
    code text collate "C" primary key check (code ~ '^[0-9]{2,12}$'),  -- 区划代码: a longer code lies within its prefix
    name text not null
);

-- A Party organization (党组织) or organ (党工委).
create table organization (
    id uuid primary key,
    code text collate "C" not null unique,           -- 组织编码
    name text not null,                              -- not unique
    kind text not null check (kind in ('working_committee', 'committee', 'general_branch', 'branch', 'joint_branch',
                                       'floating_branch')),                              -- 组织类型
    establish_form text check (establish_form in ('single', 'joint', 'attached', 'area', 'trade', 'unified')),
    region_code text collate "C" references region,  -- 属地; null: the whole city
    place text,                                      -- 所在园区
    founded_on date,
    term_ends_on date,                               -- 届满
    telephone text,                                  -- of the office: readable by every clerk
    version bigint not null check (version > 0)
);
create index organization_region on organization (region_code);

-- 预备党员审批权: who has it may issue letters.
create table approval_power (
    organization_id uuid not null references organization,
    since date not null,
    until date check (until >= since),               -- the first day without it; null: has it now
    exclude using gist (organization_id with =, daterange(since, until) with &&)
);
create unique index approval_power_now on approval_power (organization_id) where until is null;

-- Relations between organizations: 隶属 (line, exactly one), 双重管理, 归口 (trade), 挂靠 (host).
create table relation (
    organization_id uuid not null references organization,
    superior_id uuid not null references organization check (superior_id <> organization_id),
    kind text not null check (kind in ('line', 'dual', 'trade', 'host')),
    scope text not null check (scope in ('read', 'write')),  -- what the superior may do below
    since date not null,
    until date check (until >= since),
    exclude using gist (organization_id with =, daterange(since, until) with &&) where (kind = 'line')
);
create unique index relation_line_now on relation (organization_id) where kind = 'line' and until is null;
create index relation_superior on relation (superior_id, kind);

-- (ancestor, descendant) for every pair of the line, each organization included as its own ancestor. Kept in the
-- transaction that changes a line.
create table organization_line (
    descendant uuid not null references organization,
    ancestor uuid not null references organization,
    depth int not null check (depth >= 0),           -- 0: itself
    primary key (descendant, ancestor)
);
create index organization_line_ancestor on organization_line (ancestor, descendant);

-- Anybody whom the ledgers name: members, secretaries, owners. Persons without an identity number exist.
create table person (
    id uuid primary key,
    name text not null,
    sex text check (sex in ('male', 'female')),
    ethnicity text,                                  -- 民族
    born_on date,
    education text,                                  -- 学历
    identity_sealed bytea,                           -- 公民身份号码, XChaCha20-Poly1305, bound to "person|identity|<id>"
    identity_index bytea unique,                     -- its keyed hash, for look-up
    telephone_sealed bytea,                          -- bound to "person|telephone|<id>"
    check ((identity_sealed is null) = (identity_index is null))
);
create index person_name on person (name, id);

-- A unit (两新单位): non-public enterprise or social organization.
create table unit (
    id uuid primary key,
    code text collate "C" not null unique,           -- 统一社会信用代码
    name text not null,
    kind text not null check (kind in ('enterprise', 'social')),
    trade text,                                      -- 行业
    region_code text collate "C" not null references region,
    place text,
    business_state text not null check (business_state in ('operating', 'preparing', 'suspended')),
    staff bigint not null check (staff >= 0),
    owner_id uuid references person,                 -- 业主
    owner_is_member boolean not null,                -- as the ledger says
    organization_id uuid references organization,    -- that covers it; null: 空白点
    coverage_form text check (coverage_form in ('single', 'joint', 'attached', 'area', 'trade', 'unified')),
    instructor_name text,                            -- 党建工作指导员, as the ledger says
    version bigint not null check (version > 0),
    check ((organization_id is null) = (coverage_form is null))
);
create index unit_organization on unit (organization_id);
create index unit_blank on unit (region_code, code) where organization_id is null;

-- A person with a Party standing. organization_id and unit_id are the present ones; membership has the history.
create table member (
    id uuid primary key,
    person_id uuid not null unique references person,
    standing text not null check (standing in ('full', 'probationary')),
    status text not null check (status in ('active')),
    joined_on date not null,
    full_on date check (full_on >= joined_on),
    organization_id uuid not null references organization,
    unit_id uuid references unit,                    -- 工作单位
    duty text,                                       -- 党内职务
    occupation text,                                 -- 人员类别
    floating boolean not null,                       -- 流动党员
    version bigint not null check (version > 0)
);
create index member_organization on member (organization_id);
create index member_unit on member (unit_id);

-- Where a member belonged and when: at any moment in one organization, without a hole.
create table membership (
    member_id uuid not null references member,
    organization_id uuid not null references organization,
    since timestamptz not null,                      -- of our knowledge: the first load, or the letter's last step
    until timestamptz check (until > since),
    letter_id uuid,                                  -- that brought the member here; null: the first load
    exclude using gist (member_id with =, tstzrange(since, until) with &&)
);
create unique index membership_now on membership (member_id) where until is null;
create unique index membership_letter on membership (letter_id);
create index membership_organization on membership (organization_id, since);

create table post (
    organization_id uuid not null references organization,
    person_id uuid not null references person,
    role text not null check (role in ('secretary')),   -- 书记
    since date not null,
    until date check (until >= since)
);
create unique index post_now on post (organization_id, role) where until is null;
create index post_person on post (person_id);

-- Letters under way, copied from transfers: while one is open the member stays where and who he is.
create table open_letter (
    letter_id uuid primary key,
    member_id uuid not null references member,
    number text not null                             -- empty until issued
);
create unique index open_letter_member on open_letter (member_id);

-- Roles are data: what a post may do, and whom it may appoint (its own rank and those after it).
create table role (
    name text primary key,
    rank int not null
);
create table role_permission (
    role text not null references role,
    permission text not null,
    primary key (role, permission)
);

create table account (
    id uuid primary key,
    name text not null check (name <> ''),
    role text not null references role,
    organization_id uuid not null references organization,
    person_id uuid references person,
    created_at timestamptz not null,
    locked_at timestamptz,
    unique (organization_id, name)
);

create table account_token (
    hash bytea primary key,                          -- BLAKE2b-256 of the bearer token, which nobody keeps
    account_id uuid not null references account,
    created_at timestamptz not null,
    revoked_at timestamptz
);
create index account_token_account on account_token (account_id);

-- A ledger on its way in. Whoever works on it holds its row lock, so a dead worker's claim ends with its connection.
create table import (
    id uuid primary key,
    account_id uuid not null references account,
    role text not null,
    organization_id uuid not null references organization,  -- the acting one: nothing outside it is touched
    request_id uuid not null,
    ledger text not null check (ledger in ('regions', 'organizations', 'units', 'members')),
    state text not null check (state in ('queued', 'validating', 'validated', 'committing', 'succeeded', 'failed')),
    file_name text not null,
    good_rows_only boolean not null default false,
    base_month text,                                 -- from which 党费计算基数 of the file hold
    read bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    duplicate bigint not null default 0,
    invalid bigint not null default 0,
    done bigint not null default 0,                  -- rows worked on in the present phase
    bases_done bigint not null default 0,            -- rows whose base dues has confirmed
    problem text,                                    -- slug, when failed
    problem_detail text,
    created_at timestamptz not null,
    worked_at timestamptz not null,                  -- when a step last ended
    version bigint not null,
    check (state not in ('validated', 'succeeded') or read = created + updated + unchanged + duplicate + invalid)
);
create index import_work on import (worked_at) where state in ('queued', 'committing');

create table import_chunk (
    import_id uuid not null references import,
    no int not null,
    bytes bytea not null,
    primary key (import_id, no)
);

create table import_row (
    import_id uuid not null references import,
    row bigint not null,                             -- as a spreadsheet shows it
    outcome text not null check (outcome in ('created', 'updated', 'unchanged', 'duplicate', 'invalid')),
    problems jsonb,                                  -- [{"column": ..., "code": ...}]
    entity_id uuid,                                  -- what the row became, once committed
    primary key (import_id, row)
);
create index import_row_outcome on import_row (import_id, outcome, row);

insert into role (name, rank) values
    ('city_clerk', 10), ('system_administrator', 10), ('security_administrator', 10), ('audit_administrator', 10),
    ('trade_department', 20), ('district_clerk', 20), ('committee_clerk', 30), ('branch_secretary', 40),
    ('dues_accountant', 50), ('dues_cashier', 50), ('instructor', 50), ('unit_contact', 60), ('member', 60);

insert into role_permission (role, permission)
select r.role, p.permission
  from (values
    ('city_clerk', 'organization.read member.read unit.read import.run account.manage letter.read letter.draft'
                   ' letter.agree letter.issue letter.receive letter.report letter.void message.read dues.read'
                   ' training.read'),
    ('district_clerk', 'organization.read member.read unit.read import.run account.manage letter.read letter.draft'
                       ' letter.agree letter.issue letter.receive letter.report letter.void message.read dues.read'
                       ' training.read'),
    ('committee_clerk', 'organization.read member.read unit.read import.run account.manage letter.read letter.draft'
                        ' letter.agree letter.issue letter.receive letter.report letter.void message.read dues.read'
                        ' training.read'),
    ('branch_secretary', 'organization.read member.read unit.read letter.read letter.draft letter.agree letter.report'
                         ' message.read dues.read training.read'),
    ('dues_accountant', 'organization.read member.read message.read dues.read'),
    ('dues_cashier', 'organization.read member.read message.read dues.read'),
    ('instructor', 'organization.read unit.read message.read'),
    ('unit_contact', 'message.read'),
    ('trade_department', 'organization.read unit.read'),
    ('member', 'message.read'),
    ('system_administrator', 'account.manage organization.read'),
    ('security_administrator', ''),
    ('audit_administrator', '')) as r (role, permissions)
 cross join lateral regexp_split_to_table(r.permissions || ' session.read', ' +') as p (permission)
 where p.permission <> '';

\ir ../../shared/grants.sql
revoke insert, update, delete on role, role_permission from :"service";
revoke delete on person, member, membership, organization, relation, approval_power, account, account_token
  from :"service";
commit;
