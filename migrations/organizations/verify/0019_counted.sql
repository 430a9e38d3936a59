-- SPDX-License-Identifier: Apache-2.0
-- Verify organizations:0019_counted on pg
set search_path to organizations;

select 'member_counted'::regclass, 'account_post_account'::regclass;
