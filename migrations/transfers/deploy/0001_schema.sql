-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0001_schema to pg
begin;
set local search_path to transfers;

\ir ../../shared/001_runtime.sql
\ir ../../shared/002_directory.sql

-- The letter (组织关系介绍信). Its life is the table of services/transfers/letter.c.
create table letter (
    id uuid primary key,                  -- UUIDv7: newest first is descending by id
    version bigint not null,
    state text not null check (state in (
        'draft', 'submitted', 'returned', 'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check',
        'accepted', 'reported', 'receipted', 'refused_in', 'expired', 'lost', 'closed', 'cancelled', 'withdrawn',
        'refused_out', 'voided')),
    state_since timestamptz not null,     -- when the letter came into this state: what deadlines count from
    member_id uuid not null,
    person_id uuid not null,
    reason text not null check (reason in ('work_unit_changed', 'residence_changed', 'away_six_months', 'retired', 'other')),
    from_branch_id uuid not null,
    from_committee_id uuid not null,
    to_committee_id uuid not null,
    to_branch_id uuid,                    -- null before acceptance
    dues_paid_to text check (dues_paid_to ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    number_committee_id uuid,             -- who issued; null: no number yet
    number_year int,
    number_serial bigint,
    issued_on date,
    valid_to date,                        -- the last day on which it is valid
    opened boolean not null default false, -- the addressee has seen it
    replaces_id uuid references letter (id),
    created_at timestamptz not null,
    constraint letter_parties_differ check (from_committee_id <> to_committee_id),
    constraint letter_number_whole check (num_nulls(number_committee_id, number_year, number_serial, issued_on, valid_to)
                                          in (0, 5)),
    constraint letter_branch_on_acceptance check (to_branch_id is not null or
                                                  state not in ('accepted', 'reported', 'receipted', 'closed')),
    constraint letter_number_unique unique (number_committee_id, number_year, number_serial)
);
comment on table letter is '组织关系介绍信: one row for each letter, in its present state';
comment on column letter.state is 'state of the machine; see services/transfers/letter.c';
comment on column letter.dues_paid_to is '党费交至 (YYYY-MM), stated by the branch when it agrees';
comment on column letter.number_serial is 'gapless within number_committee_id and number_year, never reused';
comment on column letter.valid_to is '有效期: last valid day';
comment on column letter.replaces_id is 'the letter this one re-issues (补开)';

-- One open letter per member: states before accepted hold him.
create unique index letter_one_open on letter (member_id) where state in (
    'draft', 'submitted', 'returned', 'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check',
    'refused_in', 'expired', 'lost');
create index letter_person on letter (person_id, id);
create index letter_state on letter (state, id);
create index letter_validity on letter (valid_to) where state in ('issued', 'recall_asked');
create index letter_idle on letter (state, state_since) where state in ('draft', 'returned');

-- Whose letters these are: every organization that is or was a party. Carries the lists of narrow scopes.
create table letter_party (
    organization_id uuid not null,
    letter_id uuid not null references letter (id),
    primary key (organization_id, letter_id)
);
comment on table letter_party is 'every organization that is or was a party of a letter; insert-only';

-- What the letter says, as it was issued or corrected, so that it can be printed and proven later. Insert-only.
create table letter_content_history (
    letter_id uuid not null references letter (id),
    version bigint not null,              -- of the letter, at which it was said
    name text not null,
    sex text not null,
    age int not null,                     -- on the day of issue
    ethnicity text not null,
    standing text not null check (standing in ('full', 'probationary')),
    identity_sealed bytea not null,       -- AAD "letter|identity|<letter id>"
    telephone_sealed bytea,               -- AAD "letter|telephone|<letter id>"
    from_branch_name text not null,
    from_committee_name text not null,
    to_committee_name text not null,
    dues_paid_to text not null,
    issued_on date not null,
    validity_days int not null check (validity_days between 1 and 90),
    issuer_id uuid not null,
    issuer_name text not null,
    issuer_telephone text not null,
    primary key (letter_id, version)
);
comment on table letter_content_history is 'the whole content of a letter, once for each issue or correction';
comment on column letter_content_history.identity_sealed is '身份证号码, sealed with the key ring of LIANGXIN_LETTER_KEY_FILE';

-- Every step. Insert-only, partitioned by month.
create table letter_history (
    letter_id uuid not null,
    version bigint not null,              -- of the letter after the step
    event text not null,
    state text not null,                  -- after the step
    at timestamptz not null,
    account_id uuid,                      -- null: the system
    role text not null,                   -- acting as what; 'system'
    organization_id uuid,                 -- for which organization
    refusal text check (refusal in ('wrong_addressee', 'identity_mismatch', 'duplicate', 'condition_not_met',
                                    'unfinished_case', 'material_missing', 'not_leaving')),
    note text,
    primary key (letter_id, version, at)
) partition by range (at);
comment on table letter_history is 'every step of every letter: who, acting as what, when, why';
create table letter_history_other partition of letter_history default;

select extend_partitions(date '2027-12-31');

-- The last number used. Locked last in the issuing transaction, so that numbers have no gap and issuers hardly wait.
-- A row inserted beforehand sets the last number used before this system started.
create table letter_counter (
    committee_id uuid not null,
    year int not null,
    last bigint not null check (last >= 0),
    primary key (committee_id, year)
);
comment on table letter_counter is 'last letter number of an issuing committee in a year';

\ir ../../shared/grants.sql
commit;
