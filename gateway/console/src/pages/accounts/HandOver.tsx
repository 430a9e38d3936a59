// SPDX-License-Identifier: Apache-2.0
// A post handed over (工作交接): the open work is shown first, and its numbers go with the command as confirmed.
import { useQuery } from '@tanstack/react-query'
import { Form, Select, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { FailedRead } from '@/patterns/Failure'
import { useWords, wordOr } from '@/words'
import { accountWords } from '@/words/accounts'
import { workWords } from '@/words/work'

type Post = Schema['organizations.Post']
type Work = Schema['organizations.ServiceWork']

const FOUND = 20

function AccountSelect({ label, except, ...given }: { label: string; except: string; id?: string; value?: string; onChange?: (id: string) => void }) {
  const [typed, setTyped] = useState('')
  const { data, isFetching } = useQuery(api.queryOptions('get', '/api/v1/accounts', { params: { query: { name: typed || undefined, limit: FOUND } } }))
  const options = (data?.items ?? []).filter(({ id }) => id !== except).map(({ id, name }) => ({ value: id, label: name }))
  return <Select aria-label={label} showSearch={{ filterOption: false, onSearch: setTyped }} loading={isFetching} options={options} {...given} />
}

function OpenWork({ items }: { items: Work[] }) {
  const w = useWords(accountWords)
  return (
    <Table<Work>
      aria-label={w('openWork')}
      title={() => w('openWork')}
      size="small"
      rowKey="service"
      pagination={false}
      locale={{ emptyText: w('noWork') }}
      dataSource={items}
      columns={[
        { key: 'service', title: w('service'), render: (_, row) => wordOr(workWords, `service.${row.service}`) },
        { key: 'waiting', title: w('waiting'), render: (_, row) => row.waiting },
        { key: 'underWay', title: w('underWay'), render: (_, row) => row.under_way },
      ]}
    />
  )
}

export function HandOver({ post, close }: { post: Post; close: () => void }) {
  const w = useWords(accountWords)
  const must = useMust()
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/posts/{id}/work', { params: { path: { id: post.id } } }))
  return (
    <CommandModal title={`${w('handOver')} · ${post.account_name}`} path={`/api/v1/posts/${post.id}/hand_over`} more={{ work: data?.items }} close={close}>
      {error && <FailedRead error={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton active />}
      {data && <OpenWork items={data.items} />}
      <Form.Item name="to_account_id" label={w('handOverTo')} rules={must(w('handOverTo'))}>
        <AccountSelect label={w('handOverTo')} except={post.account_id} />
      </Form.Item>
    </CommandModal>
  )
}
