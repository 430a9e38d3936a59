// SPDX-License-Identifier: Apache-2.0
// One step of a letter, asked for in a dialog. What was typed stays until the server has taken it.
import { App, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useCommand } from '@/api/command'
import type { Schema } from '@/api/client'
import { fieldOf, problemOf } from '@/api/problem'
import { FailedCommand } from '@/patterns/Failure'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { useWords } from '@/words'
import { letterWords } from '@/words/letters'
import { patternWords } from '@/words/patterns'
import { commandRows, type Field, otherCommand, stepWord } from './commands'

type Letter = Schema['transfers.Letter']
type Values = Partial<Record<Field, unknown>>

const NOTE_LIMIT = 500
const refusals = ['wrong_addressee', 'identity_mismatch', 'duplicate', 'condition_not_met', 'unfinished_case', 'material_missing', 'not_leaving'] as const

function useLabel() {
  const w = useWords(letterWords)
  const labels: Record<Field, string> = {
    note: w('note'),
    to_committee_id: w('toCommittee'),
    branch_id: w('branch'),
    dues_paid_to: w('month'),
    validity_days: w('validityDays'),
    reason: w('refusal'),
  }
  return (field: Field) => labels[field]
}

function FieldInput({ field, letter, ...given }: { field: Field; letter: Letter; id?: string; value?: never; onChange?: never }) {
  const w = useWords(letterWords)
  const label = useLabel()(field)
  if (field === 'note') return <Input.TextArea rows={3} maxLength={NOTE_LIMIT} showCount {...given} />
  if (field === 'dues_paid_to') return <DatePicker picker="month" style={{ width: '100%' }} {...given} />
  if (field === 'validity_days') return <InputNumber min={1} max={90} style={{ width: '100%' }} {...given} />
  if (field === 'reason')
    return <Select options={refusals.map((reason) => ({ value: reason, label: w(`refusal.${reason}`) }))} {...given} />
  if (field === 'branch_id') return <OrganizationSelect label={label} below={letter.to_committee_id} {...given} />
  return <OrganizationSelect label={label} keep={(entry) => entry.kind === 'committee' || entry.kind === 'working_committee'} {...given} />
}

function bodyOf(values: Values): object {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, name === 'dues_paid_to' ? (value as Dayjs).format('YYYY-MM') : value]))
}

export function CommandDialog({ letter, event, close }: { letter: Letter; event: string; close: () => void }) {
  const w = useWords(letterWords)
  const p = useWords(patternWords)
  const label = useLabel()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const command = useCommand<Letter>()
  const row = commandRows[event] ?? otherCommand

  const send = async (values: Values) => {
    try {
      await command.mutateAsync({ path: `/api/v1/transfers/${letter.id}/${event}`, body: bodyOf(values), version: letter.version })
      void message.success(w('done', { action: w(stepWord(event)) }))
      close()
    } catch (error) {
      const { fields } = problemOf(error)
      form.setFields(fields.map((field) => ({ name: fieldOf(field.pointer) as Field, errors: [field.title] })))
    }
  }
  return (
    <Modal
      open
      title={`${w(stepWord(event))} · ${letter.member_name}`}
      okText={w(stepWord(event))}
      cancelText={p('cancel')}
      okButtonProps={{ danger: row.danger ?? false }}
      confirmLoading={command.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <FailedCommand error={command.error} reload={close} />
      <Form form={form} layout="vertical" onFinish={(values) => void send(values)}>
        {row.fields.map(({ name, required }) => (
          <Form.Item key={name} name={name} label={label(name)} rules={[{ required, message: p('required', { label: label(name) }) }]}>
            <FieldInput field={name} letter={letter} />
          </Form.Item>
        ))}
      </Form>
    </Modal>
  )
}
