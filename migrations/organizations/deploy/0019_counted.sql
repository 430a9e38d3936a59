-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0019_counted to pg
begin;
set local search_path to organizations;

-- What totals of today and lists of organizations count, without reading the members themselves.
create index member_counted on member (organization_id, floating) where status = 'active';
-- An account's posts: the exclusion constraint's index finds them too, but by ranges that overlap.
create index account_post_account on account_post (account_id);

\ir ../../shared/grants.sql

commit;
