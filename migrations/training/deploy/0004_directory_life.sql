-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0004_directory_life to pg
begin;
set local search_path to training;

\ir ../../shared/007_directory_life.sql

\ir ../../shared/grants.sql
commit;
