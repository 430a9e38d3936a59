-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0016_instructors on pg
set search_path to organizations;

select id, person_id, organization_id, sending_unit, full_time, basis, since, term_ends_on, until, end_reason, version
  from instructor where false;
select id, instructor_id, sending_unit, full_time, basis, visit_days, telephone_sealed, version from dispatch where false;
select id, dispatch_id, visited_on, kind, content, problem, department_id, answer_due_on, answer, answered_on, version
  from visit where false;
select post_id, unit_id from own_unit where false;
select 1 / count(*) from visit_interval;
select 1 / count(*) from role_permission where permission = 'visit.write' and role = 'instructor';
select not has_table_privilege(:'service', 'organizations.instructor', 'delete')
       and not has_table_privilege(:'service', 'organizations.visit_history', 'update')
       as rights_are_narrow \gset
\if :rights_are_narrow
\else
    do $$ begin raise exception 'the runtime role may do more than it should'; end $$;
\endif
