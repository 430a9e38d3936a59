// SPDX-License-Identifier: Apache-2.0
// What becomes of each row of a file, and why.
import { Tag } from 'antd'
import { api, type Schema } from '@/api/client'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords, wordOr } from '@/words'
import { importWords } from '@/words/imports'

type Row = Schema['organizations.ImportRow'] & { id?: string }
type Outcome = Schema['organizations.RowOutcome']
type Problem = Schema['organizations.RowProblem']

export const outcomes: Outcome[] = ['created', 'updated', 'unchanged', 'duplicate', 'invalid']
const colours: Record<Outcome, string> = { created: 'blue', updated: 'blue', unchanged: 'default', duplicate: 'purple', invalid: 'red' }

function problemText({ column, code, detail }: Problem): string {
  return [column, wordOr(importWords, `problem.${code}`), detail].filter(Boolean).join('：')
}

export function ImportRows({ id }: { id: string }) {
  const w = useWords(importWords)
  return (
    <QueryTable<Row>
      name="import-rows"
      caption={w('rows')}
      columns={[
        { key: 'row', title: w('row'), width: 80, show: (row) => <span className="number">{row.row}</span> },
        { key: 'outcome', title: w('outcome'), width: 100, show: (row) => row.outcome && <Tag color={colours[row.outcome]}>{w(`outcome.${row.outcome}`)}</Tag> },
        {
          key: 'problems', title: w('problems'),
          show: (row) => (
            <>
              {row.problems.map((problem) => <div key={`${problem.column} ${problem.code}`}>{problemText(problem)}</div>)}
              {row.kept_code && <div>{wordOr(importWords, `problem.${row.kept_code}`)}</div>}
            </>
          ),
        },
      ]}
      filters={[{ name: 'outcome', label: w('outcome'), kind: 'choice', choices: outcomes.map((value) => ({ value, label: w(`outcome.${value}`) })) }]}
      page={({ outcome }, cursor) => ({
        ...api.queryOptions('get', '/api/v1/imports/{id}/rows', { params: { path: { id }, query: { outcome: outcome as Outcome | undefined, cursor, limit: PAGE_SIZE } } }),
        select: (page: Schema['organizations.ImportRowPage']) => ({ ...page, items: page.items.map((row): Row => ({ ...row, id: String(row.row) })) }),
      })}
    />
  )
}
