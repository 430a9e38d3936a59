-- SPDX-License-Identifier: Apache-2.0
-- Deploy training:0003_audit_unsealed to pg
begin;
set local search_path to training;

\ir ../../shared/006_audit_unsealed.sql

\ir ../../shared/grants.sql

commit;
