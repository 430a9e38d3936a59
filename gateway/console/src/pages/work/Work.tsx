// SPDX-License-Identifier: Apache-2.0
// The to-do centre: what waits for this post, in every service, a tab a box. Each service lists its own.
import { Empty, List, Tabs, Tag } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { workServices } from '@/frame/counts'
import { useMay } from '@/frame/session'
import { showMoment } from '@/patterns/day'
import { FailedRead } from '@/patterns/Failure'
import { useWords, wordOr } from '@/words'
import { letterWords } from '@/words/letters'
import { workWords } from '@/words/work'

type Item = Schema['work.WorkItem']
type Box = Schema['work.WorkBox']
type Service = (typeof workServices)[number]

const boxes: Box[] = ['waiting', 'under_way', 'due_soon', 'done']
const LIMIT = 100

/** The page on which an item is dealt with. */
const places: Record<string, (item: Item) => string> = {
  letter: (item) => `/letters/${item.id}`,
  import: (item) => `/imports/${item.id}`,
  message: () => '/messages',
  post: () => '/accounts',
  post_review: () => '/accounts',
  terms: () => '/organizations',
}

function nextWord(item: Item): string {
  if (!item.next_event) return ''
  const letter = `do.${item.next_event}`
  return item.kind === 'letter' && letter in letterWords.table ? wordOr(letterWords, letter) : wordOr(workWords, `next.${item.next_event}`)
}

function Row({ item }: { item: Item }) {
  const w = useWords(workWords)
  const words = [wordOr(workWords, `kind.${item.kind}`), item.number, item.subject].filter(Boolean).join(' · ')
  const place = places[item.kind]
  return (
    <List.Item
      actions={[
        item.due_on && <span key="due">{w('due')} {item.due_on}</span>,
        item.waiting_days > 0 && <span key="days">{w('daysText', { count: item.waiting_days })}</span>,
        item.overdue && <Tag key="overdue" color="red">{w('overdue')}</Tag>,
      ].filter(Boolean)}
    >
      <List.Item.Meta
        title={place ? <Link to={place(item)}>{words}</Link> : words}
        description={[
          nextWord(item),
          item.count > 1 && w('count', { count: item.count }),
          showMoment(item.since),
        ].filter(Boolean).join(' · ')}
      />
    </List.Item>
  )
}

function ServiceWork({ row, box }: { row: Service; box: Box }) {
  const w = useWords(workWords)
  const { data, error, refetch } = useQuery(api.queryOptions('get', row.path, { params: { query: { box, limit: LIMIT } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!data?.items.length) return null
  return (
    <section aria-label={w(`service.${row.service}`)}>
      <h2>{w(`service.${row.service}`)}</h2>
      <List dataSource={data.items} rowKey={(item) => `${item.kind} ${item.id}`} renderItem={(item) => <Row item={item} />} />
    </section>
  )
}

function BoxOf({ box }: { box: Box }) {
  const may = useMay()
  const w = useWords(workWords)
  const mine = workServices.filter((row) => row.service !== 'notifications' && may(row.permission))
  return (
    <>
      {mine.map((row) => (
        <ServiceWork key={row.service} row={row} box={box} />
      ))}
      {mine.length === 0 && <Empty description={w('empty')} />}
    </>
  )
}

export default function Work() {
  const w = useWords(workWords)
  const [params, setParams] = useSearchParams()
  const box = boxes.find((name) => name === params.get('box')) ?? 'waiting'
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <Tabs
        activeKey={box}
        onChange={(key) => setParams({ box: key }, { replace: true })}
        items={boxes.map((name) => ({ key: name, label: w(`box.${name}`), children: <BoxOf box={name} /> }))}
        destroyOnHidden
      />
    </>
  )
}
