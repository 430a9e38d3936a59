/* SPDX-License-Identifier: Apache-2.0 */
/* Every statement of the service, for service.c's list. */
#ifndef LIANGXIN_TRANSFERS_STORE_H
#define LIANGXIN_TRANSFERS_STORE_H

#include "io/db.h"

/* store_letter.c */
extern const struct db_statement sql_letter_find, sql_letter_lock, sql_letter_insert, sql_letter_update,
    sql_letter_party, sql_letter_lock_open, sql_letter_origin;
/* store_check.c */
extern const struct db_statement sql_check_add, sql_check_find;
/* store_clock.c */
extern const struct db_statement sql_workday_list, sql_letter_overdue_validity, sql_letter_overdue_state,
    sql_letter_overdue_receipt, sql_letter_reminded;
/* store_list.c */
extern const struct db_statement sql_letter_list, sql_letter_list_state, sql_letter_list_member, sql_letter_list_own;
/* store_work.c */
extern const struct db_statement sql_work_turn, sql_work_elsewhere, sql_work_ended, sql_work_turn_count,
    sql_work_elsewhere_count, sql_work_ended_count;
/* store_history.c */
extern const struct db_statement sql_history_insert, sql_history_read;
/* stale.c */
extern const struct db_statement sql_history_since;
/* store_directory.c */
extern const struct db_statement sql_draft_facts, sql_draft_facts_read, sql_organization_find, sql_branch_find,
    sql_member_place, sql_member_depart, sql_member_lag, sql_again_facts;
/* store_content.c */
extern const struct db_statement sql_content_insert, sql_content_readdress, sql_counter_take, sql_counter_lock,
    sql_counter_set;
/* store_statistics.c */
extern const struct db_statement sql_statistics_flow, sql_statistics_steps;
/* store_move.c */
extern const struct db_statement sql_move_lock, sql_move_insert, sql_move_decide, sql_move_list, sql_move_refuse_asked;

#endif
