-- SPDX-License-Identifier: Apache-2.0
-- Deploy organizations:0001_schema to pg
begin;
set local search_path to organizations;

\ir ../../shared/001_runtime.sql

\ir ../../shared/grants.sql
commit;
