-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0018_life on pg
set search_path to organizations;

select o.address, o.successor_id, l.to_organization_id, m.duty_since from organization o, open_letter l, member m where false;
select organization_id, version, name, until, search_key from organization_name_history where false;
select organization_id, version, event, on_day, former, present, other_id, basis, reason, at, account_id, role, acting_id
  from organization_life_history where false;
