/* SPDX-License-Identifier: Apache-2.0 */
/* Who finds a dispatch and what hangs on it, as parts of statements whose $1 is the scope: whoever reaches the
 * organization that dispatches or the one that covers the unit, and the instructor himself by his post. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_SCOPE_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_SCOPE_H

/* i: instructor */
#define INSTRUCTOR_WRITTEN                                                                                             \
    "EXISTS (SELECT FROM organization_scope s"                                                                         \
    "         WHERE s.descendant = i.organization_id AND s.ancestor = $1 AND s.writes)"
/* t: the dispatch's person_post */
#define DISPATCH_OWN                                                                                                   \
    "EXISTS (SELECT FROM account_post q WHERE q.id = $1 AND q.role = 'instructor' AND q.holder = t.person_id)"
/* ... and u: its unit */
#define DISPATCH_SEEN                                                                                                  \
    "(EXISTS (SELECT FROM organization_scope s"                                                                        \
    "          WHERE s.descendant IN (i.organization_id, u.organization_id) AND s.ancestor = $1) OR " DISPATCH_OWN ")"

/* The dispatches d of a narrow line (scope_breadth.h), by who dispatches and by who covers. */
#define DISPATCHES_BELOW_TOP                                                                                           \
    "(SELECT d.id FROM top JOIN " BELOW_TOP " JOIN instructor i ON i.organization_id = l.descendant"                   \
    "   JOIN dispatch d ON d.instructor_id = i.id WHERE (SELECT narrow FROM line)"                                     \
    " UNION SELECT d.id FROM top JOIN " BELOW_TOP " JOIN unit u ON u.organization_id = l.descendant"                   \
    "   JOIN person_post t ON t.unit_id = u.id JOIN dispatch d ON d.id = t.id WHERE (SELECT narrow FROM line))"

#endif
