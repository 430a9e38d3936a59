-- SPDX-License-Identifier: Apache-2.0
-- The audit's hash chain, in every service's schema. Included with search_path set to that schema. Never edited once
-- released: a change is the next number.

-- Each row of audit gets a place in the chain once it is committed, from the sealer (runtime/daemon/audit_seal.c): hash
-- is BLAKE2b-256 of the hash before it and of the row. Insert-only, as its name says (grants.sql).
create table audit_seal_history (
    pos bigint not null,                  -- 1, 2, 3 ... without a gap
    at timestamptz not null,              -- of the audit row
    audit_id uuid not null,
    hash bytea not null,
    primary key (pos, at)
) partition by range (at);
create table audit_seal_history_other partition of audit_seal_history default;
create unique index audit_seal_history_row on audit_seal_history (audit_id, at);

select extend_partitions(date '2027-12-31');
