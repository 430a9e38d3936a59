// SPDX-License-Identifier: Apache-2.0
// One import from its dry run to its undoing. Everything shown is read from the job, which goes on when nobody looks.
import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Card, Flex, Skeleton, Space, Statistic, Tag } from 'antd'
import { Link, useParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { showMoment } from '@/patterns/day'
import { FailedCommand, FailedRead } from '@/patterns/Failure'
import { JobProgress } from '@/patterns/JobProgress'
import { useWords, wordOr } from '@/words'
import { importWords } from '@/words/imports'
import { patternWords } from '@/words/patterns'
import { Headings } from './Headings'
import { ImportRows, outcomes } from './ImportRows'
import { ImportSteps } from './ImportSteps'
import { ledgers } from './ledgers'

type Import = Schema['organizations.Import']
type State = Import['state']

const LOOK_MS = 1000 // while it is at work
const atWork: State[] = ['queued', 'validating', 'committing', 'undoing']
const steps: Record<State, number> = {
  queued: 2, validating: 3, validated: 4, committing: 4, succeeded: 5, failed: 2, cancelled: 5, undoing: 5, undone: 5,
}

/** The closed arithmetic: what was read is the sum of what becomes of it. */
function Arithmetic({ job }: { job: Import }) {
  const w = useWords(importWords)
  return (
    <Flex wrap gap="large" align="flex-end" aria-label={w('read')} role="group">
      <Statistic title={w('read')} value={job.read} />
      {outcomes.map((outcome, n) => (
        <Statistic key={outcome} title={w(`outcome.${outcome}`)} value={job[outcome]} prefix={n ? '+' : '='} />
      ))}
    </Flex>
  )
}

function Verdict({ job }: { job: Import }) {
  const w = useWords(importWords)
  if (job.state === 'failed') {
    const why = [wordOr(importWords, `problem.${job.problem}`), job.problem_detail].filter(Boolean).join('：')
    return <Alert type="error" showIcon title={w('failed', { why })} />
  }
  if (job.state === 'undone') return <Alert type="info" showIcon title={w('undone', { undone: job.undone, kept: job.kept })} />
  if (job.state !== 'validated') return null
  if (job.invalid > 0) return <Alert type="warning" showIcon title={w('blocked', { count: job.invalid })} />
  return <Alert type="success" showIcon title={job.created + job.updated > 0 ? w('clean') : w('nothing')} />
}

function Actions({ job }: { job: Import }) {
  const w = useWords(importWords)
  const p = useWords(patternWords)
  const { modal } = App.useApp()
  const command = useCommand<Import>()
  const path = `/api/v1/imports/${job.id}`
  const run = (what: string, body: object = {}, version?: number) => void command.mutateAsync({ path: `${path}/${what}`, body, version }).catch(() => undefined)
  const undo = () =>
    void modal.confirm({ title: w('undo'), content: w('undoText'), okText: p('ok'), cancelText: p('cancel'), okButtonProps: { danger: true }, onOk: () => run('undo') })
  const good = job.created + job.updated
  const undoable = job.undo_until && Date.parse(job.undo_until) > Date.now() && ['succeeded', 'cancelled'].includes(job.state)
  return (
    <Flex vertical gap="small">
      <FailedCommand error={command.error} />
      <Space wrap>
        {job.state === 'validated' && job.invalid === 0 && good > 0 && (
          <Button type="primary" loading={command.isPending} onClick={() => run('commit', {}, job.version)}>{w('commit')}</Button>
        )}
        {job.state === 'validated' && job.invalid > 0 && good > 0 && (
          <Button type="primary" loading={command.isPending} onClick={() => run('commit', { good_rows_only: true }, job.version)}>{w('commitGood', { count: good })}</Button>
        )}
        {['queued', 'validating', 'validated', 'committing'].includes(job.state) && <Button onClick={() => run('cancel')}>{w('cancel')}</Button>}
        {job.read > 0 && !atWork.includes(job.state) && <Button href={`${path}/annotated`} download>{w('annotated')}</Button>}
        {job.state === 'succeeded' && <Link to={ledgers[job.ledger].page}><Button>{w('open')}</Button></Link>}
        {undoable && <Button danger onClick={undo}>{w('undo')}</Button>}
        {undoable && <small>{w('undoUntil', { time: showMoment(job.undo_until) })}</small>}
      </Space>
    </Flex>
  )
}

export default function ImportPage() {
  const w = useWords(importWords)
  const { id = '' } = useParams()
  const { data: job, error, refetch } = useQuery({
    ...api.queryOptions('get', '/api/v1/imports/{id}', { params: { path: { id } } }),
    refetchInterval: (query) => (query.state.data && atWork.includes(query.state.data.state) ? LOOK_MS : false),
  })
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!job) return <Skeleton active />
  return (
    <Flex vertical gap="middle">
      <h1 className="page-title" style={{ margin: 0 }}>
        {w('title')} · {w(`ledger.${job.ledger}`)} <Tag>{w(`state.${job.state}`)}</Tag> <small>{job.file_name}</small>
      </h1>
      <Card>
        <ImportSteps at={steps[job.state]} failed={job.state === 'failed'} />
        <Flex vertical gap="middle">
          {atWork.includes(job.state) && <JobProgress label={w(`state.${job.state}`)} done={job.done} total={job.read} />}
          <Verdict job={job} />
          {job.read > 0 && <Arithmetic job={job} />}
          {job.hidden > 0 && <Alert type="info" title={w('hidden', { count: job.hidden })} />}
          <Actions job={job} />
        </Flex>
      </Card>
      {job.read > 0 && !atWork.includes(job.state) && <Card size="small" title={w('rows')}><ImportRows id={id} /></Card>}
      {job.headings.length > 0 && <Card size="small" title={w('headings')}><Headings job={job} /></Card>}
    </Flex>
  )
}
