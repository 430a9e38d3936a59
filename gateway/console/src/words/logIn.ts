// SPDX-License-Identifier: Apache-2.0
import { words } from '.'

export const logInWords = words('logIn', {
  title: ['两新组织党建管理', 'Liangxin'],
  account: ['账号', 'Account'],
  password: ['密码或一次性激活码', 'Password or one-time code'],
  enter: ['登录', 'Log in'],
  entering: ['正在登录…', 'Logging in…'],
  network: ['服务器没有回应，请检查网络后重试', 'The server did not answer. Check the network and try again.'],
  verify: ['查验介绍信真伪', 'Check a letter'],
  other: ['English', '中文'],
})

export const verifyWords = words('verify', {
  title: ['组织关系介绍信查验', 'Check of a transfer letter'],
  code: ['查验码', 'Check code'],
  codeHint: ['介绍信二维码下方的一行字符', 'The line below the QR code of the letter'],
  check: ['查验', 'Check'],
  number: ['编号', 'Number'],
  member: ['党员', 'Member'],
  from: ['开出', 'Issued by'],
  to: ['抬头', 'Addressed to'],
  issued: ['开具日期', 'Issued on'],
  valid: ['有效期至', 'Valid to'],
  asOf: ['数据截至', 'As of'],
  unknown: ['没有这个查验码。请核对每个字符；三次核对仍无结果，请联系开出组织。', 'There is no such code. Compare every character; if it stays unknown ask the issuer.'],
  throttled: ['查验过于频繁，请稍后再试', 'Too many checks. Try again later.'],
  'state.valid': ['有效，尚未接收', 'Valid, not yet received'],
  'state.received': ['已被接收', 'Received'],
  'state.refused': ['已被拒收', 'Refused'],
  'state.expired': ['已过期', 'Expired'],
  'state.void': ['已作废', 'Void'],
})
