/* SPDX-License-Identifier: Apache-2.0 */
/* 党内职务 as far as rules of other services ask for it: a secretary or a committee member owes more class hours
 * (党员教育管理工作条例, 全国党员教育培训工作规划). Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_DUTY_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_DUTY_H

/* "secretary" (书记), "committee_member" (副书记, 委员), or NULL for what is no such duty. `duty` as the ledger has it:
 * "书记", "支部书记", "组织委员"; NULL: none. */
const char *duty_code(const char *duty);

#endif
