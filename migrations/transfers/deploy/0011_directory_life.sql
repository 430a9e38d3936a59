-- SPDX-License-Identifier: Apache-2.0
-- Deploy transfers:0011_directory_life to pg
begin;
set local search_path to transfers;

\ir ../../shared/007_directory_life.sql

\ir ../../shared/grants.sql
commit;
