/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of the runtime's statements, each defined beside the function that runs it. */
#include "events/statements.h"

#include "base/banned.h"

extern const struct db_statement sql_audit_insert, sql_audit_insert_set;
extern const struct db_statement sql_outbox_append, sql_outbox_append_set, sql_sequencer_plan, sql_sequencer_lock,
    sql_sequencer_move;
extern const struct db_statement sql_feed_page;
extern const struct db_statement sql_cursor_make, sql_cursor_read, sql_cursor_move, sql_batch_facts, sql_seen_write;
extern const struct db_statement sql_park, sql_parked_take, sql_parked_seen, sql_parked_list, sql_parked_skip;
extern const struct db_statement sql_followed_list, sql_epoch_confirm;
extern const struct db_statement sql_idempotency_lock, sql_idempotency_find, sql_idempotency_store;
extern const struct db_statement sql_directory_organization, sql_directory_organization_remove;
extern const struct db_statement sql_directory_line_clear, sql_directory_line_make;
extern const struct db_statement sql_directory_member;

const struct db_statement *const runtime_statements[] = {
    &sql_audit_insert,      &sql_audit_insert_set,
    &sql_outbox_append,     &sql_outbox_append_set,
    &sql_sequencer_plan,    &sql_sequencer_lock,
    &sql_sequencer_move,    &sql_feed_page,
    &sql_cursor_make,       &sql_cursor_read,
    &sql_cursor_move,       &sql_batch_facts,
    &sql_seen_write,        &sql_park,
    &sql_parked_take,       &sql_parked_seen,
    &sql_parked_list,       &sql_parked_skip,
    &sql_followed_list,     &sql_epoch_confirm,
    &sql_idempotency_lock,  &sql_idempotency_find,
    &sql_idempotency_store, NULL,
};

const struct db_statement *const directory_statements[] = {
    &sql_directory_organization, &sql_directory_organization_remove,
    &sql_directory_line_clear,   &sql_directory_line_make,
    &sql_directory_member,       NULL,
};
