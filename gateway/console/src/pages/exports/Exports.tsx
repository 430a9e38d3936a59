// SPDX-License-Identifier: Apache-2.0
// The download centre: one's own exports with their progress, and a new one. A file is kept for a week.
import { Button, DatePicker, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { fileAddress } from '@/api/files'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { showMoment } from '@/patterns/day'
import { FailedCommand } from '@/patterns/Failure'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { exportWords } from '@/words/exports'
import { importWords } from '@/words/imports'

type Export = Schema['organizations.Export']

const LOOK_MS = 1500 // while one is at work
const ledgers = ['organizations', 'units', 'members', 'instructors', 'regions'] as const
const formats = ['xlsx', 'csv'] as const
const colours: Partial<Record<Export['state'], string>> = { succeeded: 'blue', failed: 'red' }

function atWork(row: Export): boolean {
  return row.state === 'queued' || row.state === 'running'
}

function NewDialog({ close }: { close: () => void }) {
  const w = useWords(exportWords)
  const i = useWords(importWords)
  const may = useMay()
  const must = useMust()
  return (
    <CommandModal title={w('new')} path="/api/v1/exports" initial={{ format: 'xlsx' }} close={close}>
      <Form.Item name="ledger" label={w('ledger')} rules={must(w('ledger'))}>
        <Select options={ledgers.map((ledger) => ({ value: ledger, label: i(`ledger.${ledger}`) }))} />
      </Form.Item>
      <Form.Item name="format" label={w('format')}>
        <Select options={formats.map((format) => ({ value: format, label: w(`format.${format}`) }))} />
      </Form.Item>
      <Form.Item name="organization_id" label={w('organization')}>
        <OrganizationSelect label={w('organization')} />
      </Form.Item>
      <Form.Item name="as_of" label={w('asOf')}><DatePicker /></Form.Item>
      {may('member.reveal') && (
        <Form.Item name="reason" label={w('reason')}><Input maxLength={200} /></Form.Item>
      )}
    </CommandModal>
  )
}

function Actions({ row }: { row: Export }) {
  const w = useWords(exportWords)
  const i = useWords(importWords)
  const command = useCommand()
  const name = `${i(`ledger.${row.ledger}`)}.${row.format}` // should the answer not name it
  if (row.state === 'succeeded') return row.file_id ? <a href={fileAddress(row.file_id)} download={name}>{w('download')}</a> : <>{w('gone')}</>
  if (!atWork(row)) return null
  return (
    <>
      <Button size="small" loading={command.isPending} onClick={() => void command.mutateAsync({ path: `/api/v1/exports/${row.id}/cancel` }).catch(() => undefined)}>
        {w('cancel')}
      </Button>
      <FailedCommand error={command.error} />
    </>
  )
}

export default function Exports() {
  const w = useWords(exportWords)
  const i = useWords(importWords)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Export>
        name="exports"
        caption={w('title')}
        columns={[
          { key: 'ledger', title: w('ledger'), show: (row) => i(`ledger.${row.ledger}`) },
          { key: 'format', title: w('format'), show: (row) => w(`format.${row.format}`) },
          { key: 'state', title: w('state'), show: (row) => <Tag color={colours[row.state]}>{w(`state.${row.state}`)}</Tag> },
          { key: 'rows', title: w('rows'), show: (row) => <span className="number">{row.total ? `${row.done} / ${row.total}` : row.done}</span> },
          { key: 'day', title: w('day'), show: (row) => row.as_of },
          { key: 'created', title: w('created'), show: (row) => showMoment(row.created_at) },
          { key: 'expires', title: w('expires'), show: (row) => showMoment(row.expires_at) },
          { key: 'actions', title: w('actions'), show: (row) => <Actions row={row} /> },
        ]}
        page={(_query, cursor) => ({
          ...api.queryOptions('get', '/api/v1/exports', { params: { query: { cursor, limit: PAGE_SIZE } } }),
          refetchInterval: (query: { state: { data?: { items: Export[] } } }) => (query.state.data?.items.some(atWork) ? LOOK_MS : false),
        })}
        empty={w('empty')}
        extra={<Button type="primary" onClick={() => setAsking(true)}>{w('new')}</Button>}
      />
      {asking && <NewDialog close={() => setAsking(false)} />}
    </>
  )
}
