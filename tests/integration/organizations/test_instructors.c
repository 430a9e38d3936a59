/* SPDX-License-Identifier: Apache-2.0 */
/* Instructors (党建工作指导员): taken into the register, dispatched to units, withdrawn and replaced; their visits and
 * the problems they bring back. */
#include <liangxin/organizations/v1/organizations.facts.h>

#include "desk.h"
#include "io/clock.h"
#include "support/keys.h"

#define V1_CASE(name) LIANGXIN__ORGANIZATIONS__V1__##name
#define BOX(name)     LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_##name
#define UNITS         7

/* Six units of T1 and one of V1. */
static const char *const codes[UNITS] = { "91320698MANQ51XWQ1", "91320698MAP7QFWYR3", "91320698MALA0QTUDU",
                                          "52320698MA602WG18M", "91320698MAC293DMEN", "91320698MAR7LN045B",
                                          "91320698MAQ9KAWQUK" };

static struct actor city;

static char *
text_of(struct desk *desk, const char *sql)
{
    char *text = test_pg_text(desk->pg, "organizations", sql);
    char *copy = arena_text(desk->arena, text ? text : "");

    free(text);
    return copy;
}

static char *
unit(struct desk *desk, int n)
{
    return text_of(desk, arena_printf(desk->arena, "select id from unit where code = '%s'", codes[n]));
}

static int64_t
number(struct desk *desk, const char *sql)
{
    return test_pg_number(desk->pg, "organizations", sql);
}

static int
open_town(void **state)
{
    struct desk *desk;
    const char *rows = "统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,"
                       "业主是否党员,党组织编码,覆盖方式,党建工作指导员\n";

    desk_open_town(state);
    desk = *state;
    city = desk->actor;
    desk_commit(desk,
                desk_upload_text(desk, LEDGER(ORGANIZATIONS),
                                 "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,"
                                 "书记姓名,联系电话,预备党员审批权\nV1,丙党支部,党支部,V,单独组建,320699,,,,,,\n"),
                false);
    for (int i = 0; i < UNITS; i++)
        rows = arena_printf(desk->arena, "%s%s,第%d公司,%s,,320699,,正常经营,5,业主%d,否,%s,单独组建,\n", rows,
                            codes[i], i, codes[i][0] == '5' ? "社会组织" : "非公有制企业", i, i == 6 ? "V1" : "T1");
    desk_commit(desk, desk_upload_text(desk, LEDGER(UNITS), rows), false);
    assert_int_equal(number(desk, "select count(*) from unit"), UNITS);
    return 0;
}

static int
be_the_city(void **state)
{
    ((struct desk *)*state)->actor = city;
    return 0;
}

static Person *
person(struct desk *desk, const char *name, const char *organization)
{
    CreatePersonRequest *in = create_person_request_new(desk->arena);
    ProtobufCMessage *out;

    in->name = wire_text(name);
    in->organization_code = wire_text(organization);
    assert_null(desk_call(desk, desk_method(&organizations_create_person), &in->base, 0, &out));
    return (Person *)out;
}

static status_t
ask(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, int64_t version, Instructor **ret)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, version, &out);

    *ret = (Instructor *)out;
    return st;
}

static status_t
take_in(struct desk *desk, const char *person_id, const char *organization, Instructor **ret)
{
    RegisterInstructorRequest *in = register_instructor_request_new(desk->arena);

    in->person_id = wire_text(person_id);
    in->organization_id = desk_organization(desk, organization)->id;
    in->sending_unit = wire_text("区科技局");
    in->since = wire_text("2026-01-01");
    return ask(desk, &organizations_register_instructor, &in->base, 0, ret);
}

static Instructor *
instructor(struct desk *desk, const char *name)
{
    Instructor *out;

    assert_null(take_in(desk, person(desk, name, "T")->id, "T", &out));
    return out;
}

static status_t
dispatch(struct desk *desk, Instructor **one, int n, const char *since)
{
    DispatchInstructorRequest *in = dispatch_instructor_request_new(desk->arena);
    Instructor *out;
    status_t st;

    in->id = (*one)->id;
    in->unit_id = unit(desk, n);
    in->since = wire_text(since);
    st = ask(desk, &organizations_dispatch_instructor, &in->base, (*one)->version, &out);
    if (!st)
        *one = out;
    return st;
}

static status_t
withdraw(struct desk *desk, const Instructor *one, const char *successor, Instructor **ret)
{
    WithdrawInstructorRequest *in = withdraw_instructor_request_new(desk->arena);

    in->id = one->id;
    in->reason = wire_text("工作调动");
    in->successor_id = wire_text(successor);
    return ask(desk, &organizations_withdraw_instructor, &in->base, one->version, ret);
}

static DispatchPage *
dispatches(struct desk *desk, const char *instructor_id, const char *unit_id, bool over)
{
    ListDispatchesRequest *in = list_dispatches_request_new(desk->arena);
    ProtobufCMessage *out;

    in->instructor_id = wire_text(instructor_id);
    in->unit_id = wire_text(unit_id);
    in->over = over;
    assert_null(desk_call(desk, desk_method(&organizations_list_dispatches), &in->base, 0, &out));
    return (DispatchPage *)out;
}

static size_t
units_found(struct desk *desk)
{
    ProtobufCMessage *out;

    assert_null(
        desk_call(desk, desk_method(&organizations_list_units), &list_units_request_new(desk->arena)->base, 0, &out));
    return ((UnitPage *)out)->n_items;
}

/* An account of role instructor, linked to the person; acts as it from now on. */
static void
be_instructor(struct desk *desk, const Instructor *who)
{
    CreateAccountRequest *in = create_account_request_new(desk->arena);
    LinkAccountRequest *link = link_account_request_new(desk->arena);
    ExchangeRequest *exchange = exchange_request_new(desk->arena);
    struct seal_key public_key = test_actor_public(desk->arena);
    struct actor_cache *cache = arena_alloc(desk->arena, sizeof *cache);
    const ExchangeReply *reply;
    ProtobufCMessage *out;

    in->name = arena_printf(desk->arena, "account-%s", who->id);
    in->role = wire_text("instructor");
    in->organization_id = desk_organization(desk, "T")->id;
    assert_null(desk_call(desk, desk_method(&organizations_create_account), &in->base, 0, &out));
    exchange->token = ((CreatedAccount *)out)->token;
    link->id = text_of(desk, arena_printf(desk->arena, "select id from account where name = '%s'", in->name));
    link->person_id = who->person_id;
    assert_null(desk_call(desk, desk_method(&organizations_link_account), &link->base, 0, &out));
    assert_null(desk_call(desk, desk_method(&organizations_exchange), &exchange->base, 0, &out));
    reply = (const ExchangeReply *)out;
    assert_null(actor_verify(desk->arena, &public_key, cache,
                             slice_make(reply->actor_token.data, reply->actor_token.len), clock_now() / 1000,
                             &desk->actor));
}

static void
选派_a_person_is_in_the_register_once(void **state)
{
    struct desk *desk = *state;
    Person *who = person(desk, "陈一", "T");
    Instructor *one;
    Instructor *again;

    assert_null(take_in(desk, who->id, "T", &one));
    assert_string_equal(one->name, "陈一");
    assert_string_equal(one->sending_unit, "区科技局");
    assert_false(one->full_time);
    assert_true(status_is(take_in(desk, who->id, "T", &again), PROBLEM_ALREADY_EXISTS));
    assert_null(withdraw(desk, one, "", &one));
    assert_string_equal(one->end_reason, "工作调动");
    assert_true(status_is(withdraw(desk, one, "", &again), PROBLEM_INSTRUCTOR_WITHDRAWN));
    assert_true(status_is(dispatch(desk, &one, 0, ""), PROBLEM_INSTRUCTOR_WITHDRAWN));
    desk_act_at(desk, "V");
    assert_true(status_is(take_in(desk, who->id, "V", &again), PROBLEM_NOT_FOUND));
    assert_true(status_is(withdraw(desk, one, "", &again), PROBLEM_NOT_FOUND));
}

static void
下派_more_units_than_in_principle_are_flagged(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈二");
    Instructor stale = *one;
    Instructor *seen = &stale;

    for (int i = 0; i < 5; i++)
        assert_null(dispatch(desk, &one, i, "2026-02-01"));
    assert_int_equal(one->load, 5);
    assert_false(one->over_limit);
    assert_null(dispatch(desk, &one, 5, ""));
    assert_true(one->over_limit);
    assert_true(status_is(dispatch(desk, &one, 5, ""), PROBLEM_ALREADY_EXISTS));
    assert_true(status_is(dispatch(desk, &one, 6, "2025-12-31"), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(dispatch(desk, &seen, 6, ""), PROBLEM_STALE));
    assert_int_equal(dispatches(desk, one->id, "", false)->n_items, 6);
    assert_int_equal(number(desk, "select count(*) from audit where object = 'dispatch'"), 6);
}

static void
利益冲突_nobody_is_sent_to_where_he_works_or_owns(void **state)
{
    struct desk *desk = *state;
    Instructor *owner;
    Instructor *employee;
    const char *id = text_of(desk, arena_printf(desk->arena, "select owner_id from unit where code = '%s'", codes[0]));

    assert_null(take_in(desk, id, "T", &owner));
    assert_true(status_is(dispatch(desk, &owner, 0, ""), PROBLEM_CONFLICT_OF_INTEREST));
    assert_null(dispatch(desk, &owner, 1, ""));
    employee = instructor(desk, "陈三");
    test_pg_run(desk->pg, "organizations",
                arena_printf(desk->arena, "update person set unit_id = '%s' where id = '%s'", unit(desk, 2),
                             employee->person_id));
    assert_true(status_is(dispatch(desk, &employee, 2, ""), PROBLEM_CONFLICT_OF_INTEREST));
}

static void
指导员_finds_his_units_on_log_in_and_no_others(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈四");
    RecallInstructorRequest *recall = recall_instructor_request_new(desk->arena);
    struct actor himself;

    assert_null(dispatch(desk, &one, 0, ""));
    assert_null(dispatch(desk, &one, 1, ""));
    be_instructor(desk, one);
    himself = desk->actor;
    assert_int_equal(units_found(desk), 2);
    assert_int_equal(dispatches(desk, "", "", false)->n_items, 2);
    assert_int_equal(dispatches(desk, "", unit(desk, 3), false)->n_items, 0);
    be_the_city(state);
    recall->id = one->id;
    recall->unit_id = unit(desk, 0);
    assert_null(ask(desk, &organizations_recall_instructor, &recall->base, one->version, &one));
    assert_int_equal(one->load, 1);
    desk->actor = himself;
    assert_int_equal(units_found(desk), 1);
    assert_int_equal(dispatches(desk, "", "", false)->n_items, 1);
    assert_int_equal(dispatches(desk, "", "", true)->n_items, 2);
}

static void
轮换_units_go_to_the_successor_in_one_step(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈五");
    Instructor *heir = instructor(desk, "陈六");
    Instructor *out;

    assert_null(dispatch(desk, &one, 3, "2026-02-01"));
    assert_null(dispatch(desk, &one, 4, "2026-02-01"));
    assert_null(dispatch(desk, &heir, 4, "2026-02-01"));
    assert_true(status_is(withdraw(desk, one, heir->id, &out), PROBLEM_ALREADY_EXISTS));
    assert_int_equal(dispatches(desk, one->id, "", false)->n_items, 2); /* nothing happened */
    heir = instructor(desk, "陈七");
    assert_null(withdraw(desk, one, heir->id, &out));
    assert_int_equal(out->load, 0);
    assert_int_equal(dispatches(desk, heir->id, "", false)->n_items, 2);
    assert_int_equal(
        number(
            desk,
            arena_printf(
                desk->arena,
                "select count(*) from person_post a join person_post b on b.unit_id = a.unit_id and b.since = a.until"
                " where a.person_id = '%s' and b.person_id = '%s'",
                one->person_id, heir->person_id)),
        2);
}

static status_t
enter(struct desk *desk, const char *dispatch_id, const char *day, const char *problem, const char *department,
      Visit **ret_visit)
{
    EnterVisitRequest *in = enter_visit_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->dispatch_id = wire_text(dispatch_id);
    in->visited_on = wire_text(day);
    in->kind = V1_CASE(VISIT_KIND__VISIT_KIND_GUIDANCE);
    in->content = wire_text("指导换届");
    in->problem = wire_text(problem);
    in->department_id = wire_text(department);
    st = desk_call(desk, desk_method(&organizations_enter_visit), &in->base, 0, &out);
    *ret_visit = (Visit *)out;
    return st;
}

static void
走访_is_entered_by_the_instructor_and_moves_the_next_day(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈八");
    const char *foreign = dispatches(desk, "", unit(desk, 1), false)->items[0]->id;
    PlanVisitsRequest *plan = plan_visits_request_new(desk->arena);
    Dispatch *at;
    Visit *visit;

    assert_null(dispatch(desk, &one, 2, "2026-02-01"));
    at = dispatches(desk, one->id, "", false)->items[0];
    assert_string_equal(at->visit_due_on, "2026-05-02"); /* part-time: 90 days */
    plan->id = one->id;
    plan->unit_id = unit(desk, 2);
    plan->visit_days = 10;
    assert_null(ask(desk, &organizations_plan_visits, &plan->base, one->version, &one));
    be_instructor(desk, one);
    assert_null(enter(desk, at->id, "2026-03-01", "", "", &visit));
    assert_int_equal(visit->kind, V1_CASE(VISIT_KIND__VISIT_KIND_GUIDANCE));
    at = dispatches(desk, "", "", false)->items[0];
    assert_string_equal(at->visited_on, "2026-03-01");
    assert_string_equal(at->visit_due_on, "2026-03-11");
    assert_true(status_is(enter(desk, at->id, "2026-01-31", "", "", &visit), PROBLEM_BAD_DATE_ORDER));
    assert_true(status_is(enter(desk, foreign, "2026-03-01", "", "", &visit), PROBLEM_NOT_FOUND));
}

static status_t
answer(struct desk *desk, const Visit *visit, int64_t version, VisitProblem **ret)
{
    AnswerProblemRequest *in = answer_problem_request_new(desk->arena);
    ProtobufCMessage *out = NULL;
    status_t st;

    in->id = visit->id;
    in->answer = wire_text("已协调解决");
    st = desk_call(desk, desk_method(&organizations_answer_problem), &in->base, version, &out);
    *ret = (VisitProblem *)out;
    return st;
}

static VisitProblemPage *
problems(struct desk *desk, bool answered)
{
    ListVisitProblemsRequest *in = list_visit_problems_request_new(desk->arena);
    ProtobufCMessage *out;

    in->answered = answered;
    assert_null(desk_call(desk, desk_method(&organizations_list_visit_problems), &in->base, 0, &out));
    return (VisitProblemPage *)out;
}

static status_t
route(struct desk *desk, const Visit *visit, const char *department, int64_t version)
{
    RouteProblemRequest *in = route_problem_request_new(desk->arena);
    ProtobufCMessage *out;

    in->id = visit->id;
    in->department_id = wire_text(department);
    return desk_call(desk, desk_method(&organizations_route_problem), &in->base, version, &out);
}

static void
问题转办_a_department_answers_once(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈九");
    const char *branch = desk_organization(desk, "T1")->id;
    const char *elsewhere = desk_organization(desk, "V")->id;
    VisitProblem *answered;
    Visit *visit;

    assert_null(dispatch(desk, &one, 0, "2026-02-01"));
    assert_null(enter(desk, dispatches(desk, one->id, "", false)->items[0]->id, "2026-03-01", "用工不足", "", &visit));
    assert_true(status_is(route(desk, visit, elsewhere, 1), PROBLEM_UNKNOWN_ORGANIZATION));
    assert_null(route(desk, visit, branch, 1));
    desk_act_at(desk, "V");
    assert_int_equal(problems(desk, true)->n_items, 0);
    assert_true(status_is(answer(desk, visit, 2, &answered), PROBLEM_NOT_FOUND));
    desk_act_at(desk, "T1");
    assert_int_equal(problems(desk, false)->n_items, 1);
    assert_string_equal(problems(desk, false)->items[0]->problem, "用工不足");
    assert_null(answer(desk, visit, 2, &answered));
    assert_string_equal(answered->answer, "已协调解决");
    assert_true(status_is(answer(desk, visit, 3, &answered), PROBLEM_PROBLEM_NOT_OPEN));
    assert_int_equal(problems(desk, false)->n_items, 0);
    be_the_city(state);
    assert_true(status_is(route(desk, visit, branch, 3), PROBLEM_PROBLEM_NOT_OPEN));
    assert_int_equal(number(desk, "select count(*) from visit_history h join visit v on v.id = h.visit_id"
                                  " where v.answer is not null"),
                     3);
}

/* The district's ledger: 8 instructors, 32 units. */
static status_t
report_step(struct desk *desk, const struct rpc_method *method, const ProtobufCMessage *in, int64_t version,
            InstructorReport **ret)
{
    ProtobufCMessage *out = NULL;
    status_t st = desk_call(desk, desk_method(method), in, version, &out);

    if (!st)
        *ret = (InstructorReport *)out;
    return st;
}

static status_t
draft(struct desk *desk, const char *instructor_id, uint32_t half, InstructorReport **ret)
{
    DraftInstructorReportRequest *in = draft_instructor_report_request_new(desk->arena);

    in->instructor_id = wire_text(instructor_id);
    in->year = 2026;
    in->half = half;
    return report_step(desk, &organizations_draft_instructor_report, &in->base, 0, ret);
}

static void
半年报告_begins_with_the_visits_and_comes_back_once_returned(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈十");
    Instructor *other = instructor(desk, "陈十一");
    InstructorReportId *id = instructor_report_id_new(desk->arena);
    EditInstructorReportRequest *edit = edit_instructor_report_request_new(desk->arena);
    ReturnInstructorReportRequest *back = return_instructor_report_request_new(desk->arena);
    InstructorReport *report;
    struct actor himself;
    Visit *visit;

    assert_null(dispatch(desk, &one, 0, "2026-02-01"));
    assert_null(enter(desk, dispatches(desk, one->id, "", false)->items[0]->id, "2026-03-01", "用工不足", "", &visit));
    be_instructor(desk, one);
    himself = desk->actor;
    assert_true(status_is(draft(desk, other->id, 1, &report), PROBLEM_NOT_FOUND));
    assert_null(draft(desk, one->id, 1, &report));
    assert_non_null(strstr(report->content, "联系单位 1 家，走访 1 次，发现问题 1 个"));
    assert_string_equal(report->due_on, "2026-07-15");
    assert_true(status_is(draft(desk, one->id, 1, &report), PROBLEM_ALREADY_EXISTS));
    edit->id = back->id = id->id = report->id;
    edit->content = wire_text("已走访一家");
    back->reason = wire_text("请补充");
    assert_null(report_step(desk, &organizations_edit_instructor_report, &edit->base, 1, &report));
    assert_string_equal(report->content, "已走访一家");
    assert_true(status_is(report_step(desk, &organizations_return_instructor_report, &back->base, 2, &report),
                          PROBLEM_NOT_FOUND)); /* it is for who dispatches */
    assert_null(report_step(desk, &organizations_submit_instructor_report, &id->base, 2, &report));
    assert_true(status_is(report_step(desk, &organizations_edit_instructor_report, &edit->base, 3, &report),
                          PROBLEM_REPORT_STATE));
    be_the_city(state);
    assert_null(report_step(desk, &organizations_return_instructor_report, &back->base, 3, &report));
    assert_int_equal(report->state, V1_CASE(REPORT_STATE__REPORT_STATE_RETURNED));
    desk->actor = himself;
    assert_null(report_step(desk, &organizations_submit_instructor_report, &id->base, 4, &report));
    assert_string_equal(report->return_reason, "请补充");
}

static void
年度考核_the_last_grade_of_a_year_counts(void **state)
{
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈十二");
    GradeInstructorRequest *in = grade_instructor_request_new(desk->arena);
    InstructorGrades *grades;
    ProtobufCMessage *out;

    in->id = one->id;
    in->year = 2026;
    in->grade = V1_CASE(INSTRUCTOR_GRADE__INSTRUCTOR_GRADE_COMPETENT);
    assert_null(desk_call(desk, desk_method(&organizations_grade_instructor), &in->base, one->version, &out));
    in->grade = V1_CASE(INSTRUCTOR_GRADE__INSTRUCTOR_GRADE_EXCELLENT);
    assert_null(desk_call(desk, desk_method(&organizations_grade_instructor), &in->base, one->version + 1, &out));
    grades = (InstructorGrades *)out;
    assert_int_equal(grades->n_items, 1);
    assert_int_equal(grades->items[0]->grade, V1_CASE(INSTRUCTOR_GRADE__INSTRUCTOR_GRADE_EXCELLENT));
    assert_string_equal(grades->items[0]->sending_unit, "区科技局");
    in->year = 2025;
    assert_true(
        status_is(desk_call(desk, desk_method(&organizations_grade_instructor), &in->base, one->version + 2, &out),
                  PROBLEM_OUT_OF_RANGE));
    assert_int_equal(number(desk, "select count(*) from instructor_grade_history"), 2);
}

static void
统计_figures_are_of_the_line_and_the_days_asked_for(void **state)
{
    struct desk *desk = *state;
    CountInstructorsRequest *in = count_instructors_request_new(desk->arena);
    InstructorFigures *figures;
    ProtobufCMessage *out;

    in->since = wire_text("2026-03-01");
    in->until = wire_text("2026-03-01");
    assert_null(desk_call(desk, desk_method(&organizations_count_instructors), &in->base, 0, &out));
    figures = (InstructorFigures *)out;
    assert_int_equal(figures->instructors, number(desk, "select count(*) from instructor where until is null"));
    assert_int_equal(figures->full_time, 0);
    assert_int_equal(figures->over_limit, 1);
    assert_int_equal(figures->visits, 3);
    assert_int_equal(figures->units_visited, 2);
    assert_int_equal(figures->problems, 2);
    assert_int_equal(figures->answered, 1);
    assert_int_equal(figures->unrouted, 1);
    in->since = wire_text("2026-03-02");
    in->until = wire_text("2026-06-30");
    assert_null(desk_call(desk, desk_method(&organizations_count_instructors), &in->base, 0, &out));
    assert_int_equal(((InstructorFigures *)out)->visits, 0);
    assert_int_equal(((InstructorFigures *)out)->reports_submitted, 1);
    desk_act_at(desk, "V");
    assert_null(desk_call(desk, desk_method(&organizations_count_instructors), &in->base, 0, &out));
    assert_int_equal(((InstructorFigures *)out)->instructors, 0);
}

static WorkPage *
work(struct desk *desk, WorkBox box)
{
    ListWorkRequest *in = list_work_request_new(desk->arena);
    ProtobufCMessage *out;

    in->box = box;
    assert_null(desk_call(desk, desk_method(&organizations_list_work), &in->base, 0, &out));
    return (WorkPage *)out;
}

static const WorkItem *
item(struct desk *desk, WorkBox box, const char *kind)
{
    WorkPage *page = work(desk, box);

    for (size_t i = 0; i < page->n_items; i++)
        if (strcmp(page->items[i]->kind, kind) == 0)
            return page->items[i];
    return NULL;
}

static void
待办_visit_report_and_answer_wait_for_whose_step_it_is(void **state)
{
    static const char *const may[] = { "problem.answer", "instructor.manage" };
    struct desk *desk = *state;
    Instructor *one = instructor(desk, "陈十三");
    const char *branch = desk_organization(desk, "T1")->id;
    struct actor himself;
    Visit *visit;

    assert_null(dispatch(desk, &one, 1, "2026-02-01"));
    be_instructor(desk, one);
    himself = desk->actor;
    assert_string_equal(item(desk, BOX(WAITING), "visit")->due_on, "2026-05-02");
    assert_true(item(desk, BOX(WAITING), "visit")->overdue);
    assert_string_equal(item(desk, BOX(WAITING), "instructor_report")->next_event, "draft");
    assert_null(enter(desk, dispatches(desk, "", "", false)->items[0]->id, "", "用电", "", &visit));
    assert_null(item(desk, BOX(WAITING), "visit"));
    be_the_city(state);
    desk->actor.permissions = may;
    desk->actor.n_permissions = 2;
    desk_act_at(desk, "T");
    assert_int_equal(item(desk, BOX(WAITING), "unrouted")->count,
                     number(desk, "select count(*) from visit where problem is not null and department_id is null"));
    assert_null(route(desk, visit, branch, 1));
    desk_act_at(desk, "T1");
    assert_string_equal(item(desk, BOX(WAITING), "problem")->next_event, "answer");
    desk->actor = himself;
    assert_non_null(item(desk, BOX(UNDER_WAY), "problem"));
    assert_null(item(desk, BOX(WAITING), "problem"));
}

static int
open_district(void **state)
{
    *state = desk_open();
    desk_load(*state, "district");
    return 0;
}

static void
台账导入_the_ledger_comes_in_once(void **state)
{
    struct desk *desk = *state;
    const Import *import;

    import = desk_commit(desk, desk_upload_file(desk, LEDGER(INSTRUCTORS), "district/instructors.csv"), false);
    assert_int_equal(import->created, 32);
    assert_int_equal(number(desk, "select count(*) from instructor i join organization o on o.id = i.organization_id"
                                  " where o.code = 'ROOT'"),
                     8);
    assert_int_equal(number(desk, "select count(*) from dispatch where telephone_sealed is not null"), 32);
    import = desk_upload_file(desk, LEDGER(INSTRUCTORS), "district/instructors.csv");
    assert_int_equal(import->unchanged, 32);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(选派_a_person_is_in_the_register_once, be_the_city),
        cmocka_unit_test_setup(下派_more_units_than_in_principle_are_flagged, be_the_city),
        cmocka_unit_test_setup(利益冲突_nobody_is_sent_to_where_he_works_or_owns, be_the_city),
        cmocka_unit_test_setup(指导员_finds_his_units_on_log_in_and_no_others, be_the_city),
        cmocka_unit_test_setup(轮换_units_go_to_the_successor_in_one_step, be_the_city),
        cmocka_unit_test_setup(走访_is_entered_by_the_instructor_and_moves_the_next_day, be_the_city),
        cmocka_unit_test_setup(问题转办_a_department_answers_once, be_the_city),
        cmocka_unit_test_setup(半年报告_begins_with_the_visits_and_comes_back_once_returned, be_the_city),
        cmocka_unit_test_setup(年度考核_the_last_grade_of_a_year_counts, be_the_city),
        cmocka_unit_test_setup(统计_figures_are_of_the_line_and_the_days_asked_for, be_the_city),
        cmocka_unit_test_setup(待办_visit_report_and_answer_wait_for_whose_step_it_is, be_the_city),
    };
    const struct CMUnitTest ledger[] = {
        cmocka_unit_test(台账导入_the_ledger_comes_in_once),
    };

    int failed = cmocka_run_group_tests(tests, open_town, desk_close_town);

    return failed + cmocka_run_group_tests(ledger, open_district, desk_close_town);
}
