// SPDX-License-Identifier: Apache-2.0
import { Button, Tag } from 'antd'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { showMoment } from '@/patterns/day'
import { Expected } from '@/patterns/Expected'
import { type Column, PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { letterWords } from '@/words/letters'

type Letter = Schema['transfers.Letter']
type State = Schema['transfers.LetterState']

export const letterStates = [
  'draft', 'submitted', 'returned', 'agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check', 'accepted',
  'reported', 'receipted', 'refused_in', 'expired', 'lost', 'closed', 'cancelled', 'withdrawn', 'refused_out', 'voided',
] as const satisfies readonly State[]

const colours: Partial<Record<State, string>> = {
  issued: 'blue', received: 'blue', file_check: 'blue', accepted: 'green', reported: 'green', receipted: 'green', closed: 'default',
  refused_in: 'red', expired: 'red', lost: 'red', refused_out: 'red', voided: 'red', returned: 'orange', recall_asked: 'orange',
}

export function StateTag({ state }: { state: State }) {
  const w = useWords(letterWords)
  return <Tag color={colours[state]}>{w(`state.${state}`)}</Tag>
}

export default function Letters() {
  const w = useWords(letterWords)
  const may = useMay()
  const columns: Column<Letter>[] = [
    { key: 'number', title: w('number'), width: 150, show: (row) => <Link to={`/letters/${row.id}`}>{row.number || w('numberless')}</Link> },
    { key: 'member', title: w('member'), width: 110, show: (row) => row.member_name },
    { key: 'state', title: w('state'), width: 130, show: (row) => <StateTag state={row.state} /> },
    { key: 'from', title: w('from'), show: (row) => row.from_branch_name },
    { key: 'to', title: w('to'), show: (row) => row.to_committee_name },
    { key: 'toBranch', title: w('toBranch'), show: (row) => row.to_branch_name, hidden: true },
    { key: 'turn', title: w('turn'), show: (row) => row.expected && <Expected expected={row.expected} /> },
    { key: 'valid', title: w('validTo'), width: 120, show: (row) => row.valid_to },
    { key: 'created', title: w('created'), width: 150, show: (row) => showMoment(row.created_at) },
  ]
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Letter>
        name="letters"
        caption={w('title')}
        columns={columns}
        filters={[{ name: 'state', label: w('state'), kind: 'choice', choices: letterStates.map((state) => ({ value: state, label: w(`state.${state}`) })) }]}
        page={({ state }, cursor) =>
          api.queryOptions('get', '/api/v1/transfers', { params: { query: { state: state as State | undefined, cursor, limit: PAGE_SIZE } } })
        }
        empty={w('empty')}
        extra={
          may('letter.draft') && (
            <Link to="/letters/new">
              <Button type="primary">{w('new')}</Button>
            </Link>
          )
        }
      />
    </>
  )
}
