// SPDX-License-Identifier: Apache-2.0
// One's own log-ins: a window that was left open elsewhere is ended here.
import { Button, Tag } from 'antd'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { showMoment } from '@/patterns/day'
import { FailedCommand } from '@/patterns/Failure'
import { QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { sessionWords } from '@/words/accounts'

export default function Sessions() {
  const w = useWords(sessionWords)
  const command = useCommand()
  const end = (id: string) => void command.mutateAsync({ path: `/api/v1/sessions/${id}/end` }).catch(() => undefined)
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <FailedCommand error={command.error} />
      <QueryTable<Schema['organizations.SessionItem']>
        name="sessions"
        caption={w('title')}
        columns={[
          { key: 'since', title: w('since'), show: (row) => showMoment(row.created_at) },
          { key: 'seen', title: w('seen'), show: (row) => showMoment(row.seen_at) },
          { key: 'actions', title: w('actions'), show: (row) => (row.current ? <Tag>{w('here')}</Tag> : <Button size="small" danger onClick={() => end(row.id)}>{w('end')}</Button>) },
        ]}
        page={() => api.queryOptions('get', '/api/v1/sessions')}
      />
    </>
  )
}
