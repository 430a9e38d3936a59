// SPDX-License-Identifier: Apache-2.0
import { words } from '.'

export const roleWords = words('roles', {
  city_clerk: ['市级管理员', 'City clerk'],
  district_clerk: ['区县管理员', 'District clerk'],
  committee_clerk: ['党委经办人', 'Committee clerk'],
  branch_secretary: ['支部书记', 'Branch secretary'],
  trade_department: ['行业主管部门', 'Trade department'],
  dues_accountant: ['党费记账', 'Dues accountant'],
  dues_cashier: ['党费出纳', 'Dues cashier'],
  instructor: ['党建指导员', 'Instructor'],
  unit_contact: ['单位联系人', 'Unit contact'],
  member: ['党员', 'Member'],
  system_administrator: ['系统管理员', 'System administrator'],
  security_administrator: ['安全管理员', 'Security administrator'],
  audit_administrator: ['审计管理员', 'Audit administrator'],
})
