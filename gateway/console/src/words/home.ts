// SPDX-License-Identifier: Apache-2.0
import { words } from '.'

export const homeWords = words('home', {
  title: ['{{name}} 概况', '{{name}}'],
  asOf: ['数据截至 {{date}}', 'As of {{date}}'],
  members: ['党员', 'Members'],
  floating: ['其中流动党员', 'of them floating'],
  organizations: ['党组织', 'Organizations'],
  single: ['单独组建', 'Own organization'],
  joint: ['联合组建', 'Joint organization'],
  units: ['两新单位', 'Units'],
  operating: ['正常经营', 'Operating'],
  coverage: ['党的组织覆盖率', 'Coverage'],
  coverageText: ['{{covered}} / {{base}}', '{{covered}} / {{base}}'],
  singleRate: ['单独组建率', 'Own-organization rate'],
  uncovered: ['空白点', 'Without an organization'],
  termsOver: ['任期届满未换届', 'Terms over'],
  welcome: ['您好，{{name}}', 'Hello, {{name}}'],
})
