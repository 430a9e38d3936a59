-- SPDX-License-Identifier: Apache-2.0
-- Verify training:0001_schema on pg
set search_path to training;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select has_table_privilege(:'service', 'training.feed', 'insert') and not has_table_privilege(:'service', 'training.feed', 'delete')
       as feed_is_insert_only \gset
\if :feed_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the feed'; end $$;
\endif

select kind, effective_on, required_tenths, day_most_tenths, article from hour_rule where false;
select id, member_id, held_on, organization_id, recorded_tenths, planned_tenths, at from hour_record where false;
select count(distinct kind) = 3 as every_kind_has_a_rule from hour_rule \gset
\if :every_kind_has_a_rule
\else
    do $$ begin raise exception 'a kind of trainee has no rule'; end $$;
\endif
