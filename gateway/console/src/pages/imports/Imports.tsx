// SPDX-License-Identifier: Apache-2.0
// The imports of the acting post: those that are open and those that are over, as the to-do lists tell them.
import { Button, Flex, Tabs, Tag } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { showMoment } from '@/patterns/day'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords, wordOr } from '@/words'
import { importWords } from '@/words/imports'
import { workWords } from '@/words/work'

type Item = Schema['work.WorkItem']

const boxes = ['waiting', 'under_way', 'done'] as const

function Box({ box }: { box: (typeof boxes)[number] }) {
  const w = useWords(importWords)
  return (
    <QueryTable<Item>
      name="imports"
      caption={w('title')}
      columns={[
        { key: 'ledger', title: w('ledger'), show: (row) => <Link to={`/imports/${row.id}`}>{wordOr(importWords, `ledger.${row.number}`)}</Link> },
        { key: 'file', title: w('file'), show: (row) => row.subject },
        { key: 'state', title: w('state'), show: (row) => <Tag>{wordOr(importWords, `state.${row.state}`)}</Tag> },
        { key: 'created', title: w('created'), show: (row) => showMoment(row.since) },
      ]}
      page={(_query, cursor) => ({
        ...api.queryOptions('get', '/api/v1/work/organizations', { params: { query: { box, cursor, limit: PAGE_SIZE } } }),
        select: (page: Schema['work.WorkPage']) => ({ ...page, items: page.items.filter((item) => item.kind === 'import') }),
      })}
      empty={w('empty')}
    />
  )
}

export default function Imports() {
  const w = useWords(importWords)
  const work = useWords(workWords)
  const [params, setParams] = useSearchParams()
  const box = boxes.find((name) => name === params.get('box')) ?? 'waiting'
  return (
    <>
      <Flex justify="space-between" wrap gap="small">
        <h1 className="page-title">{w('title')}</h1>
        <Link to="/imports/new"><Button type="primary">{w('new')}</Button></Link>
      </Flex>
      <Tabs
        activeKey={box}
        onChange={(key) => setParams({ box: key }, { replace: true })}
        items={boxes.map((name) => ({ key: name, label: work(`box.${name}`), children: <Box box={name} /> }))}
        destroyOnHidden
      />
    </>
  )
}
