// SPDX-License-Identifier: Apache-2.0
// The ledgers that are imported: their columns as files head them (the headings are Chinese in every language), and the
// page on which each is read.
import type { Schema } from '@/api/client'

export type Ledger = Schema['organizations.Ledger']

export const ledgers: Record<Ledger, { columns: string; page: string }> = {
  regions: { columns: 'code,name', page: '/organizations' },
  organizations: {
    columns: '组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,预备党员审批权',
    page: '/organizations',
  },
  units: {
    columns: '统一社会信用代码,单位名称,单位类型,行业,区划代码,所在园区,经营状况,职工人数,业主姓名,业主是否党员,党组织编码,覆盖方式,党建工作指导员',
    page: '/units',
  },
  members: {
    columns: '姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,手机号码,党内职务,人员类别,党费计算基数,流动党员',
    page: '/members',
  },
  instructors: {
    columns: '姓名,派出单位,专兼职,联系单位代码,联系单位名称,派驻日期,撤回日期,手机号码',
    page: '/units',
  },
}

/** A file with the headings and nothing else, as spreadsheets read it (UTF-8 with its mark). */
export function templateAddress(ledger: Ledger): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${ledgers[ledger].columns}\r\n`)}`
}
