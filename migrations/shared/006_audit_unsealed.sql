-- SPDX-License-Identifier: Apache-2.0
-- What waits for its place in the audit's chain, in every service's schema. Included with search_path set to that schema.
-- Never edited once released: a change is the next number.

-- Written with each audit row whoever writes it, taken by the sealer (runtime/daemon/audit_seal.c) as soon as it sees it:
-- after the commit, however long that took. The runtime role may look and take, not put in.
create table audit_unsealed (
    id uuid primary key,
    at timestamptz not null               -- both of the audit row
);

create function audit_await_seal() returns trigger
language plpgsql security definer set search_path from current as $$
begin
    insert into audit_unsealed (id, at) select id, at from added;
    return null;
end
$$;

create trigger audit_await_seal after insert on audit referencing new table as added
    for each statement execute function audit_await_seal();

-- Those that the sealer has not seen yet, or passed over because they were committed too late for its looking back.
insert into audit_unsealed (id, at)
select a.id, a.at from audit a
 where not exists (select from audit_seal_history h where h.audit_id = a.id and h.at = a.at);
