-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0005_directory_life to pg
begin;
set local search_path to notifications;

\ir ../../shared/007_directory_life.sql

\ir ../../shared/grants.sql
commit;
