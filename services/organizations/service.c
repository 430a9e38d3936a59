/* SPDX-License-Identifier: Apache-2.0 */
/* The organizations service as tables: what it answers, whom it follows, what it works on by itself, how it is set,
 * which statements it runs. */
#include "organizations/service.h"

#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "organizations/accounts/bootstrap.h"
#include "organizations/posts/hand_over.h"
#include "organizations/sessions/job_sweep.h"
#include "organizations/sessions/log_in.h"
#include "organizations/accounts/store_account_list.h"
#include "organizations/accounts/store_ledger_account.h"
#include "organizations/posts/store_post.h"
#include "organizations/posts/store_post_unit.h"
#include "organizations/posts/store_review.h"
#include "organizations/sessions/store_session.h"
#include "organizations/documents/store_document.h"
#include "organizations/exports/export_ledger.h"
#include "organizations/exports/job_exports.h"
#include "organizations/exports/store_export.h"
#include "organizations/files/job_file_sweep.h"
#include "organizations/files/store_file.h"
#include "organizations/directory/store_directory.h"
#include "organizations/figures/member_table.h"
#include "organizations/figures/store_figures.h"
#include "organizations/figures/store_period.h"
#include "organizations/imports/job_imports.h"
#include "organizations/imports/store_import.h"
#include "organizations/instructors/dispatch_ledger.h"
#include "organizations/instructors/instructor_history.h"
#include "organizations/instructors/store_dispatch.h"
#include "organizations/instructors/store_visit.h"
#include "organizations/members/follow_transfers.h"
#include "organizations/members/member_ledger.h"
#include "organizations/members/store_leave.h"
#include "organizations/members/store_letter_member.h"
#include "organizations/members/store_member.h"
#include "organizations/members/store_move.h"
#include "organizations/organizations/job_terms.h"
#include "organizations/organizations/organization_ledger.h"
#include "organizations/organizations/store_organization.h"
#include "organizations/persons/person_ledger.h"
#include "organizations/persons/store_person.h"
#include "organizations/regions/region_ledger.h"
#include "organizations/relations/store_line.h"
#include "organizations/relations/store_relation.h"
#include "organizations/units/store_unit.h"
#include "organizations/units/unit_ledger.h"
#include "organizations/work/job_ends.h"
#include "organizations/work/store_work.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "base/banned.h"

#define POLL_MS  500 /* for imports whose bell was not heard */
#define SWEEP_MS 3600000
#define AGAIN_MS 5000 /* before dues is asked again after it was away */

static const struct rpc_endpoint methods[] = {
    { &organizations_list_organizations, call_list_organizations, NULL },
    { &organizations_create_organization, call_create_organization, NULL },
    { &organizations_edit_organization, call_edit_organization, NULL },
    { &organizations_get_organization, call_get_organization, NULL },
    { &organizations_summarize_organization, call_summarize_organization, NULL },
    { &organizations_tabulate_members, call_tabulate_members, NULL },
    { &organizations_list_terms_over, call_list_terms_over, NULL },
    { &organizations_list_relations, call_list_relations, NULL },
    { &organizations_begin_relation, call_begin_relation, NULL },
    { &organizations_end_relation, call_end_relation, NULL },
    { &organizations_change_superior, call_change_superior, NULL },
    { &organizations_list_approval_powers, call_list_approval_powers, NULL },
    { &organizations_grant_approval_power, call_grant_approval_power, NULL },
    { &organizations_end_approval_power, call_end_approval_power, NULL },
    { &organizations_get_issuer, call_get_issuer, NULL },
    { &organizations_list_directory, call_list_directory, NULL },
    { &organizations_list_members, call_list_members, NULL },
    { &organizations_create_member, call_create_member, NULL },
    { &organizations_edit_member, call_edit_member, NULL },
    { &organizations_get_member, call_get_member, NULL },
    { &organizations_leave_member, call_leave_member, NULL },
    { &organizations_reveal_member, call_reveal_member, NULL },
    { &organizations_read_member_for_letter, call_read_member_for_letter, NULL },
    { &organizations_list_persons, call_list_persons, NULL },
    { &organizations_get_person, call_get_person, NULL },
    { &organizations_create_person, call_create_person, NULL },
    { &organizations_edit_person, call_edit_person, NULL },
    { &organizations_begin_person_post, call_begin_person_post, NULL },
    { &organizations_end_person_post, call_end_person_post, NULL },
    { &organizations_reveal_person, call_reveal_person, NULL },
    { &organizations_list_units, call_list_units, NULL },
    { &organizations_get_unit, call_get_unit, NULL },
    { &organizations_create_unit, call_create_unit, NULL },
    { &organizations_edit_unit, call_edit_unit, NULL },
    { &organizations_list_instructors, call_list_instructors, NULL },
    { &organizations_get_instructor, call_get_instructor, NULL },
    { &organizations_register_instructor, call_register_instructor, NULL },
    { &organizations_edit_instructor, call_edit_instructor, NULL },
    { &organizations_dispatch_instructor, call_dispatch_instructor, NULL },
    { &organizations_recall_instructor, call_recall_instructor, NULL },
    { &organizations_plan_visits, call_plan_visits, NULL },
    { &organizations_withdraw_instructor, call_withdraw_instructor, NULL },
    { &organizations_list_dispatches, call_list_dispatches, NULL },
    { &organizations_list_visits, call_list_visits, NULL },
    { &organizations_get_visit, call_get_visit, NULL },
    { &organizations_enter_visit, call_enter_visit, NULL },
    { &organizations_route_problem, call_route_problem, NULL },
    { &organizations_list_visit_problems, call_list_visit_problems, NULL },
    { &organizations_answer_problem, call_answer_problem, NULL },
    { &organizations_list_regions, call_list_regions, NULL },
    { &organizations_summarize_region, call_summarize_region, NULL },
    { &organizations_create_import, call_create_import, NULL },
    { &organizations_get_import, call_get_import, NULL },
    { &organizations_list_import_rows, call_list_import_rows, NULL },
    { &organizations_commit_import, call_commit_import, NULL },
    { &organizations_cancel_import, call_cancel_import, NULL },
    { &organizations_undo_import, call_undo_import, NULL },
    { &organizations_get_annotated_import, call_get_annotated_import, NULL },
    { &organizations_put_file, call_put_file, NULL },
    { &organizations_get_file, call_get_file, NULL },
    { &organizations_get_file_content, call_get_file_content, NULL },
    { &organizations_attach_document, call_attach_document, NULL },
    { &organizations_list_documents, call_list_documents, NULL },
    { &organizations_count_papers, call_count_papers, NULL },
    { &organizations_withdraw_document, call_withdraw_document, NULL },
    { &organizations_create_export, call_create_export, NULL },
    { &organizations_get_export, call_get_export, NULL },
    { &organizations_cancel_export, call_cancel_export, NULL },
    { &organizations_exchange, call_exchange, NULL },
    { &organizations_create_account, call_create_account, NULL },
    { &organizations_get_session, call_get_session, NULL },
    { &organizations_log_in, call_log_in, prepare_log_in },
    { &organizations_log_out, call_log_out, NULL },
    { &organizations_change_password, call_change_password, prepare_change_password },
    { &organizations_switch_post, call_switch_post, NULL },
    { &organizations_list_sessions, call_list_sessions, NULL },
    { &organizations_end_session, call_end_session, NULL },
    { &organizations_lock_account, call_lock_account, NULL },
    { &organizations_unlock_account, call_unlock_account, NULL },
    { &organizations_reset_account, call_reset_account, NULL },
    { &organizations_create_post, call_create_post, NULL },
    { &organizations_end_post, call_end_post, NULL },
    { &organizations_count_post_work, call_count_post_work, prepare_count_post_work },
    { &organizations_hand_over_post, call_hand_over_post, prepare_hand_over_post },
    { &organizations_review_posts, call_review_posts, NULL },
    { &organizations_sign_review, call_sign_review, NULL },
    { &organizations_list_accounts, call_list_accounts, NULL },
    { &organizations_list_roles, call_list_roles, NULL },
    { &organizations_list_post_units, call_list_post_units, NULL },
    { &organizations_set_post_units, call_set_post_units, NULL },
    { &organizations_link_account, call_link_account, NULL },
    { &organizations_propose_ledger_accounts, call_propose_ledger_accounts, NULL },
    { &organizations_create_ledger_accounts, call_create_ledger_accounts, NULL },
    { &organizations_list_work, call_list_work, NULL },
    { &organizations_count_work, call_count_work, NULL },
    { 0 },
};

static const struct subscription subscriptions[] = {
    { "transfers", "LetterChanged", "letter", &liangxin__transfers__v1__letter_changed__descriptor, follow_letter },
    { 0 },
};

static const struct job jobs[] = {
    { "import_rows", POLL_MS, job_import_rows },
    { "import_bases", AGAIN_MS, job_import_bases },
    { "import_annotate", POLL_MS, job_import_annotate },
    { "import_sweep", SWEEP_MS, job_import_sweep },
    { "log_in_sweep", SWEEP_MS, job_log_in_sweep },
    { "file_sweep", SWEEP_MS, job_file_sweep },
    { "exports", POLL_MS, job_exports },
    { "terms", SWEEP_MS, job_terms },
    { "ends", POLL_MS, job_ends },
    { 0 },
};

static const struct setting settings[] = {
#define SETTING(...) SETTING_ROW(struct organizations_settings, __VA_ARGS__)
#include "organizations/settings.def"
#undef SETTING
};

static struct organizations_settings values; /* filled once at start */

const struct service organizations_service = {
    .name = "organizations",
    .methods = methods,
    .subscriptions = subscriptions,
    .jobs = jobs,
    .settings = settings,
    .n_settings = sizeof settings / sizeof *settings,
    .settings_values = &values,
    .open = organizations_open,
    .command = bootstrap_command,
};

/* Every statement, for --print-sql and the test that prepares each. */
const struct db_statement *const service_statements[] = {
    /* accounts */
    &sql_account_of_token,
    &sql_account_session,
    &sql_account_facts,
    &sql_account_managed,
    &sql_account_insert,
    &sql_account_lock,
    &sql_account_unlock,
    &sql_account_reset,
    &sql_account_set_password,
    &sql_account_logged_in,
    &sql_account_token_insert,
    &sql_account_tokens_revoke,
    &sql_log_in_facts,
    &sql_log_in_failed,
    &sql_log_in_wait,
    &sql_log_in_forgive,
    &sql_log_in_sweep,
    &sql_session_sweep,
    &sql_session_insert,
    &sql_session_limit,
    &sql_session_touch,
    &sql_session_switch,
    &sql_token_switch,
    &sql_session_clear,
    &sql_session_list,
    &sql_session_end,
    &sql_session_end_own,
    &sql_session_end_all,
    &sql_session_end_post,
    &sql_post_list_held,
    &sql_post_find_held,
    &sql_post_find_managed,
    &sql_review_list,
    &sql_review_facts,
    &sql_review_sign,
    &sql_account_list,
    &sql_account_list_posts,
    &sql_role_list,
    &sql_post_unit_facts,
    &sql_post_units_end,
    &sql_post_units_begin,
    &sql_post_units_pass,
    &sql_post_unit_list,
    &sql_account_person_facts,
    &sql_account_link,
    &sql_account_link_posts,
    &sql_ledger_accounts_lock,
    &sql_ledger_accounts_find,
    &sql_ledger_accounts_insert,
    &sql_ledger_posts_insert,
    &sql_account_post_insert,
    &sql_account_post_end,
    &sql_post_actor,
    &sql_hand_over_insert,
    &sql_account_count,
    &sql_bootstrap_lock,
    &sql_bootstrap_account,
    /* organizations, regions, units */
    &sql_organization_find,
    &sql_organization_list,
    &sql_organization_by_code,
    &sql_organization_below,
    &sql_organization_terms_over,
    &sql_terms_note,
    &sql_organization_lock,
    &sql_organization_facts,
    &sql_organization_upsert,
    &sql_organization_root,
    &sql_relation_insert,
    &sql_approval_change,
    &sql_approval_insert,
    &sql_post_close,
    &sql_post_insert,
    &sql_line_lock,
    &sql_line_lock_shared,
    &sql_line_insert,
    &sql_line_detach,
    &sql_line_attach,
    &sql_reach_clear,
    &sql_reach_insert,
    &sql_related_lock,
    &sql_related_superior,
    &sql_relation_begin,
    &sql_relation_end,
    &sql_approval_begin,
    &sql_approval_end,
    &sql_organization_touch,
    &sql_relation_list,
    &sql_approval_list,
    &sql_issuer_find,
    &sql_organization_periods_keep,
    &sql_unit_periods_keep,
    &sql_floating_periods_end,
    &sql_floating_periods_begin,
    &sql_figures_by_line,
    &sql_figures_by_territory,
    &sql_member_table,
    &sql_directory_list,
    &sql_directory_by_code,
    &sql_region_facts,
    &sql_region_upsert,
    &sql_region_list,
    &sql_unit_list,
    &sql_unit_find,
    &sql_unit_by_code,
    &sql_unit_below,
    &sql_unit_lock,
    &sql_unit_facts,
    &sql_owner_insert,
    &sql_unit_upsert,
    /* members */
    &sql_member_find,
    &sql_member_list,
    &sql_leaving_member_lock,
    &sql_member_leave,
    &sql_member_status_add,
    &sql_letter_member,
    &sql_member_lock,
    &sql_member_alike,
    &sql_member_facts,
    &sql_person_upsert,
    &sql_candidacies_end,
    &sql_member_upsert,
    &sql_membership_insert,
    &sql_open_letter_put,
    &sql_open_letter_remove,
    &sql_moving_member_lock,
    &sql_membership_close,
    &sql_membership_open,
    &sql_member_move,
    /* persons */
    &sql_person_find,
    &sql_person_list,
    &sql_person_post_list,
    &sql_person_lock,
    &sql_person_facts,
    &sql_person_keep,
    &sql_person_history_add,
    &sql_posted_person_lock,
    &sql_person_post_facts,
    &sql_person_post_find,
    &sql_person_post_begin,
    &sql_person_post_end,
    &sql_person_touch,
    /* instructors */
    &sql_instructor_find,
    &sql_instructor_list,
    &sql_instructor_open,
    &sql_instructor_lock_pair,
    &sql_instructor_person_lock,
    &sql_instructor_person_facts,
    &sql_instructor_insert,
    &sql_instructor_keep,
    &sql_instructor_touch,
    &sql_instructor_end,
    &sql_instructor_history_add,
    &sql_dispatch_list,
    &sql_dispatch_own,
    &sql_dispatch_of_instructor,
    &sql_dispatch_of_unit,
    &sql_dispatch_facts,
    &sql_dispatch_open,
    &sql_dispatch_begin,
    &sql_dispatch_end,
    &sql_dispatch_plan,
    &sql_dispatch_row_lock,
    &sql_dispatch_register_lock,
    &sql_dispatch_row_facts,
    &sql_dispatch_people_insert,
    &sql_dispatch_instructors_insert,
    &sql_dispatch_posts_keep,
    &sql_dispatch_rows_keep,
    &sql_dispatch_rows_note,
    &sql_visit_find,
    &sql_visit_list,
    &sql_visit_own,
    &sql_visit_of_dispatch,
    &sql_visit_of_unit,
    &sql_visit_problem_list,
    &sql_visit_problem_find,
    &sql_visit_dispatch,
    &sql_department_facts,
    &sql_visit_open,
    &sql_visit_problem_open,
    &sql_visit_insert,
    &sql_visit_route,
    &sql_visit_answer,
    &sql_visit_history_add,
    /* files */
    &sql_file_begin,
    &sql_file_lock,
    &sql_file_find,
    &sql_file_chunk_find,
    &sql_file_chunk_add,
    &sql_file_grow,
    &sql_file_finish,
    &sql_file_keep,
    &sql_file_expire,
    &sql_file_readable,
    &sql_file_own,
    /* documents */
    &sql_record_writable,
    &sql_document_lock,
    &sql_document_insert,
    &sql_document_withdraw,
    &sql_document_note,
    &sql_document_list,
    &sql_document_count,
    /* exports */
    &sql_export_insert,
    &sql_export_find,
    &sql_export_cancel,
    &sql_export_claim,
    &sql_export_advance,
    &sql_export_succeeded,
    &sql_export_failed,
    &sql_export_regions,
    &sql_export_organizations,
    &sql_export_units,
    &sql_export_members,
    /* imports */
    &sql_import_heading_put,
    &sql_import_insert,
    &sql_import_find,
    &sql_import_lock,
    &sql_import_begin_commit,
    &sql_import_cancel,
    &sql_import_begin_undo,
    &sql_import_rows,
    &sql_import_waiting,
    &sql_import_unannotated,
    &sql_import_annotatable,
    &sql_import_seize,
    &sql_import_claimed,
    &sql_import_release,
    &sql_import_next_bases,
    &sql_import_lock_chunk,
    &sql_import_postpone,
    &sql_import_begin_check,
    &sql_import_rows_write,
    &sql_import_failed,
    &sql_import_advance,
    &sql_import_bases_advance,
    &sql_import_bases_again,
    &sql_import_bases_refused,
    &sql_import_entities,
    &sql_import_sweep,
    &sql_import_forget,
    &sql_import_results,
    &sql_import_annotated,
    &sql_import_annotation,
    &sql_import_written,
    &sql_import_remove_created,
    &sql_import_undo_rows,
    &sql_import_undo_advance,
    /* open work */
    &sql_open_work_list,
    &sql_open_work_count,
    &sql_imports_ended,
    &sql_posts_ended,
    NULL,
};
