// SPDX-License-Identifier: Apache-2.0
// Talks with the owner of a unit (业主谈话): what worries him, what he promised, and the next step until it is taken.
import { Button, DatePicker, Form, Input } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { unitWords } from '@/words/units'

type Talk = Schema['organizations.OwnerTalk']

function RecordDialog({ id, close }: { id: string; close: () => void }) {
  const w = useWords(unitWords)
  const must = useMust()
  return (
    <CommandModal title={w('record')} path={`/api/v1/units/${id}/talks`} close={close}>
      <Form.Item name="held_on" label={w('held')} rules={must(w('held'))}><DatePicker /></Form.Item>
      <Form.Item name="held_by" label={w('by')} rules={must(w('by'))}><Input maxLength={100} /></Form.Item>
      <Form.Item name="concern" label={w('concern')}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      <Form.Item name="promise" label={w('promise')}><Input.TextArea rows={2} maxLength={1000} /></Form.Item>
      <Form.Item name="next_step" label={w('next')}><Input maxLength={500} /></Form.Item>
      <Form.Item name="next_due" label={w('nextDue')}><DatePicker /></Form.Item>
    </CommandModal>
  )
}

export function Talks({ id }: { id: string }) {
  const w = useWords(unitWords)
  const may = useMay()
  const [dialog, setDialog] = useState<'record' | Talk>()
  const close = () => setDialog(undefined)
  return (
    <>
      <QueryTable<Talk>
        name="talks"
        caption={w('talks')}
        columns={[
          { key: 'held', title: w('held'), show: (row) => row.held_on },
          { key: 'by', title: w('by'), show: (row) => row.held_by },
          { key: 'concern', title: w('concern'), show: (row) => row.concern },
          { key: 'promise', title: w('promise'), show: (row) => row.promise },
          { key: 'next', title: w('next'), show: (row) => [row.next_step, row.next_due].filter(Boolean).join(' · ') },
          {
            key: 'done', title: w('done'),
            show: (row) => row.done_on || (may('talk.manage') && row.next_step && <Button size="small" onClick={() => setDialog(row)}>{w('complete')}</Button>),
          },
        ]}
        page={(_query, cursor) => api.queryOptions('get', '/api/v1/units/{id}/talks', { params: { path: { id }, query: { cursor, limit: PAGE_SIZE } } })}
        extra={may('talk.manage') && <Button type="primary" onClick={() => setDialog('record')}>{w('record')}</Button>}
      />
      {dialog === 'record' && <RecordDialog id={id} close={close} />}
      {dialog && dialog !== 'record' && (
        <CommandModal title={w('complete')} path={`/api/v1/talks/${dialog.id}/complete`} version={dialog.version} close={close}>
          <Form.Item name="done_on" label={w('done')}><DatePicker /></Form.Item>
        </CommandModal>
      )}
    </>
  )
}
