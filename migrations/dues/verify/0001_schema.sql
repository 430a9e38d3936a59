-- SPDX-License-Identifier: Apache-2.0
-- Verify dues:0001_schema on pg
set search_path to dues;

select id, aggregate, aggregate_id, version, type, payload, at from outbox where false;
select epoch, head from feed_epoch where only_row;
select has_table_privilege(:'service', 'dues.feed', 'insert') and not has_table_privilege(:'service', 'dues.feed', 'delete')
       as feed_is_insert_only \gset
\if :feed_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the feed'; end $$;
\endif

select member_id, version from payer where false;
select member_id, from_month, base_fen, category from base where false;
select member_id, version, from_month, base_fen, category, at, caller, request_id from base_history where false;
-- every rule either has bands that begin at 0, or an amount of its own
select not exists (select from rate_rule r
                    where (r.least_fen is null)
                          is distinct from exists (select from rate_band b
                                                    where (b.category, b.effective_on, b.from_fen)
                                                          = (r.category, r.effective_on, 0)))
       as rules_are_sound \gset
\if :rules_are_sound
\else
    do $$ begin raise exception 'a rate rule has neither bands from 0 nor an amount, or both'; end $$;
\endif
select not has_table_privilege(:'service', 'dues.base_history', 'update') as history_is_insert_only \gset
\if :history_is_insert_only
\else
    do $$ begin raise exception 'the runtime role may change the history'; end $$;
\endif
