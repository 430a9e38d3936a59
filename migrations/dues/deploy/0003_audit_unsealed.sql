-- SPDX-License-Identifier: Apache-2.0
-- Deploy dues:0003_audit_unsealed to pg
begin;
set local search_path to dues;

\ir ../../shared/006_audit_unsealed.sql

\ir ../../shared/grants.sql

commit;
