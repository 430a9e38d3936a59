-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0020_unit_facts to pg
begin;
set local search_path to organizations;

-- The five-clear ledger (五清台账) as data: which fields there are, in which groups, and how often each is looked at.
create table unit_field_group (
    name text primary key,
    position int not null unique,
    label_zh text not null,
    label_en text not null,
    review_days int not null check (review_days > 0)  -- after so many days without confirmation the group is stale
);
create table unit_field (
    name text primary key,
    field_group text not null references unit_field_group,
    position int not null,
    label_zh text not null,
    label_en text not null,
    kind text not null check (kind in ('text', 'count', 'fen', 'yes_no', 'word')),
    most int,                                        -- characters of a text, or the greatest number; null: no limit of its own
    required boolean not null default false,          -- it cannot be taken away
    held text not null check (held in ('ledger',     -- in table unit, as the ledger of units has it
                                       'fact',       -- in unit_fact_history alone
                                       'counted')),  -- counted from organizations and members, never typed
    permission text not null,                        -- to see it; who may not see it neither confirms nor proposes it
    unique (field_group, position)
);
create table unit_field_word (                       -- code lists; a word field of the ledger has its list in unit
    field text not null references unit_field,
    position int not null,
    code text not null,
    label_zh text not null,
    label_en text not null,
    primary key (field, code),
    unique (field, position)
);

insert into unit_field_group (name, position, label_zh, label_en, review_days) values
    ('business', 1, '经营状况清', 'Business condition', 180),
    ('headcount', 2, '职工人数清', 'Headcount', 180),
    ('organization', 3, '组织设置清', 'Organization set-up', 90),
    ('members', 4, '党员数量清', 'Members', 90),
    ('owner', 5, '业主身份清', 'Owner', 365);

insert into unit_field (field_group, position, name, label_zh, label_en, kind, most, held, permission) values
    ('business', 1, 'name', '单位名称', 'Name', 'text', 100, 'ledger', 'unit.read'),
    ('business', 2, 'registration_state', '登记状态', 'State of registration', 'word', null, 'fact', 'unit.read'),
    ('business', 3, 'business_state', '经营状况', 'Business state', 'word', null, 'ledger', 'unit.read'),
    ('business', 4, 'trade', '行业', 'Trade', 'text', 50, 'ledger', 'unit.read'),
    ('business', 5, 'size', '规模', 'Size', 'word', null, 'fact', 'unit.read'),
    ('business', 6, 'annual_output', '年产值', 'Annual output', 'fen', null, 'fact', 'unit.read'),
    ('business', 7, 'annual_tax', '年纳税额', 'Annual tax', 'fen', null, 'fact', 'unit.read'),
    ('business', 8, 'region_code', '区划代码', 'Region', 'text', 12, 'ledger', 'unit.read'),
    ('business', 9, 'place', '所在园区', 'Park or building', 'text', 100, 'ledger', 'unit.read'),
    ('business', 10, 'address', '地址', 'Address', 'text', 200, 'fact', 'unit.read'),
    ('headcount', 1, 'staff', '职工人数', 'Employees', 'count', 10000000, 'ledger', 'unit.read'),
    ('headcount', 2, 'staff_under_35', '35 岁以下职工', 'Employees under 35', 'count', 10000000, 'fact', 'unit.read'),
    ('headcount', 3, 'staff_backbone', '业务骨干', 'Backbone staff', 'count', 10000000, 'fact', 'unit.read'),
    ('headcount', 4, 'union_members', '工会会员', 'Trade union members', 'count', 10000000, 'fact', 'unit.read'),
    ('headcount', 5, 'league_members', '共青团员', 'Youth League members', 'count', 10000000, 'fact', 'unit.read'),
    ('organization', 1, 'organization_name', '党组织', 'Party organization', 'text', null, 'counted', 'unit.read'),
    ('organization', 2, 'organization_kind', '组织类型', 'Kind of organization', 'word', null, 'counted', 'unit.read'),
    ('organization', 3, 'coverage_form', '覆盖方式', 'Form of coverage', 'word', null, 'counted', 'unit.read'),
    ('organization', 4, 'organization_founded_on', '成立日期', 'Founded on', 'text', null, 'counted',
     'organization.read'),
    ('organization', 5, 'organization_secretary', '书记', 'Secretary', 'text', null, 'counted', 'member.read'),
    ('organization', 6, 'organization_term_ends_on', '届满日期', 'Term ends on', 'text', null, 'counted',
     'organization.read'),
    ('organization', 7, 'no_organization_reason', '未建原因', 'Why there is no organization', 'text', 200, 'fact',
     'unit.read'),
    ('members', 1, 'full_members', '正式党员', 'Full members', 'count', null, 'counted', 'member.read'),
    ('members', 2, 'probationary_members', '预备党员', 'Probationary members', 'count', null, 'counted',
     'member.read'),
    ('members', 3, 'floating_members', '流动党员', 'Floating members', 'count', null, 'counted', 'member.read'),
    ('members', 4, 'members_elsewhere', '组织关系不在本单位党组织', 'Members whose organization is another one', 'count',
     null, 'counted', 'member.read'),
    ('members', 5, 'activists', '入党积极分子', 'Activists', 'count', null, 'counted', 'member.read'),
    ('members', 6, 'applicants', '入党申请人', 'Applicants', 'count', null, 'counted', 'member.read'),
    ('owner', 1, 'owner_name', '业主姓名', 'Owner', 'text', 50, 'ledger', 'unit.read'),
    ('owner', 2, 'owner_is_member', '业主是否党员', 'Owner is a member', 'yes_no', null, 'ledger', 'member.read'),
    ('owner', 3, 'owner_political_status', '业主政治面貌', 'Owner''s political status', 'word', null, 'fact',
     'member.read'),
    ('owner', 4, 'owner_public_post', '业主社会职务', 'Owner''s public post', 'word', null, 'fact', 'unit.read'),
    ('owner', 5, 'owner_attitude', '业主态度', 'Owner''s attitude', 'word', null, 'fact', 'talk.read'),
    ('owner', 6, 'office_telephone', '单位联系电话', 'Office telephone', 'text', 20, 'fact', 'unit.read');
update unit_field set required = true where name in ('name', 'business_state', 'region_code', 'staff');

insert into unit_field_word (field, position, code, label_zh, label_en) values
    ('registration_state', 1, 'existing', '存续', 'Existing'),
    ('registration_state', 2, 'cancelled', '注销', 'Cancelled'),
    ('registration_state', 3, 'revoked', '吊销', 'Revoked'),
    ('registration_state', 4, 'moved', '迁出', 'Moved away'),
    ('business_state', 1, 'operating', '正常经营', 'Operating'),
    ('business_state', 2, 'preparing', '筹建', 'Preparing'),
    ('business_state', 3, 'suspended', '停业', 'Suspended'),
    ('business_state', 4, 'revoked', '吊销', 'Revoked'),
    ('business_state', 5, 'shell', '空壳', 'Shell'),
    ('business_state', 6, 'moved', '迁出', 'Moved away'),
    ('business_state', 7, 'closed', '注销', 'Closed'),
    ('business_state', 8, 'extra_licence', '一企多照', 'One more licence of an owner who is counted elsewhere'),
    ('size', 1, 'large', '大型', 'Large'),
    ('size', 2, 'medium', '中型', 'Medium'),
    ('size', 3, 'small', '小型', 'Small'),
    ('size', 4, 'micro', '微型', 'Micro'),
    ('organization_kind', 1, 'working_committee', '党工委', 'Working committee'),
    ('organization_kind', 2, 'committee', '党委', 'Committee'),
    ('organization_kind', 3, 'general_branch', '党总支', 'General branch'),
    ('organization_kind', 4, 'branch', '党支部', 'Branch'),
    ('organization_kind', 5, 'joint_branch', '联合党支部', 'Joint branch'),
    ('organization_kind', 6, 'floating_branch', '流动党员党支部', 'Floating members'' branch'),
    ('coverage_form', 1, 'single', '单独组建', 'Singly'),
    ('coverage_form', 2, 'joint', '联合组建', 'Jointly'),
    ('coverage_form', 3, 'attached', '挂靠', 'Attached'),
    ('coverage_form', 4, 'area', '区域建', 'By area'),
    ('coverage_form', 5, 'trade', '行业建', 'By trade'),
    ('coverage_form', 6, 'unified', '统建', 'By unified action'),
    ('owner_political_status', 1, 'member', '中共党员', 'Party member'),
    ('owner_political_status', 2, 'probationary', '中共预备党员', 'Probationary member'),
    ('owner_political_status', 3, 'league', '共青团员', 'League member'),
    ('owner_political_status', 4, 'democratic', '民主党派', 'Democratic party'),
    ('owner_political_status', 5, 'masses', '群众', 'None'),
    ('owner_public_post', 1, 'none', '无', 'None'),
    ('owner_public_post', 2, 'congress', '人大代表', 'Deputy of a people''s congress'),
    ('owner_public_post', 3, 'consultative', '政协委员', 'Member of a consultative conference'),
    ('owner_public_post', 4, 'party_congress', '党代表', 'Delegate of a Party congress'),
    ('owner_public_post', 5, 'several', '多项', 'Several'),
    ('owner_attitude', 1, 'supporting', '支持', 'Supporting'),
    ('owner_attitude', 2, 'watching', '观望', 'Watching'),
    ('owner_attitude', 3, 'worried', '担心', 'Worried'),
    ('owner_attitude', 4, 'idle', '无为', 'Not interested');

-- As whom a post speaks of a unit (来源).
alter table role add column fact_source text not null default 'street'
    check (fact_source in ('unit', 'instructor', 'street'));
update role set fact_source = 'unit' where name = 'unit_contact';
update role set fact_source = 'instructor' where name = 'instructor';

-- What was said of a unit: field by field, as of which day, by which source, and who took it in (确认人). Insert-only: of
-- a field the row of the latest day counts, and of a day the last one.
create table unit_fact_history (
    seq bigint generated always as identity,
    unit_id uuid not null references unit on delete cascade,
    field text not null references unit_field,
    value text,                                      -- as it is written in the API; null: taken away
    as_of date not null,
    source text not null check (source in ('unit', 'instructor', 'street', 'registration')),
    account_id uuid,                                 -- null: it stood in the ledger before there was this table
    role text,
    organization_id uuid,
    at timestamptz not null,
    primary key (unit_id, field, as_of, seq)
);
-- Confirmations: that these fields were so on that day. Insert-only.
create table unit_confirmation_history (
    seq bigint generated always as identity,
    unit_id uuid not null references unit on delete cascade,
    field_group text not null references unit_field_group,
    fields text[] not null,
    as_of date not null,
    source text not null check (source in ('unit', 'instructor', 'street', 'registration')),
    account_id uuid not null,
    role text not null,
    organization_id uuid not null,
    at timestamptz not null,
    primary key (unit_id, field_group, as_of, seq)
);
-- When each group of a unit was confirmed last: what the list of stale ones is found by.
create table unit_review (
    unit_id uuid not null references unit on delete cascade,
    field_group text not null references unit_field_group,
    reviewed_on date not null,
    primary key (unit_id, field_group)
);
create index unit_review_oldest on unit_review (field_group, reviewed_on, unit_id);

-- Two sources that differ: a field of a unit (value held against value offered), a unit that a registration list does not
-- have (unlisted), or one that we do not have (unknown). Somebody decides; until then nothing changes.
create table unit_conflict (
    id uuid primary key,
    kind text not null check (kind in ('field', 'unlisted', 'unknown')),
    unit_id uuid references unit,
    field text references unit_field,
    unit_code text collate "C" not null,
    region_code text collate "C" not null,           -- where it belongs while there is no unit
    held text,
    held_as_of date,
    held_source text,
    offered text,
    as_of date not null,
    source text not null check (source in ('unit', 'instructor', 'street', 'registration')),
    offered_account uuid not null,
    offered_role text not null,
    offered_organization uuid not null,
    offered_at timestamptz not null,
    state text not null check (state in ('open', 'taken', 'kept', 'replaced')),  -- replaced: the source said otherwise since
    decided_account uuid,
    decided_role text,
    decided_organization uuid,
    decided_at timestamptz,
    reason text,
    check ((kind = 'field') = (field is not null)),
    check ((kind = 'unknown') = (unit_id is null) or state = 'taken'),
    check ((decided_at is not null) = (state in ('taken', 'kept')))
);
create unique index unit_conflict_open on unit_conflict (unit_code, kind, coalesce(field, ''), source)
    where state = 'open';
create index unit_conflict_unit on unit_conflict (unit_id, id);
create index unit_conflict_list on unit_conflict (state, id);

-- The life of a unit (存续状态): what was said last holds from its day on. Insert-only. Actually operating (实体运营) is who
-- is 'operating' on the day; unit_period has it for each day as the totals need it.
alter table unit
    drop constraint unit_business_state_check,
    add constraint unit_business_state_check
        check (business_state in ('operating', 'preparing', 'suspended', 'revoked', 'shell', 'moved', 'closed',
                                  'extra_licence')),
    add column main_unit_id uuid references unit check (main_unit_id <> id);  -- 一企多照: the unit that is counted
create index unit_main on unit (main_unit_id) where main_unit_id is not null;
create table unit_state_history (
    seq bigint generated always as identity,
    unit_id uuid not null references unit on delete cascade,
    state text not null,
    since date not null,
    main_unit_id uuid references unit,
    reason text,
    account_id uuid,
    role text,
    organization_id uuid,
    at timestamptz not null,
    primary key (unit_id, seq)
);

-- What the ledger has said so far.
insert into unit_state_history (unit_id, state, since, at)
select p.unit_id, p.business_state, p.since, p.since::timestamp at time zone 'Asia/Shanghai'
  from (select unit_id, since, business_state,
               lag(business_state) over (partition by unit_id order by since) as former
          from unit_period) p
 where p.former is distinct from p.business_state
 order by p.unit_id, p.since;
insert into unit_fact_history (unit_id, field, value, as_of, source, at)
select u.id, f.field, f.value, p.since, 'street', p.since::timestamp at time zone 'Asia/Shanghai'
  from unit u
  join (select unit_id, min(since) as since from unit_period group by unit_id) p on p.unit_id = u.id
  left join person o on o.id = u.owner_id
 cross join lateral (values ('name', u.name), ('business_state', u.business_state), ('trade', u.trade),
                            ('region_code', u.region_code), ('place', u.place), ('staff', u.staff::text),
                            ('owner_name', o.name),
                            ('owner_is_member', u.owner_is_member::text)) as f (field, value)
 where f.value is not null;
insert into unit_review (unit_id, field_group, reviewed_on)
select p.unit_id, g.name, min(p.since) from unit_period p cross join unit_field_group g group by p.unit_id, g.name;

-- Whoever keeps the ledger confirms it; so do the unit's contact and its instructor, for their units.
insert into role_permission (role, permission)
select distinct role, 'unit.confirm' from role_permission where permission = 'unit.manage'
union select name, 'unit.confirm' from role where name in ('branch_secretary', 'instructor', 'unit_contact');
-- Of an owner's attitude those are told who talk with him.
insert into role_permission (role, permission)
select name, 'talk.read' from role
 where name in ('city_clerk', 'district_clerk', 'committee_clerk', 'branch_secretary', 'instructor');

insert into table_right (name, rights) values
    ('unit_field_group', 'select'),
    ('unit_field', 'select'),
    ('unit_field_word', 'select'),
    ('unit_fact_history', 'select, insert'),
    ('unit_confirmation_history', 'select, insert'),
    ('unit_review', 'select, insert, update'),
    ('unit_conflict', 'select, insert, update'),
    ('unit_state_history', 'select, insert');

\ir ../../shared/grants.sql
commit;
