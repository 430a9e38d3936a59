// SPDX-License-Identifier: Apache-2.0
// A letter: who, from where to where, whose turn it is, what moves along, and everything that happened.
import { useQuery } from '@tanstack/react-query'
import { Button, Card, Flex, Skeleton, Space } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { useMay } from '@/frame/session'
import { showMoment } from '@/patterns/day'
import { Expected } from '@/patterns/Expected'
import { type Fact, Facts } from '@/patterns/Facts'
import { showYuan } from '@/patterns/money'
import { FailedCommand, FailedRead } from '@/patterns/Failure'
import { type Step, Timeline } from '@/patterns/Timeline'
import { useWords, wordOr } from '@/words'
import { letterWords } from '@/words/letters'
import { patternWords } from '@/words/patterns'
import { CommandDialog } from './CommandDialog'
import { commandRows, stepWord } from './commands'
import { StateTag } from './Letters'

type Letter = Schema['transfers.Letter']

const onPaper: Letter['state'][] = ['issued', 'recall_asked', 'received', 'file_check', 'accepted', 'reported', 'receipted', 'closed', 'expired', 'lost', 'refused_in']
const beforeAcceptance: Letter['state'][] = ['agreed', 'up_review', 'issued', 'recall_asked', 'received', 'file_check']
const withReceipt: Letter['state'][] = ['accepted', 'reported', 'receipted', 'closed']

function LetterFacts({ letter }: { letter: Letter }) {
  const w = useWords(letterWords)
  const facts: Fact[] = [
    [w('number'), letter.number || w('numberless')],
    [w('state'), <StateTag key="state" state={letter.state} />],
    [w('kind'), w(`kind.${letter.kind}`)],
    [w('member'), letter.member_name],
    [w('reason'), w(`reason.${letter.reason}`)],
    [w('from'), letter.from_branch_name],
    [w('fromCommittee'), letter.from_committee_name],
    [w('to'), letter.to_committee_name],
    [w('toBranch'), letter.to_branch_name],
    [w('duesPaidTo'), letter.dues_paid_to],
    [w('issuedOn'), letter.issued_on],
    [w('validTo'), letter.valid_to],
    [w('receiptNumber'), letter.receipt_number],
    [w('receivedOn'), letter.receipt_on],
    [w('checkCode'), letter.check_code && <Link key="code" to={`/verify/${letter.check_code}`}>{letter.check_code}</Link>],
    [w('replaces'), letter.replaces_id && <Link key="replaces" to={`/letters/${letter.replaces_id}`}>{letter.replaces_id}</Link>],
  ]
  return <Facts facts={facts} />
}

function Moves({ id }: { id: string }) {
  const w = useWords(letterWords)
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/transfers/{id}/moves', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 2 }} />
  const { dues, training, papers } = data
  const facts: Fact[] = [
    [w('moves.dues'), dues.known ? w('moves.duesText', { month: dues.paid_to, months: dues.months_behind, yuan: showYuan(dues.arrears_fen) }) : w('moves.unknown')],
    [w('moves.training'), training.known ? w('moves.trainingText', { year: training.year, required: training.required_tenths / 10, done: training.done_tenths / 10 }) : w('moves.unknown')],
    [w('moves.papers'), papers.known ? w('moves.papersText', { count: papers.papers }) : w('moves.unknown')],
  ]
  return <Facts facts={facts} />
}

function History({ id }: { id: string }) {
  const w = useWords(letterWords)
  const p = useWords(patternWords)
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/transfers/{id}/timeline', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton active />
  const steps: Step[] = data.items.map((item) => ({
    key: `${item.version} ${item.at}`,
    what: wordOr(letterWords, `do.${item.event}` in letterWords.table ? `do.${item.event}` : `event.${item.event}`),
    where: item.organization_name,
    when: showMoment(item.at),
    waited: item.waited_days > 0 ? p('waited', { count: item.waited_days }) : undefined,
    note: [item.refusal && w(`refusal.${item.refusal}`), item.note].filter(Boolean).join('：'),
  }))
  if (data.expected?.next_event) steps.push({ key: 'next', open: true, what: <Expected expected={data.expected} />, where: wordOr(letterWords, `actor.${data.expected.next_role}`) })
  return <Timeline steps={steps} />
}

function Print({ letter }: { letter: Letter }) {
  const w = useWords(letterWords)
  const command = useCommand()
  // A copy is counted before it is shown: the address of the paper answers only with what has been printed.
  const print = async (kind: Schema['transfers.PaperKind']) => {
    const page = window.open('about:blank', '_blank')
    try {
      await command.mutateAsync({ path: `/api/v1/transfers/${letter.id}/paper`, body: { kind } })
      if (page) page.location.href = `/api/v1/transfers/${letter.id}/paper?kind=${kind}`
    } catch {
      page?.close()
    }
  }
  return (
    <>
      {onPaper.includes(letter.state) && <Button onClick={() => void print('letter')}>{w('print')}</Button>}
      {withReceipt.includes(letter.state) && <Button onClick={() => void print('receipt')}>{w('printReceipt')}</Button>}
      <FailedCommand error={command.error} />
    </>
  )
}

export default function LetterPage() {
  const w = useWords(letterWords)
  const may = useMay()
  const { id = '' } = useParams()
  const [event, setEvent] = useState<string>()
  const { data: letter, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/transfers/{id}', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!letter) return <Skeleton active />
  const actions = letter.allowed_actions.filter((action) => stepWord(action) in letterWords.table)
  return (
    <Flex vertical gap="middle">
      <Flex wrap justify="space-between" gap="small">
        <h1 className="page-title">
          {w('title')} {letter.number} <StateTag state={letter.state} />
        </h1>
        <Space wrap role="group" aria-label={w('actions')}>
          {actions.map((action) => (
            <Button
              key={action}
              type={commandRows[action]?.primary ? 'primary' : 'default'}
              danger={commandRows[action]?.danger ?? false}
              onClick={() => setEvent(action)}
            >
              {w(stepWord(action))}
            </Button>
          ))}
          {may('letter.issue') && <Print letter={letter} />}
        </Space>
      </Flex>
      <LetterFacts letter={letter} />
      {beforeAcceptance.includes(letter.state) && (
        <Card size="small" title={w('moves')}>
          <Moves id={letter.id} />
        </Card>
      )}
      <Card size="small" title={w('timeline')}>
        <History id={letter.id} />
      </Card>
      {event && <CommandDialog letter={letter} event={event} close={() => setEvent(undefined)} />}
    </Flex>
  )
}
