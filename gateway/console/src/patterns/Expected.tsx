// SPDX-License-Identifier: Apache-2.0
// The next step that something waits for: whose it is, until when, for how long already.
import { Tag } from 'antd'
import type { Schema } from '@/api/client'
import { useWords, wordOr } from '@/words'
import { letterWords } from '@/words/letters'
import { patternWords } from '@/words/patterns'

export function Expected({ expected }: { expected: Schema['transfers.Expectation'] }) {
  const w = useWords(patternWords)
  if (!expected.next_event) return null
  const parts = [wordOr(letterWords, `do.${expected.next_event}`), expected.due_on && w('due', { date: expected.due_on })]
  return (
    <span>
      {parts.filter(Boolean).join(' ')} {expected.overdue && <Tag color="red">{w('overdue')}</Tag>}
      {expected.waiting_days > 0 && <small>{w('waited', { count: expected.waiting_days })}</small>}
      {expected.provisional && <small>{w('provisional')}</small>}
    </span>
  )
}
