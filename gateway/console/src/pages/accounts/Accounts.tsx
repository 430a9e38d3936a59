// SPDX-License-Identifier: Apache-2.0
// The accounts at and below the acting organization with their posts: made, locked, given a code, handed over.
import { Button, Flex, Form, Input, Modal, Space, Tag, Typography } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { showMoment } from '@/patterns/day'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords, wordOr } from '@/words'
import { accountWords } from '@/words/accounts'
import { patternWords } from '@/words/patterns'
import { roleWords } from '@/words/roles'
import { HandOver } from './HandOver'
import { PostFields } from './PostFields'

type Account = Schema['organizations.Account']
type Post = Schema['organizations.Post']
type Code = Schema['organizations.ActivationCode']
type Dialog =
  | { what: 'new' }
  | { what: 'lock' | 'unlock' | 'reset' | 'post'; account: Account }
  | { what: 'end' | 'handOver'; account: Account; post: Post }

function CodeShown({ code, close }: { code: Code; close: () => void }) {
  const w = useWords(accountWords)
  const p = useWords(patternWords)
  return (
    <Modal open title={`${w('code')} · ${code.name}`} onCancel={close} footer={<Button type="primary" onClick={close}>{p('ok')}</Button>}>
      <p>{w('codeOnce')}</p>
      <Typography.Title level={3} copyable={{ tooltips: w('copy') }}>{code.code}</Typography.Title>
      <p>{w('codeUntil', { time: showMoment(code.expires_at) })}</p>
    </Modal>
  )
}

function NewAccount({ close, made }: { close: () => void; made: (id: string) => void }) {
  const w = useWords(accountWords)
  const must = useMust()
  return (
    <CommandModal<Schema['organizations.CreatedAccount']> title={w('new')} path="/api/v1/accounts" taken={({ id }) => made(id)} close={close}>
      <Form.Item name="name" label={w('name')} extra={w('nameHint')} rules={[...must(w('name')), { pattern: /^[A-Za-z0-9_-]+$/, message: w('nameHint') }]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <PostFields />
    </CommandModal>
  )
}

function OpenDialog({ dialog, close, reset, shown }: { dialog: Dialog; close: () => void; reset: (id: string) => void; shown: (code: Code) => void }) {
  const w = useWords(accountWords)
  if (dialog.what === 'new') return <NewAccount close={close} made={reset} />
  const path = `/api/v1/accounts/${dialog.account.id}`
  const title = (word: string) => `${word} · ${dialog.account.name}`
  if (dialog.what === 'handOver') return <HandOver post={dialog.post} close={close} />
  if (dialog.what === 'end')
    return (
      <CommandModal title={title(w('endPost'))} path={`/api/v1/posts/${dialog.post.id}/end`} danger close={close}>
        <p>{wordOr(roleWords, dialog.post.role)} · {dialog.post.organization_name}</p>
      </CommandModal>
    )
  if (dialog.what === 'post')
    return (
      <CommandModal title={title(w('addPost'))} path="/api/v1/posts" more={{ account_id: dialog.account.id }} close={close}>
        <PostFields until />
      </CommandModal>
    )
  if (dialog.what === 'reset')
    return (
      <CommandModal<Code> title={title(w('code'))} path={`${path}/reset`} danger taken={shown} close={close}>
        <p>{w('codeText')}</p>
      </CommandModal>
    )
  return (
    <CommandModal title={title(w(dialog.what))} path={`${path}/${dialog.what}`} danger={dialog.what === 'lock'} close={close}>
      {dialog.what === 'lock' && <p>{w('lockText')}</p>}
    </CommandModal>
  )
}

function Posts({ account, open }: { account: Account; open: (dialog: Dialog) => void }) {
  const w = useWords(accountWords)
  return (
    <Flex vertical gap={4}>
      {account.posts.map((post) => (
        <Space key={post.id} wrap size="small">
          {wordOr(roleWords, post.role)} · {post.organization_name} {post.until}
          <Button size="small" onClick={() => open({ what: 'handOver', account, post })}>{w('handOver')}</Button>
          <Button size="small" onClick={() => open({ what: 'end', account, post })}>{w('endPost')}</Button>
        </Space>
      ))}
    </Flex>
  )
}

function StateOf({ account }: { account: Account }) {
  const w = useWords(accountWords)
  if (account.locked) return <Tag color="red">{w('state.locked')}</Tag>
  return <Tag>{w(account.has_password ? 'state.open' : 'state.code')}</Tag>
}

export default function Accounts() {
  const w = useWords(accountWords)
  const [dialog, setDialog] = useState<Dialog>()
  const [code, setCode] = useState<Code>()
  const [fresh, setFresh] = useState<string>()
  const close = () => setDialog(undefined)
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Account>
        name="accounts"
        caption={w('title')}
        columns={[
          { key: 'name', title: w('name'), width: 160, show: (row) => row.name },
          { key: 'posts', title: w('posts'), show: (row) => <Posts account={row} open={setDialog} /> },
          { key: 'state', title: w('state'), width: 90, show: (row) => <StateOf account={row} /> },
          { key: 'last', title: w('lastLogIn'), width: 150, show: (row) => showMoment(row.last_log_in_at) },
          { key: 'created', title: w('created'), width: 150, show: (row) => showMoment(row.created_at), hidden: true },
          {
            key: 'actions', title: w('actions'),
            show: (row) => (
              <Space wrap size="small">
                <Button size="small" onClick={() => setDialog({ what: 'reset', account: row })}>{w('code')}</Button>
                <Button size="small" onClick={() => setDialog({ what: 'post', account: row })}>{w('addPost')}</Button>
                <Button size="small" danger={!row.locked} onClick={() => setDialog({ what: row.locked ? 'unlock' : 'lock', account: row })}>{w(row.locked ? 'unlock' : 'lock')}</Button>
              </Space>
            ),
          },
        ]}
        filters={[{ name: 'name', label: w('name'), kind: 'text' }]}
        page={(query, cursor) => api.queryOptions('get', '/api/v1/accounts', { params: { query: { ...query, cursor, limit: PAGE_SIZE } } })}
        empty={w('empty')}
        extra={<Button type="primary" onClick={() => setDialog({ what: 'new' })}>{w('new')}</Button>}
      />
      {dialog && <OpenDialog dialog={dialog} close={close} reset={setFresh} shown={setCode} />}
      {/* A new account is of no use without a code: it is asked for at once. */}
      {fresh && (
        <CommandModal<Code> title={w('code')} path={`/api/v1/accounts/${fresh}/reset`} taken={setCode} close={() => setFresh(undefined)}>
          <p>{w('codeOnce')}</p>
        </CommandModal>
      )}
      {code && <CodeShown code={code} close={() => setCode(undefined)} />}
    </>
  )
}
