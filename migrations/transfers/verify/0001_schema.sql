-- SPDX-License-Identifier: Apache-2.0
-- Verify transfers:0001_schema on pg
set search_path to transfers;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select has_table_privilege(:'service', 'transfers.feed', 'insert') and not has_table_privilege(:'service', 'transfers.feed', 'delete')
       as feed_is_insert_only \gset
\if :feed_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the feed'; end $$;
\endif

select id, version, state, state_since, member_id, person_id, reason, from_branch_id, from_committee_id, to_committee_id,
       to_branch_id, dues_paid_to, number_committee_id, number_year, number_serial, issued_on, valid_to, opened,
       replaces_id, created_at
  from letter where false;
select letter_id, version, event, state, at, account_id, role, organization_id, refusal, note from letter_history where false;
select letter_id, version, identity_sealed from letter_content_history where false;
select committee_id, year, last from letter_counter where false;
select organization_id, letter_id from letter_party where false;
select 'letter_one_open'::regclass;
select has_table_privilege(:'service', 'transfers.letter_history', 'insert')
       and not has_table_privilege(:'service', 'transfers.letter_history', 'update') as history_is_insert_only \gset
\if :history_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the history'; end $$;
\endif
