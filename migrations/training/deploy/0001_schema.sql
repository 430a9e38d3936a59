-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0001_schema to pg
begin;
set local search_path to training;

\ir ../../shared/001_runtime.sql
\ir ../../shared/002_directory.sql

\ir ../../shared/grants.sql
commit;
