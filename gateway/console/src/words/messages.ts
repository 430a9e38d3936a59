// SPDX-License-Identifier: Apache-2.0
import { words } from '.'

export const messageWords = words('messages', {
  title: ['消息', 'Messages'],
  subject: ['内容', 'Subject'],
  kind: ['类别', 'Kind'],
  at: ['时间', 'Time'],
  read: ['已读', 'Read'],
  unread: ['未读', 'Unread'],
  which: ['范围', 'Which'],
  readAll: ['全部标为已读', 'Mark all as read'],
  'kind.letter': ['转接', 'Transfer'],
  'kind.move': ['组织内调整', 'Move'],
  'kind.import': ['导入', 'Import'],
  'kind.post': ['岗位', 'Post'],
  'kind.terms': ['换届', 'Term'],
  empty: ['没有消息', 'No messages'],
})
