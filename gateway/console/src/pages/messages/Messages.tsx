// SPDX-License-Identifier: Apache-2.0
import { Button, Tag } from 'antd'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { showMoment } from '@/patterns/day'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords, language } from '@/words'
import { messageWords } from '@/words/messages'

type Message = Schema['notifications.Message']

/** Where the thing that a message is about can be seen. */
const places: Partial<Record<Message['kind'], string>> = { letter: '/letters/', import: '/imports/' }

export default function Messages() {
  const w = useWords(messageWords)
  const command = useCommand()
  const open = (row: Message) => !row.read_at && command.mutate({ path: `/api/v1/messages/${row.id}/read` })
  const title = (row: Message) => (language() === 'en' ? row.title_en : row.title_zh)
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Message>
        name="messages"
        caption={w('title')}
        columns={[
          {
            key: 'subject',
            title: w('subject'),
            show: (row) => {
              const place = places[row.kind]
              const words = `${title(row)} ${row.number}`
              return place ? <Link to={place + row.subject_id} onClick={() => open(row)}>{words}</Link> : words
            },
          },
          { key: 'kind', title: w('kind'), width: 110, show: (row) => w(`kind.${row.kind}`) },
          { key: 'read', title: w('read'), width: 90, show: (row) => (row.read_at ? w('read') : <Tag color="red">{w('unread')}</Tag>) },
          { key: 'at', title: w('at'), width: 160, show: (row) => showMoment(row.at) },
        ]}
        filters={[{ name: 'unread', label: w('which'), kind: 'choice', choices: [{ value: 'true', label: w('unread') }] }]}
        page={({ unread }, cursor) =>
          api.queryOptions('get', '/api/v1/messages', { params: { query: { unread: unread === 'true' || undefined, cursor, limit: PAGE_SIZE } } })
        }
        empty={w('empty')}
        extra={<Button onClick={() => command.mutate({ path: '/api/v1/messages/read' })}>{w('readAll')}</Button>}
      />
    </>
  )
}
