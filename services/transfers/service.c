/* SPDX-License-Identifier: Apache-2.0 */
/* The whole service as tables. What a row names is defined in the file of that name. */
#include "transfers/service.h"

#include <liangxin/transfers/v1/transfers.facts.h>
#include <liangxin/transfers/v1/transfers.handlers.h>

#include "events/directory.h"
#include "rpc/document_job.h"
#include "transfers/follow_members.h"
#include "transfers/clocks/job_remind.h"
#include "transfers/documents.h"
#include "transfers/exports/letter_page.h"
#include "transfers/paper/store_paper.h"
#include "transfers/proof/proof.h"
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static const struct rpc_endpoint methods[] = {
    { &transfers_list_letters, call_list_letters, NULL },
    { &transfers_get_letter, call_get_letter, NULL },
    { &transfers_get_timeline, call_get_timeline, NULL },
    { &transfers_get_letter_moves, call_get_letter_moves, prepare_get_letter_moves },
    { &transfers_get_statistics, call_get_statistics, NULL },
    { &transfers_list_work, call_list_work, NULL },
    { &transfers_count_work, call_count_work, NULL },
    { &transfers_verify_letter, call_verify_letter, NULL },
    { &transfers_draft, call_draft, NULL },
    { &transfers_draft_batch, call_draft_batch, NULL },
    { &transfers_draft_outward, call_draft_outward, NULL },
    { &transfers_set_last_number, call_set_last_number, NULL },
    { &transfers_ask_move, call_ask_move, NULL },
    { &transfers_confirm_move, call_confirm_move, NULL },
    { &transfers_refuse_move, call_refuse_move, NULL },
    { &transfers_list_moves, call_list_moves, NULL },
    { &transfers_enter_paper, call_enter_paper, prepare_enter_paper },
    { &transfers_submit, call_submit, NULL },
    { &transfers_agree, call_agree, NULL },
    { &transfers_return, call_return, NULL },
    { &transfers_refuse, call_refuse, NULL },
    { &transfers_withdraw, call_withdraw, NULL },
    { &transfers_cancel, call_cancel, NULL },
    { &transfers_issue, call_issue, prepare_issue },
    { &transfers_receive, call_receive, NULL },
    { &transfers_send_up, call_send_up, NULL },
    { &transfers_deliver, call_deliver, NULL },
    { &transfers_open, call_open, NULL },
    { &transfers_forward, call_forward, NULL },
    { &transfers_recall, call_recall, NULL },
    { &transfers_confirm, call_confirm, NULL },
    { &transfers_decline, call_decline, NULL },
    { &transfers_report_lost, call_report_lost, NULL },
    { &transfers_start_file_check, call_start_file_check, NULL },
    { &transfers_assign, call_assign, NULL },
    { &transfers_report, call_report, NULL },
    { &transfers_send_receipt, call_send_receipt, NULL },
    { &transfers_match_stub, call_match_stub, NULL },
    { &transfers_print_paper, call_print_paper, NULL },
    { &transfers_get_paper, call_get_paper, NULL },
    { &transfers_create_paper_batch, call_create_paper_batch, NULL },
    { &transfers_get_paper_batch, call_get_paper_batch, NULL },
    { &transfers_cancel_paper_batch, call_cancel_paper_batch, NULL },
    { &transfers_get_paper_batch_content, call_get_paper_batch_content, NULL },
    { &transfers_create_letter_export, call_create_letter_export, NULL },
    { &transfers_list_letter_exports, call_list_letter_exports, NULL },
    { &transfers_get_letter_export, call_get_letter_export, NULL },
    { &transfers_cancel_letter_export, call_cancel_letter_export, NULL },
    { &transfers_get_letter_export_content, call_get_letter_export_content, NULL },
    { &transfers_correct, call_correct, NULL },
    { &transfers_reissue, call_reissue, NULL },
    { &transfers_void, call_void, NULL },
    { &transfers_appeal, call_appeal, NULL },
    { &transfers_undo, call_undo, NULL },
    { &transfers_approve, call_approve, NULL },
    { &transfers_record_receipt, call_record_receipt, NULL },
    { 0 },
};

static const struct subscription subscriptions[] = {
    DIRECTORY_ORGANIZATIONS,
    { "organizations", "MemberRecorded", "member", &liangxin__feed__v1__member_recorded__descriptor, follow_member },
    { 0 },
};

static const struct job jobs[] = {
    { "expire", 60000, job_expire },
    { "remind", 600000, job_remind },
    { "documents", 5000, job_documents },
    { "document_sweep", 600000, document_sweep },
    { 0 },
};

struct transfers_settings {
#define SETTING(field, name, kind, fallback, min, max, prose) setting_type_##kind field;
#include "transfers/settings.def"
#undef SETTING
};

static const struct setting settings[] = {
#define SETTING(field, name, kind, fallback, min, max, prose)                                                          \
    SETTING_ROW(struct transfers_settings, field, name, kind, fallback, min, max, prose)
#include "transfers/settings.def"
#undef SETTING
};

static struct transfers_settings values;

static status_t
open_state(struct arena *arena, void *settings_values, void **ret_state)
{
    const struct transfers_settings *given = settings_values;
    struct transfers_state *state = arena_alloc(arena, sizeof *state);

    if (!seal_ring_parse(given->letter_keys, &state->keys))
        return status_field(arena, PROBLEM_BAD_FORMAT, "LIANGXIN_LETTER_KEY_FILE");
    if (strlen(given->public_url) > PROOF_BASE_LIMIT)
        return status_field(arena, PROBLEM_TOO_LONG, "LIANGXIN_PUBLIC_URL");
    state->validity_days = given->validity_days;
    state->validity_days_outside = given->validity_days_outside;
    state->public_url = given->public_url;
    state->reminders[0] = (struct letter_reminder){ .name = "validity_part", .percent = given->remind_percent };
    state->reminders[1] = (struct letter_reminder){ .name = "validity_days", .days = given->remind_days };
    state->reminders[2] = (struct letter_reminder){ .name = "validity_last", .days = given->remind_last_days };
    *ret_state = state;
    return OK;
}

const struct service transfers_service = {
    .name = "transfers",
    .methods = methods,
    .subscriptions = subscriptions,
    .jobs = jobs,
    .settings = settings,
    .n_settings = sizeof settings / sizeof *settings,
    .settings_values = &values,
    .open = open_state,
};

const struct db_statement *const service_statements[] = {
    &sql_letter_find,
    &sql_letter_lock,
    &sql_letter_insert,
    &sql_letter_update,
    &sql_letter_party,
    &sql_letter_origin,
    &sql_letter_overdue_validity,
    &sql_letter_overdue_state,
    &sql_letter_overdue_receipt,
    &sql_letter_reminded,
    &sql_letter_lock_open,
    &sql_move_refuse_asked,
    &sql_workday_list,
    &sql_work_turn,
    &sql_work_elsewhere,
    &sql_work_ended,
    &sql_work_turn_count,
    &sql_work_elsewhere_count,
    &sql_work_ended_count,
    &sql_letter_list,
    &sql_letter_list_state,
    &sql_letter_list_member,
    &sql_letter_list_own,
    &sql_history_insert,
    &sql_history_read,
    &sql_history_since,
    &sql_draft_facts,
    &sql_draft_facts_read,
    &sql_again_facts,
    &sql_organization_find,
    &sql_branch_find,
    &sql_member_place,
    &sql_member_depart,
    &sql_member_lag,
    &sql_check_add,
    &sql_check_find,
    &sql_content_insert,
    &sql_content_readdress,
    &sql_counter_take,
    &sql_statistics_flow,
    &sql_statistics_steps,
    &sql_move_lock,
    &sql_move_insert,
    &sql_move_decide,
    &sql_move_list,
    &sql_counter_lock,
    &sql_counter_set,
    &sql_paper_lock,
    &sql_paper_count,
    &sql_paper_find,
    &sql_paper_page,
    &sql_letter_export_count,
    &sql_letter_export_page,
    &sql_document_job_ask,
    &sql_document_job_find,
    &sql_document_job_cancel,
    &sql_document_job_list,
    &sql_document_job_claim,
    &sql_document_job_advance,
    &sql_document_job_succeeded,
    &sql_document_job_failed,
    &sql_document_job_forget,
    &sql_file_begin,
    &sql_file_lock,
    &sql_file_find,
    &sql_file_chunk_find,
    &sql_file_chunk_add,
    &sql_file_grow,
    &sql_file_finish,
    &sql_file_keep,
    &sql_file_expire,
    NULL,
};
