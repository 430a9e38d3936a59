// SPDX-License-Identifier: Apache-2.0
// The papers of a record (档案材料): each version by itself; one that was taken back stays, marked.
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { fileAddress } from '@/api/files'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { showMoment } from '@/patterns/day'
import { FileChoice } from '@/patterns/FileChoice'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'

type Paper = Schema['organizations.Document']
type Record = Schema['organizations.RecordKind']

const kinds = ['approval', 'request', 'minutes', 'application', 'statement', 'certificate', 'scan', 'other'] as const
const TITLE_LIMIT = 100

function AttachDialog({ record, id, close }: { record: Record; id: string; close: () => void }) {
  const w = useWords(organizationWords)
  const must = useMust()
  return (
    <CommandModal title={w('attach')} path="/api/v1/documents" more={{ record, record_id: id }} close={close}>
      <Form.Item name="file_id" label={w('file')} rules={must(w('file'))}>
        <FileChoice purpose="document" label={w('chooseFile')} />
      </Form.Item>
      <Form.Item name="kind" label={w('kindOfPaper')} rules={must(w('kindOfPaper'))}>
        <Select options={kinds.map((kind) => ({ value: kind, label: w(`paper.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="title" label={w('paperTitle')} rules={must(w('paperTitle'))}>
        <Input maxLength={TITLE_LIMIT} showCount />
      </Form.Item>
    </CommandModal>
  )
}

function WithdrawDialog({ paper, close }: { paper: Paper; close: () => void }) {
  const w = useWords(organizationWords)
  const must = useMust()
  return (
    <CommandModal title={`${w('withdraw')} · ${paper.title}`} path={`/api/v1/documents/${paper.id}/withdraw`} version={paper.version} danger close={close}>
      <Form.Item name="reason" label={w('reason')} rules={must(w('reason'))}><Input /></Form.Item>
    </CommandModal>
  )
}

export function Documents({ record, id }: { record: Record; id: string }) {
  const w = useWords(organizationWords)
  const may = useMay()
  const writes = may('document.write')
  const [dialog, setDialog] = useState<'attach' | Paper>()
  const close = () => setDialog(undefined)
  return (
    <>
      <QueryTable<Paper>
        name="documents"
        caption={w('documents')}
        columns={[
          { key: 'title', title: w('paperTitle'), show: (row) => <a href={fileAddress(row.file_id)}>{row.title}</a> },
          { key: 'kind', title: w('kindOfPaper'), show: (row) => w(`paper.${row.kind}`) },
          { key: 'edition', title: w('edition'), show: (row) => row.edition },
          { key: 'file', title: w('file'), show: (row) => row.file_name },
          { key: 'at', title: w('attachedAt'), show: (row) => showMoment(row.attached_at) },
          {
            key: 'actions', title: w('actions'),
            show: (row) =>
              row.withdrawn_at
                ? w('withdrawn', { reason: row.withdrawn_reason })
                : writes && <Button size="small" danger onClick={() => setDialog(row)}>{w('withdraw')}</Button>,
          },
        ]}
        page={(_query, cursor) => api.queryOptions('get', '/api/v1/documents', { params: { query: { record, record_id: id, cursor, limit: PAGE_SIZE } } })}
        extra={writes && <Button onClick={() => setDialog('attach')}>{w('attach')}</Button>}
      />
      {dialog === 'attach' && <AttachDialog record={record} id={id} close={close} />}
      {dialog && dialog !== 'attach' && <WithdrawDialog paper={dialog} close={close} />}
    </>
  )
}
