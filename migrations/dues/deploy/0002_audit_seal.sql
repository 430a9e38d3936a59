-- SPDX-License-Identifier: Apache-2.0
-- Deploy dues:0002_audit_seal to pg
begin;
set local search_path to dues;

\ir ../../shared/004_audit_seal.sql

\ir ../../shared/grants.sql
commit;
