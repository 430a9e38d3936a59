-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0010_open_work on pg
set search_path to organizations;

select post_id, successor_id, at, account_id, role, organization_id from post_hand_over_history where false;
select post_id, service, waiting, under_way from post_hand_over_work_history where false;
select p.end_told, i.told from account_post p, import i where false;
select t.id, t.organization_id, t.version, n.organization_id, n.term_ends_on, n.superior_id, n.at
  from term_summary t, term_notice_history n where false;
select 1 / count(*) from role_permission where permission = 'term.manage';
