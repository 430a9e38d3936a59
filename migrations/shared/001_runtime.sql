-- SPDX-License-Identifier: Apache-2.0
-- What the runtime needs in every service's schema. Included with search_path set to that schema. Never edited once
-- released: sqitch does not see edits of an included file; a change is the next number.

-- Months of the tables that grow without end (all partitioned tables of the schema), made ahead by the housekeeping job;
-- the default partition catches what no month holds (a shifted clock).
create function extend_partitions(through date) returns void
language plpgsql security definer set search_path from current as $$
declare
    parent text;
    month date;
begin
    for parent in
        select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
         where c.relnamespace = current_schema()::regnamespace
    loop
        month := date '2026-01-01';
        while month <= through loop
            if to_regclass(format('%I.%I', current_schema(), parent || to_char(month, '_YYYYMM'))) is null then
                execute format('create table %I partition of %I for values from (%L) to (%L)',
                               parent || to_char(month, '_YYYYMM'), parent, month, (month + interval '1 month')::date);
            end if;
            month := (month + interval '1 month')::date;
        end loop;
    end loop;
end
$$;

-- Events wait here, written in the transaction of their effect, until the sequencer moves them to the feed.
create table outbox (
    id bigint generated always as identity primary key,
    aggregate text not null,              -- kind of thing, "member"
    aggregate_id uuid not null,
    version bigint not null,              -- of the aggregate, taken under its row lock; 1, 2, 3 ...
    type text not null,                   -- message type of the payload
    payload bytea not null,
    at timestamptz not null
);

-- The feed: positions without a gap, in the order in which consumers see them. Insert-only.
create table feed (
    pos bigint not null,
    at timestamptz not null,
    aggregate text not null,
    aggregate_id uuid not null,
    version bigint not null,
    type text not null,
    payload bytea not null,
    primary key (pos, at)
) partition by range (at);
create table feed_other partition of feed default;

-- One row: which life of the feed this is. A restore begins a new one, and consumers stop until an operator says go.
create table feed_epoch (
    only_row boolean primary key default true check (only_row),
    epoch uuid not null default gen_random_uuid(),
    head bigint not null default 0
);
insert into feed_epoch default values;

-- How far this service has followed another one; moved in the transaction of the effect.
create table cursor (
    source text primary key,
    epoch uuid not null,
    pos bigint not null
);

-- The last version applied of each aggregate of another service.
create table seen (
    source text not null,
    aggregate_id uuid not null,
    version bigint not null,
    primary key (source, aggregate_id)
);

-- Aggregates that stopped: the event that failed and all that came after it, until an operator retries or skips.
create table parked (
    source text not null,
    pos bigint not null,
    aggregate text not null,
    aggregate_id uuid not null,
    version bigint not null,
    type text not null,
    payload bytea not null,
    problem text not null,                -- slug of why
    at timestamptz not null,
    primary key (source, pos)
);
create index parked_aggregate on parked (source, aggregate_id, pos);

-- Answers of commands, so that a repeated command is answered and not done again. Kept 7 days.
create table idempotency (
    account_id uuid not null,
    key text not null,
    method text not null,
    request_hash bytea not null,
    reply bytea not null,
    at timestamptz not null,
    primary key (account_id, key)
);
create index idempotency_at on idempotency (at);

-- Who changed or revealed what, acting as what. Insert-only.
create table audit (
    id uuid not null,
    at timestamptz not null,
    account_id uuid,                      -- null: a service or a job
    role text,
    organization_id uuid,                 -- the acting post's organization
    caller text not null,                 -- the process that asked
    request_id uuid not null,
    action text not null,                 -- method or job
    object text not null,                 -- kind of thing
    object_id uuid not null,
    before_hash bytea,                    -- BLAKE2b-256 of the row before; null: there was none
    after_hash bytea,
    reason text,
    primary key (id, at)
) partition by range (at);
create table audit_other partition of audit default;
create index audit_object on audit (object_id, at);

select extend_partitions(date '2027-12-31');

-- Whether this database may run with a shifted clock (LIANGXIN_CLOCK). Decided when it is made, by its owner.
create table system_kind (
    only_row boolean primary key default true check (only_row),
    test boolean not null default false
);
insert into system_kind default values;
