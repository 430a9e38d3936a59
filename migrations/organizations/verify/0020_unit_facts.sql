-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0020_unit_facts on pg
set search_path to organizations;

select name, position, label_zh, label_en, review_days from unit_field_group where false;
select name, field_group, kind, most, held, permission from unit_field where false;
select field, code from unit_field_word where false;
select unit_id, field, value, as_of, source, account_id, at from unit_fact_history where false;
select unit_id, field_group, fields, as_of, source from unit_confirmation_history where false;
select unit_id, field_group, reviewed_on from unit_review where false;
select id, kind, unit_id, field, held, offered, state, reason from unit_conflict where false;
select unit_id, state, since, main_unit_id from unit_state_history where false;
select main_unit_id from unit where false;
select 1 / count(*) from unit_field_word where field = 'business_state' and code = 'extra_licence';
select 1 / count(*) from role where fact_source = 'unit';
