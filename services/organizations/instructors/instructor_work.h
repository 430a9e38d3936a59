/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of instructors and of departments, as parts of the one statement of open work (work/store_work.c, where $1
 * to $9 are told). For an instructor $1 is his post. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_WORK_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_WORK_H

/* A visit waits from a month before its day. */
#define WORK_VISITS                                                                                                    \
    " SELECT 'visit', d.id, '', u.name, 'planned', 'visit',"                                                           \
    "        (w.due_on - 30)::timestamp AT TIME ZONE 'Asia/Shanghai', w.due_on, 0, 'waiting'"                          \
    "   FROM account_post q JOIN person_post t ON t.person_id = q.holder AND t.role = 'instructor'"                    \
    "   JOIN dispatch d ON d.id = t.id JOIN instructor i ON i.id = d.instructor_id"                                    \
    "   JOIN unit u ON u.id = t.unit_id JOIN visit_interval g ON g.full_time = i.full_time"                            \
    "  CROSS JOIN LATERAL (SELECT coalesce(max(v.visited_on), t.since) + coalesce(d.visit_days, g.days)::int"          \
    "                        FROM visit v WHERE v.dispatch_id = d.id) w (due_on)"                                      \
    "  WHERE 'visit' = ANY ($3) AND q.id = $1 AND q.role = 'instructor' AND t.until IS NULL AND w.due_on <= $9"

/* Of the department that is asked, and, under way, of the instructor who brought it. */
#define PROBLEM_COLUMNS(box)                                                                                           \
    " SELECT 'problem', v.id, '', u.name, CASE WHEN v.answer IS NULL THEN 'routed' ELSE 'answered' END, " box          \
    "   FROM visit v JOIN person_post t ON t.id = v.dispatch_id JOIN unit u ON u.id = t.unit_id"
#define PROBLEM_SINCE "v.visited_on::timestamp AT TIME ZONE 'Asia/Shanghai', v.answer_due_on, 0,"
#define WORK_PROBLEMS                                                                                                  \
    PROBLEM_COLUMNS("CASE WHEN v.answer IS NULL THEN 'answer' ELSE '' END, " PROBLEM_SINCE                             \
                    " CASE WHEN v.answer IS NULL THEN 'waiting' ELSE 'done' END")                                      \
    "  WHERE 'problem' = ANY ($3) AND v.department_id = $1 UNION ALL" PROBLEM_COLUMNS(                                 \
        "'', " PROBLEM_SINCE                                                                                           \
        " CASE WHEN v.answer IS NULL THEN 'under_way' ELSE 'done' END") "   JOIN account_post q ON q.holder = "        \
                                                                        "t.person_id"                                  \
                                                                        "  WHERE 'visit' = ANY ($3) AND q.id = $1 "    \
                                                                        "AND q.role = 'instructor' AND "               \
                                                                        "v.department_id IS NOT NULL"

/* Of who dispatches: problems that nobody is asked to answer yet. */
#define WORK_UNROUTED                                                                                                  \
    " SELECT 'unrouted', $1::uuid, '', '', 'unrouted', 'route',"                                                       \
    "        min(f.visited_on)::timestamp AT TIME ZONE 'Asia/Shanghai', NULL::date, count(*), 'waiting'"               \
    "   FROM (SELECT v.visited_on FROM instructor i JOIN dispatch d ON d.instructor_id = i.id"                         \
    "           JOIN visit v ON v.dispatch_id = d.id AND v.problem IS NOT NULL AND v.department_id IS NULL"            \
    "          WHERE 'unrouted' = ANY ($3) AND i.organization_id = $1 LIMIT 1000) f HAVING count(*) > 0"

/* $10, $11: first and last day of the half-year that is over; $12: its reports are due */
#define WORK_HALF "CASE WHEN extract(month FROM $10::date) < 7 THEN 1 ELSE 2 END"
#define WORK_REPORTS                                                                                                   \
    " SELECT 'instructor_report', coalesce(r.id, i.id), to_char($10::date, 'YYYY-') || " WORK_HALF ", '',"             \
    "        coalesce(r.state, 'missing'), CASE WHEN r.id IS NULL THEN 'draft' ELSE 'submit' END,"                     \
    "        ($11::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', $12::date, 0, 'waiting'"                         \
    "   FROM account_post q JOIN instructor i ON i.person_id = q.holder AND i.until IS NULL AND i.since <= $11::date"  \
    "   LEFT JOIN instructor_report r ON r.instructor_id = i.id AND r.year = extract(year FROM $10::date)"             \
    "        AND r.half = " WORK_HALF "  WHERE 'instructor_report' = ANY ($3) AND q.id = $1 AND q.role = 'instructor'" \
    "    AND coalesce(r.state, 'missing') <> 'submitted'"

#endif
