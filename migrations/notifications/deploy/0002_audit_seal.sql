-- SPDX-License-Identifier: Apache-2.0
-- Deploy notifications:0002_audit_seal to pg
begin;
set local search_path to notifications;

\ir ../../shared/004_audit_seal.sql

\ir ../../shared/grants.sql
commit;
