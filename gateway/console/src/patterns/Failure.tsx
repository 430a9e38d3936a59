// SPDX-License-Identifier: Apache-2.0
// What went wrong, where it happened: the words of the server, the request id to quote, and one way on.
import { Alert, Button, Result, Space, Typography } from 'antd'
import { type Problem, problemOf } from '@/api/problem'
import { useWords } from '@/words'
import { frameWords } from '@/words/frame'

function useTitle(problem: Problem): string {
  const w = useWords(frameWords)
  if (problem.code === 'network') return w('network')
  if (problem.code === 'stale') return w('stale')
  return problem.message || w('failed')
}

function RequestId({ id }: { id: string }) {
  const w = useWords(frameWords)
  if (!id) return null
  return (
    <Typography.Text type="secondary">
      {w('requestId')} <Typography.Text code copyable={{ tooltips: w('copy') }}>{id}</Typography.Text>
    </Typography.Text>
  )
}

/** In the place of a page or a part that could not be read. */
export function FailedRead({ error, retry }: { error: unknown; retry?: () => void }) {
  const w = useWords(frameWords)
  const problem = problemOf(error)
  const title = useTitle(problem)
  const status = problem.status === 404 ? '404' : problem.status === 403 ? '403' : problem.status === 0 ? 'warning' : '500'
  return (
    <Result
      status={status}
      title={problem.status === 404 ? w('notFound') : problem.status === 403 ? w('denied') : title}
      subTitle={
        <Space orientation="vertical">
          {problem.detail}
          <RequestId id={problem.requestId} />
        </Space>
      }
      extra={retry && <Button onClick={retry}>{w('retry')}</Button>}
    />
  )
}

/** Above a form that was not taken: what was typed stays. `reload` reads what is there now, for a stale edit. */
export function FailedCommand({ error, reload }: { error: unknown; reload?: () => void }) {
  const w = useWords(frameWords)
  const problem = problemOf(error)
  const title = useTitle(problem)
  if (!error) return null
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      title={title}
      description={
        <Space orientation="vertical">
          {problem.detail}
          {problem.changedBy && w('staleBy', { who: problem.changedBy })}
          {problem.changes.map((change) => (
            <span key={change.pointer}>
              {change.pointer.slice(1)}: <b>{change.value}</b>
            </span>
          ))}
          {problem.fields.map((field) => (
            <span key={field.pointer + field.code}>
              {field.pointer.slice(1)}: {field.title}
            </span>
          ))}
          {problem.code === 'stale' && reload && <Button onClick={reload}>{w('staleReload')}</Button>}
          <RequestId id={problem.requestId} />
        </Space>
      }
    />
  )
}
