/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of the contract test. Data only; the variables member, east, west and their branches are there at start. */
#include "e2e/contract_calls.h"

#define CITY           CONTRACT_CITY
#define EAST_CLERK     CONTRACT_EAST_CLERK
#define EAST_SECRETARY CONTRACT_EAST_SECRETARY
#define WEST_CLERK     CONTRACT_WEST_CLERK
#define WEST_SECRETARY CONTRACT_WEST_SECRETARY

#define DRAFT       "{\"member_id\":\"$member\",\"to_committee_id\":\"$west\",\"reason\":\"work_unit_changed\"}"
#define OUTWARD     "{\"member_id\":\"$member\",\"to_name\":\"中共外省某市某区委组织部\",\"reason\":\"other\"}"
#define RECEIPT     "{\"number\":\"外组〔2026〕7号\",\"received_on\":\"$issued_on\"}"
#define BATCH       "{\"member_ids\":[\"$member\"],\"to_committee_id\":\"$west\",\"reason\":\"other\"}"
#define LAST_NUMBER "{\"committee_id\":\"$east\",\"year\":2025,\"last\":41}"
#define MOVE        "{\"member_id\":\"$member\",\"to_branch_id\":\"$east_second\"}"
#define MOVE_BACK   "{\"member_id\":\"$member\",\"to_branch_id\":\"$east_branch\"}"
#define PAPER                                                                                                          \
    "{\"member_id\":\"$member\",\"to_committee_id\":\"$west\",\"reason\":\"other\",\"serial\":40,"                     \
    "\"issued_on\":\"2025-12-30\",\"validity_days\":90,\"dues_paid_to\":\"2025-12\"}"
#define DUES     "{\"dues_paid_to\":\"2026-10\"}"
#define NOTE     "{\"note\":\"情况说明\"}"
#define REFUSE   "{\"reason\":\"material_missing\",\"note\":\"缺少材料\"}"
#define ASSIGN   "{\"branch_id\":\"$west_branch\"}"
#define TO_NORTH "{\"to_committee_id\":\"$north\",\"note\":\"应由北镇接收\"}"
#define POST     "{\"account_id\":\"$account\",\"role\":\"committee_clerk\",\"organization_id\":\"$west\"}"
#define READ     "{\"through_id\":\"$message\"}"
#define DOCUMENT                                                                                                       \
    "{\"record\":\"organization\",\"record_id\":\"$east\",\"file_id\":\"$paper\",\"kind\":\"approval\","               \
    "\"title\":\"关于成立党支部的批复\"}"
#define IMPORT "{\"ledger\":\"regions\",\"file_id\":\"$file\"}"
#define REGION "code,name\n320697003,南镇\n"

#define NEW_BRANCH   "{\"code\":\"E199\",\"name\":\"新设党支部\",\"kind\":\"branch\",\"region_code\":\"320697001\"}"
#define OTHER_BRANCH "{\"code\":\"E198\",\"name\":\"另设党支部\",\"kind\":\"branch\",\"region_code\":\"320697001\"}"
#define RENAME       "{\"name\":\"新设企业党支部\",\"on\":\"$today\",\"basis\":\"示组〔2026〕23号\"}"
#define RENEW        "{\"elected_on\":\"$today\",\"basis\":\"示组〔2026〕24号\"}"
#define DISSOLVE     "{\"on\":\"$today\",\"reason\":\"无党员\",\"basis\":\"示组〔2026〕21号\"}"
#define MERGE                                                                                                          \
    "{\"successor_id\":\"$east_second\",\"on\":\"$today\",\"reason\":\"两企业合并\",\"basis\":\"示组〔2026〕22号\"}"
#define TRADE      "{\"kind\":\"trade\",\"superior_id\":\"$west\",\"basis\":\"示组〔2026〕12号\"}"
#define POWER_ENDS "{\"until\":\"2026-11-20\",\"basis\":\"示组〔2026〕16号\"}"
#define POWER      "{\"since\":\"2026-11-20\",\"basis\":\"示组〔2026〕15号\"}"
#define TALK                                                                                                           \
    "{\"held_on\":\"2026-11-20\",\"held_by\":\"镇组织委员\",\"concern\":\"担心占用工时\","                  \
    "\"promise\":\"活动在工余\",\"next_step\":\"送达组建方案\",\"next_due\":\"2026-12-20\"}"
#define FACTS   "{\"facts\":[{\"field\":\"staff_under_35\",\"value\":\"4\"}]}"
#define CHANGES "{\"changes\":[{\"field\":\"staff\",\"value\":\"13\"}]}"
#define NEW_UNIT                                                                                                       \
    "{\"code\":\"91320698MAXXXX1TTJ\",\"name\":\"东新有限公司\",\"kind\":\"enterprise\",\"region_code\":"        \
    "\"320697001\","                                                                                                   \
    "\"business_state\":\"operating\",\"staff\":11,\"organization_code\":\"E101\",\"coverage_form\":\"joint\"}"
#define NEW_MEMBER                                                                                                      \
    "{\"name\":\"林知秋\",\"sex\":\"female\",\"identity_number\":\"320698199202021023\",\"born_on\":\"1992-02-02\"," \
    "\"joined_on\":\"2015-07-01\",\"full_on\":\"2016-07-01\",\"standing\":\"full\",\"organization_code\":\"E102\"}"
#define REGISTER  "{\"person_id\":\"$person\",\"organization_id\":\"$east\",\"sending_unit\":\"区科技局\"}"
#define AT_UNIT   "{\"unit_id\":\"$unit\"}"
#define VISIT     "{\"dispatch_id\":\"$dispatch\",\"kind\":\"visit\",\"content\":\"了解生产经营\",\"problem\":\"用工不足\"}"
#define HALF_YEAR "{\"instructor_id\":\"$instructor\",\"year\":$year,\"half\":$half}"
#define BUILDING  "{\"kind\":\"building\",\"name\":\"东方大厦\",\"region_code\":\"320697001\"}"
#define ANSWERS   "{\"person_id\":\"$person\",\"duty\":\"grid_worker\"}"
#define NEW_PERSON                                                                                                     \
    "{\"name\":\"曹禾\",\"sex\":\"male\",\"identity_number\":\"320698199001011013\",\"organization_code\":\"E101\"}"
#define ACTIVIST "{\"role\":\"activist\",\"organization_id\":\"$east_branch\"}"
#define LEAVE    "{\"status\":\"deceased\",\"on\":\"2026-01-05\",\"note\":\"病故\"}"

#define LOG_IN       "{\"name\":\"west_secretary\",\"password\":\"" CONTRACT_CODE "\"}"
#define PASSWORD     "{\"old_password\":\"" CONTRACT_CODE "\",\"new_password\":\"青山绿水一座桥又一座桥\"}"
#define LOG_IN_AGAIN "{\"name\":\"west_secretary\",\"password\":\"青山绿水一座桥又一座桥\"}"

const struct contract_call contract_calls[] = {
    { "organizations_get_session", CITY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_account", CITY, NULL, NULL,
      "{\"name\":\"south_clerk\",\"role\":\"committee_clerk\",\"organization_id\":\"$east\"}", "account", NULL, NULL },
    { "organizations_create_account", CITY, NULL, NULL,
      "{\"name\":\"heir\",\"role\":\"committee_clerk\",\"organization_id\":\"$east\"}", "heir", NULL, NULL },
    { "organizations_lock_account", CITY, "account", NULL, NULL, NULL, NULL, NULL },
    { "organizations_unlock_account", CITY, "account", NULL, NULL, NULL, NULL, NULL },
    { "organizations_reset_account", CITY, "account", NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_post", CITY, NULL, NULL, POST, "post", NULL, NULL },
    { "organizations_count_post_work", CITY, "post", NULL, NULL, NULL, NULL, NULL },
    { "organizations_hand_over_post", CITY, "post", NULL, "{\"to_account_id\":\"$heir\"}", "successor", NULL, NULL },
    { "organizations_end_post", CITY, "successor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_link_account", CITY, "walker", NULL, "{\"person_id\":\"$person\"}", NULL, NULL, NULL },
    { "organizations_set_post_units", CITY, "walker_post", NULL, "{\"unit_ids\":[\"$unit\"]}", NULL, NULL, NULL },
    { "organizations_list_post_units", CITY, "walker_post", NULL, NULL, NULL, NULL, NULL },
    { "organizations_review_posts", CITY, NULL, NULL, NULL, "first_post", NULL, NULL },
    { "organizations_sign_review", CITY, NULL, NULL, "{\"post_ids\":[\"$first_post\"],\"verdict\":\"kept\"}", NULL,
      NULL, NULL },
    { "organizations_list_accounts", CITY, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_list_roles", CITY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_propose_ledger_accounts", CITY, NULL, "?below=true", NULL, NULL, NULL, NULL },
    { "organizations_create_ledger_accounts", CITY, NULL, NULL,
      "{\"organization_id\":\"$north\",\"below\":true,\"role\":\"branch_secretary\"}", NULL, NULL, NULL },
    { "organizations_switch_post", CITY, NULL, NULL, "{\"post_id\":\"$first_post\"}", NULL, NULL, NULL },
    { "organizations_log_in", WEST_SECRETARY, NULL, NULL, LOG_IN, NULL, NULL, NULL },
    { "organizations_change_password", WEST_SECRETARY, NULL, NULL, PASSWORD, NULL, NULL, NULL },
    { "organizations_log_in", WEST_SECRETARY, NULL, NULL, LOG_IN_AGAIN, NULL, NULL, NULL },
    { "organizations_list_sessions", WEST_SECRETARY, NULL, NULL, NULL, "session", NULL, NULL },
    { "organizations_end_session", WEST_SECRETARY, "session", NULL, NULL, NULL, NULL, NULL },
    { "organizations_log_out", WEST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_organizations", EAST_CLERK, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_get_organization", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_summarize_organization", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_tabulate_members", EAST_CLERK, "east", "?month=2026-01", NULL, NULL, NULL, NULL },
    { "organizations_create_organization", EAST_CLERK, NULL, NULL, NEW_BRANCH, "founded", NULL, NULL },
    { "organizations_edit_organization", EAST_CLERK, "founded", NULL, "{\"place\":\"东园\"}", NULL, NULL, NULL },
    { "organizations_rename_organization", CITY, "founded", NULL, RENAME, NULL, NULL, NULL },
    { "organizations_renew_term", CITY, "founded", NULL, RENEW, NULL, NULL, NULL },
    { "organizations_list_terms_due", EAST_CLERK, "east", "?months=36", NULL, NULL, NULL, NULL },
    { "organizations_get_life", EAST_CLERK, "founded", NULL, NULL, NULL, NULL, NULL },
    { "organizations_preview_ending", EAST_CLERK, "founded", NULL, NULL, NULL, NULL, NULL },
    { "organizations_dissolve_organization", CITY, "founded", NULL, DISSOLVE, NULL, NULL, NULL },
    { "organizations_create_organization", EAST_CLERK, NULL, NULL, OTHER_BRANCH, "other_founded", NULL, NULL },
    { "organizations_merge_organization", EAST_CLERK, "other_founded", NULL, MERGE, NULL, NULL, NULL },
    { "organizations_list_terms_over", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_relations", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_issuer", EAST_CLERK, "east_branch", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_approval_powers", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_directory", EAST_SECRETARY, NULL, "?limit=2", NULL, NULL, NULL, NULL },
    { "organizations_summarize_region", CITY, "region", NULL, NULL, NULL, NULL, NULL },
    { "organizations_report_line_coverage", EAST_CLERK, "east", NULL, NULL, NULL, NULL, NULL },
    { "organizations_report_region_coverage", CITY, "region", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_line_coverage_units", EAST_CLERK, "east", "?measure=covered&limit=1", NULL, NULL, NULL,
      NULL },
    { "organizations_list_region_coverage_units", CITY, "region", "?measure=units", NULL, NULL, NULL, NULL },
    { "organizations_list_line_coverage_organizations", EAST_CLERK, "east", "?measure=empty", NULL, NULL, NULL, NULL },
    { "organizations_list_region_coverage_organizations", CITY, "region", "?measure=organizations", NULL, NULL, NULL,
      NULL },
    { "organizations_list_regions", CITY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_units", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_unit", EAST_CLERK, NULL, NULL, NEW_UNIT, "unit", NULL, NULL },
    { "organizations_get_unit", EAST_CLERK, "unit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_edit_unit", EAST_CLERK, "unit", NULL, "{\"staff\":12}", NULL, NULL, NULL },
    { "organizations_list_unit_fields", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_unit_facts", EAST_CLERK, "unit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_edit_unit_facts", EAST_CLERK, "unit", NULL, FACTS, NULL, NULL, NULL },
    { "organizations_list_unit_fact_history", EAST_CLERK, "unit", "?limit=2", NULL, NULL, NULL, NULL },
    { "organizations_confirm_unit_facts", EAST_CLERK, "unit", NULL, CHANGES, NULL, NULL, NULL },
    { "organizations_list_stale_units", EAST_CLERK, NULL, "?group=business&stale_on=2099-01-01", NULL, NULL, NULL,
      NULL },
    { "organizations_list_unit_conflicts", EAST_CLERK, NULL, NULL, NULL, "conflict", NULL, NULL },
    { "organizations_decide_unit_conflict", EAST_CLERK, "conflict", NULL,
      "{\"verdict\":\"keep\",\"reason\":\"已核实\"}", NULL, NULL, NULL },
    { "organizations_record_unit_state", EAST_CLERK, "unit", NULL, "{\"state\":\"suspended\"}", NULL, NULL, NULL },
    { "organizations_list_unit_states", EAST_CLERK, "unit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_record_unit_talk", EAST_CLERK, "unit", NULL, TALK, "talk", NULL, NULL },
    { "organizations_list_unit_talks", EAST_CLERK, "unit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_due_talks", EAST_CLERK, NULL, "?due_by=2099-01-01", NULL, NULL, NULL, NULL },
    { "organizations_edit_talk", EAST_CLERK, "talk", NULL, TALK, NULL, NULL, NULL },
    { "organizations_complete_talk_step", EAST_CLERK, "talk", NULL, "{}", NULL, NULL, NULL },
    { "organizations_begin_mass_organization", EAST_CLERK, "unit", NULL, "{\"kind\":\"union\"}", NULL, NULL, NULL },
    { "organizations_list_mass_organizations", EAST_CLERK, "unit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_end_mass_organization", EAST_CLERK, "unit", NULL, "{\"kind\":\"union\"}", NULL, NULL, NULL },
    { "organizations_create_person", EAST_SECRETARY, NULL, NULL, NEW_PERSON, "person", NULL, NULL },
    { "organizations_list_persons", EAST_SECRETARY, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_edit_person", EAST_SECRETARY, "person", NULL, "{\"telephone\":\"13900000001\"}", NULL, NULL,
      NULL },
    { "organizations_begin_person_post", EAST_SECRETARY, "person", NULL, ACTIVIST, NULL, NULL, NULL },
    { "organizations_get_person", EAST_SECRETARY, "person", NULL, NULL, NULL, NULL, NULL },
    { "organizations_end_person_post", EAST_SECRETARY, "person", NULL, ACTIVIST, NULL, NULL, NULL },
    { "organizations_reveal_person", EAST_CLERK, "person", NULL, "{\"reason\":\"核对申请人\"}", NULL, NULL, NULL },
    { "organizations_register_instructor", EAST_CLERK, NULL, NULL, REGISTER, "instructor", NULL, NULL },
    { "organizations_list_instructors", EAST_CLERK, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_get_instructor", EAST_CLERK, "instructor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_edit_instructor", EAST_CLERK, "instructor", NULL, "{\"full_time\":true}", NULL, NULL, NULL },
    { "organizations_dispatch_instructor", EAST_CLERK, "instructor", NULL, AT_UNIT, NULL, NULL, NULL },
    { "organizations_plan_visits", EAST_CLERK, "instructor", NULL, "{\"unit_id\":\"$unit\",\"visit_days\":14}", NULL,
      NULL, NULL },
    { "organizations_list_dispatches", EAST_CLERK, NULL, NULL, NULL, "dispatch", NULL, NULL },
    { "organizations_enter_visit", EAST_CLERK, NULL, NULL, VISIT, "visit", NULL, NULL },
    { "organizations_list_visits", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_visit", EAST_SECRETARY, "visit", NULL, NULL, NULL, NULL, NULL },
    { "organizations_route_problem", EAST_CLERK, "visit", NULL, "{\"department_id\":\"$east_branch\"}", NULL, NULL,
      NULL },
    { "organizations_list_visit_problems", EAST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_answer_problem", EAST_SECRETARY, "visit", NULL, "{\"answer\":\"已协调\"}", NULL, NULL, NULL },
    { "organizations_grade_instructor", EAST_CLERK, "instructor", NULL, "{\"year\":$year,\"grade\":\"competent\"}",
      NULL, NULL, NULL },
    { "organizations_list_instructor_grades", EAST_CLERK, "instructor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_instructor", EAST_CLERK, "instructor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_draft_instructor_report", EAST_CLERK, NULL, NULL, HALF_YEAR, "report", NULL, NULL },
    { "organizations_list_instructor_reports", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_instructor_report", EAST_CLERK, "report", NULL, NULL, NULL, NULL, NULL },
    { "organizations_edit_instructor_report", EAST_CLERK, "report", NULL, "{\"content\":\"工作情况\"}", NULL, NULL,
      NULL },
    { "organizations_submit_instructor_report", EAST_CLERK, "report", NULL, NULL, NULL, NULL, NULL },
    { "organizations_return_instructor_report", EAST_CLERK, "report", NULL, "{\"reason\":\"请补充\"}", NULL, NULL,
      NULL },
    { "organizations_count_instructors", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_anchor", EAST_CLERK, NULL, NULL, BUILDING, "anchor", NULL, NULL },
    { "organizations_list_anchors", EAST_CLERK, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_get_anchor", EAST_SECRETARY, "anchor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_edit_anchor", EAST_CLERK, "anchor", NULL, "{\"address\":\"东街 1 号\"}", NULL, NULL, NULL },
    { "organizations_place_units", EAST_CLERK, "anchor", NULL, "{\"unit_ids\":[\"$unit\"]}", NULL, NULL, NULL },
    { "organizations_list_anchor_units", EAST_CLERK, "anchor", NULL, NULL, NULL, NULL, NULL },
    { "organizations_remove_units", EAST_CLERK, "anchor", NULL, "{\"unit_ids\":[\"$unit\"]}", NULL, NULL, NULL },
    { "organizations_appoint_at_anchor", EAST_CLERK, "anchor", NULL, ANSWERS, NULL, NULL, NULL },
    { "organizations_dismiss_from_anchor", EAST_CLERK, "anchor", NULL, ANSWERS, NULL, NULL, NULL },
    { "organizations_set_contact_points", EAST_CLERK, "anchor", NULL, "{\"points\":[{\"name\":\"党群服务站\"}]}", NULL,
      NULL, NULL },
    { "organizations_recall_instructor", EAST_CLERK, "instructor", NULL, AT_UNIT, NULL, NULL, NULL },
    { "organizations_withdraw_instructor", EAST_CLERK, "instructor", NULL, "{\"reason\":\"工作调动\"}", NULL, NULL,
      NULL },
    { "organizations_list_members", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_member", EAST_SECRETARY, "member", NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_member", CITY, NULL, NULL, NEW_MEMBER, "new_member", NULL, NULL },
    { "organizations_edit_member", CITY, "member", NULL, "{\"education\":\"大专\"}", NULL, NULL, NULL },
    { "organizations_reveal_member", EAST_CLERK, "member", NULL, "{\"reason\":\"核对组织关系\"}", NULL, NULL, NULL },
    { "organizations_put_file", CITY, "upload", "?file_name=a.csv&purpose=import", REGION, "file", NULL, NULL },
    { "organizations_get_file", CITY, "file", NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_file_content", CITY, "file", NULL, NULL, NULL, NULL, NULL },
    { "organizations_put_file", EAST_CLERK, "paper", "?file_name=a.pdf&purpose=document", "%PDF-1.7\n", NULL, NULL,
      NULL },
    { "organizations_attach_document", EAST_CLERK, NULL, NULL, DOCUMENT, "document", NULL, NULL },
    { "organizations_list_documents", EAST_CLERK, NULL, "?record=organization&record_id=$east", NULL, NULL, NULL,
      NULL },
    { "organizations_withdraw_document", EAST_CLERK, "document", NULL, "{\"reason\":\"扫描页缺失\"}", NULL, NULL,
      NULL },
    { "organizations_create_export", CITY, NULL, NULL, "{\"ledger\":\"regions\"}", "export", NULL, NULL },
    { "organizations_get_export", CITY, "export", NULL, NULL, NULL, "state", "succeeded" },
    { "organizations_list_exports", CITY, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "organizations_cancel_export", CITY, "export", NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_import", CITY, NULL, NULL, IMPORT, "dropped_import", NULL, NULL },
    { "organizations_cancel_import", CITY, "dropped_import", NULL, NULL, NULL, NULL, NULL },
    { "organizations_create_import", CITY, NULL, NULL, IMPORT, "import", NULL, NULL },
    { "organizations_get_import", CITY, "import", NULL, NULL, NULL, "state", "validated" },
    { "organizations_list_import_rows", CITY, "import", NULL, NULL, NULL, NULL, NULL },
    { "organizations_get_annotated_import", CITY, "import", NULL, NULL, NULL, NULL, NULL },
    { "organizations_commit_import", CITY, "import", NULL, "{}", NULL, NULL, NULL },
    { "organizations_get_import", CITY, "import", NULL, NULL, NULL, "state", "succeeded" },
    { "organizations_undo_import", CITY, "import", NULL, NULL, NULL, NULL, NULL },
    { "dues_get_base", EAST_SECRETARY, "member", NULL, NULL, NULL, NULL, NULL },
    { "training_get_plan", EAST_SECRETARY, "member", NULL, NULL, NULL, NULL, NULL },
    { "organizations_list_work", CITY, NULL, "?box=waiting", NULL, NULL, NULL, NULL },
    { "organizations_count_work", EAST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "dues_list_work", EAST_SECRETARY, NULL, "?box=waiting", NULL, NULL, NULL, NULL },
    { "dues_count_work", EAST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "training_list_work", EAST_SECRETARY, NULL, "?box=waiting", NULL, NULL, NULL, NULL },
    { "training_count_work", EAST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },

    { "organizations_list_members", WEST_SECRETARY, NULL, NULL, NULL, "west_member", NULL, NULL },
    { "organizations_leave_member", WEST_CLERK, "west_member", NULL, LEAVE, NULL, NULL, NULL },

    { "transfers_set_last_number", EAST_CLERK, NULL, NULL, LAST_NUMBER, NULL, NULL, NULL },
    { "transfers_enter_paper", EAST_CLERK, NULL, NULL, PAPER, "paper", NULL, NULL },
    { "transfers_void", CITY, "paper", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_ask_move", EAST_SECRETARY, NULL, NULL, MOVE, "refused_move", NULL, NULL },
    { "transfers_refuse_move", EAST_CLERK, "refused_move", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_ask_move", EAST_SECRETARY, NULL, NULL, MOVE, "move", NULL, NULL },
    { "transfers_list_moves", EAST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "transfers_confirm_move", EAST_CLERK, "move", NULL, "{}", NULL, NULL, NULL },
    { "transfers_ask_move", CITY, NULL, NULL, MOVE_BACK, "move_back", NULL, NULL },
    { "transfers_confirm_move", EAST_CLERK, "move_back", NULL, "{}", NULL, NULL, NULL },
    { "organizations_get_member", CITY, "member", NULL, NULL, NULL, NULL, NULL },
    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "cancelled", NULL, NULL },
    { "transfers_draft_batch", EAST_SECRETARY, NULL, NULL, BATCH, NULL, NULL, NULL },
    { "transfers_cancel", EAST_SECRETARY, "cancelled", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "withdrawn", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "withdrawn", NULL, "{}", NULL, NULL, NULL },
    { "transfers_return", EAST_SECRETARY, "withdrawn", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_withdraw", EAST_SECRETARY, "withdrawn", NULL, "{}", NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "letter", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "letter", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", EAST_SECRETARY, "letter", NULL, DUES, NULL, NULL, NULL },
    { "transfers_issue", EAST_CLERK, "letter", NULL, "{}", NULL, NULL, NULL },
    { "transfers_refuse", WEST_CLERK, "letter", NULL, REFUSE, NULL, NULL, NULL },
    { "transfers_correct", EAST_CLERK, "letter", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_refuse", WEST_CLERK, "letter", NULL, REFUSE, NULL, NULL, NULL },
    { "transfers_reissue", EAST_CLERK, "letter", NULL, NOTE, "second", NULL, NULL },
    { "transfers_void", CITY, "second", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "reviewed", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "reviewed", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", EAST_SECRETARY, "reviewed", NULL, DUES, NULL, NULL, NULL },
    { "transfers_send_up", EAST_CLERK, "reviewed", NULL, "{}", NULL, NULL, NULL },
    { "transfers_approve", CITY, "reviewed", NULL, "{}", NULL, NULL, NULL },
    { "transfers_void", CITY, "reviewed", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "refused", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "refused", NULL, "{}", NULL, NULL, NULL },
    { "transfers_refuse", EAST_SECRETARY, "refused", NULL, REFUSE, NULL, NULL, NULL },
    { "transfers_appeal", EAST_SECRETARY, "refused", NULL, NOTE, "appeal", NULL, NULL },
    { "transfers_approve", CITY, "appeal", NULL, DUES, NULL, NULL, NULL },
    { "transfers_void", CITY, "appeal", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "recalled", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "recalled", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", EAST_SECRETARY, "recalled", NULL, DUES, NULL, NULL, NULL },
    { "transfers_issue", EAST_CLERK, "recalled", NULL, "{}", NULL, NULL, NULL },
    { "transfers_deliver", EAST_CLERK, "recalled", NULL, "{}", NULL, NULL, NULL },
    { "transfers_open", WEST_CLERK, "recalled", NULL, "{}", NULL, NULL, NULL },
    { "transfers_recall", EAST_CLERK, "recalled", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_decline", WEST_CLERK, "recalled", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_recall", EAST_CLERK, "recalled", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_confirm", WEST_CLERK, "recalled", NULL, "{}", NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "lost", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "lost", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", EAST_SECRETARY, "lost", NULL, DUES, NULL, NULL, NULL },
    { "transfers_issue", EAST_CLERK, "lost", NULL, "{}", NULL, NULL, NULL },
    { "transfers_forward", CITY, "lost", NULL, TO_NORTH, NULL, NULL, NULL },
    { "transfers_report_lost", EAST_CLERK, "lost", NULL, NOTE, NULL, NULL, NULL },
    { "transfers_cancel", EAST_CLERK, "lost", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft", EAST_SECRETARY, NULL, NULL, DRAFT, "last", NULL, NULL },
    { "transfers_submit", EAST_SECRETARY, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", EAST_SECRETARY, "last", NULL, DUES, NULL, NULL, NULL },
    { "transfers_issue", EAST_CLERK, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_list_letters", WEST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "transfers_get_statistics", WEST_CLERK, NULL, "?month=2026-10", NULL, NULL, NULL, NULL },
    { "transfers_list_work", WEST_CLERK, NULL, "?box=waiting", NULL, NULL, NULL, NULL },
    { "transfers_count_work", WEST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "transfers_get_letter", WEST_CLERK, "last", NULL, NULL, NULL, NULL, NULL },
    { "transfers_get_timeline", WEST_CLERK, "last", NULL, NULL, NULL, NULL, NULL },
    { "transfers_get_letter_moves", WEST_CLERK, "last", NULL, NULL, NULL, NULL, NULL },
    { "notifications_list_messages", WEST_CLERK, NULL, NULL, NULL, "message", NULL, NULL },
    { "notifications_read_message", WEST_CLERK, "message", NULL, NULL, NULL, NULL, NULL },
    { "transfers_print_paper", EAST_CLERK, "last", NULL, "{\"kind\":\"letter\"}", NULL, NULL, NULL },
    { "transfers_get_paper", EAST_CLERK, "last", "?kind=letter", NULL, NULL, NULL, NULL },
    { "transfers_create_paper_batch", EAST_CLERK, NULL, NULL, "{\"letter_ids\":[\"$last\"]}", "papers", NULL, NULL },
    { "transfers_get_paper_batch", EAST_CLERK, "papers", NULL, NULL, NULL, "state", "succeeded" },
    { "transfers_get_paper_batch_content", EAST_CLERK, "papers", NULL, NULL, NULL, NULL, NULL },
    { "transfers_cancel_paper_batch", EAST_CLERK, "papers", NULL, NULL, NULL, NULL, NULL },
    { "transfers_create_letter_export", EAST_CLERK, NULL, NULL, "{\"format\":\"csv\"}", "letters", NULL, NULL },
    { "transfers_get_letter_export", EAST_CLERK, "letters", NULL, NULL, NULL, "state", "succeeded" },
    { "transfers_list_letter_exports", EAST_CLERK, NULL, "?limit=1", NULL, NULL, NULL, NULL },
    { "transfers_get_letter_export_content", EAST_CLERK, "letters", NULL, NULL, NULL, NULL, NULL },
    { "transfers_cancel_letter_export", EAST_CLERK, "letters", NULL, NULL, NULL, NULL, NULL },
    { "transfers_verify_letter", WEST_CLERK, "check_code", NULL, NULL, NULL, "state", "valid" },
    { "notifications_count_unread", WEST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "notifications_read_messages", WEST_CLERK, NULL, NULL, READ, NULL, NULL, NULL },
    { "notifications_list_work", EAST_SECRETARY, NULL, "?box=done", NULL, NULL, NULL, NULL },
    { "notifications_count_work", EAST_SECRETARY, NULL, NULL, NULL, NULL, NULL, NULL },
    { "notifications_watch", WEST_CLERK, NULL, NULL, NULL, NULL, NULL, NULL },
    { "transfers_receive", WEST_CLERK, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_start_file_check", WEST_CLERK, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_assign", WEST_CLERK, "last", NULL, ASSIGN, NULL, NULL, NULL },
    { "transfers_report", WEST_SECRETARY, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_send_receipt", WEST_CLERK, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_match_stub", EAST_CLERK, "last", NULL, "{}", NULL, NULL, NULL },
    { "transfers_undo", WEST_CLERK, "last", NULL, NOTE, "correction", NULL, NULL },
    { "transfers_approve", CITY, "correction", NULL, "{}", NULL, NULL, NULL },
    { "transfers_void", CITY, "correction", NULL, NOTE, NULL, NULL, NULL },

    { "transfers_draft_outward", WEST_SECRETARY, NULL, NULL, OUTWARD, "outward", NULL, NULL },
    { "transfers_submit", WEST_SECRETARY, "outward", NULL, "{}", NULL, NULL, NULL },
    { "transfers_agree", WEST_SECRETARY, "outward", NULL, DUES, NULL, NULL, NULL },
    { "transfers_issue", WEST_CLERK, "outward", NULL, "{}", NULL, NULL, NULL },
    { "transfers_record_receipt", WEST_CLERK, "outward", NULL, RECEIPT, NULL, NULL, NULL },

    { "organizations_get_organization", CITY, "east_second", NULL, NULL, NULL, NULL, NULL },
    { "organizations_begin_relation", CITY, "east_second", NULL, TRADE, NULL, NULL, NULL },
    { "organizations_end_relation", CITY, "east_second", NULL, TRADE, NULL, NULL, NULL },
    { "organizations_change_superior", CITY, "east_second", NULL, "{\"superior_id\":\"$west\"}", NULL, NULL, NULL },
    { "organizations_change_superior", CITY, "east_second", NULL, "{\"superior_id\":\"$east\"}", NULL, NULL, NULL },
    { "organizations_get_organization", CITY, "north", NULL, NULL, NULL, NULL, NULL },
    { "organizations_end_approval_power", CITY, "north", NULL, POWER_ENDS, NULL, NULL, NULL },
    { "organizations_grant_approval_power", CITY, "north", NULL, POWER, NULL, NULL, NULL },
};

const size_t contract_calls_count = sizeof contract_calls / sizeof *contract_calls;
