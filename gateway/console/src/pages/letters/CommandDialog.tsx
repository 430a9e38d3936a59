// SPDX-License-Identifier: Apache-2.0
// One step of a letter, asked for in a dialog.
import { DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { Schema } from '@/api/client'
import { CommandModal } from '@/patterns/CommandModal'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { useWords } from '@/words'
import { letterWords } from '@/words/letters'
import { patternWords } from '@/words/patterns'
import { commandRows, type Field, otherCommand, stepWord } from './commands'

type Letter = Schema['transfers.Letter']

const NOTE_LIMIT = 500
const NUMBER_LIMIT = 60
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
    number: w('receiptNumber'),
    received_on: w('receivedOn'),
  }
  return (field: Field) => labels[field]
}

function FieldInput({ field, letter, ...given }: { field: Field; letter: Letter; id?: string; value?: never; onChange?: never }) {
  const w = useWords(letterWords)
  const label = useLabel()(field)
  if (field === 'note') return <Input.TextArea rows={3} maxLength={NOTE_LIMIT} showCount {...given} />
  if (field === 'dues_paid_to') return <DatePicker picker="month" style={{ width: '100%' }} {...given} />
  if (field === 'received_on') return <DatePicker style={{ width: '100%' }} {...given} />
  if (field === 'number') return <Input maxLength={NUMBER_LIMIT} {...given} />
  if (field === 'validity_days') return <InputNumber min={1} max={90} style={{ width: '100%' }} {...given} />
  if (field === 'reason')
    return <Select options={refusals.map((reason) => ({ value: reason, label: w(`refusal.${reason}`) }))} {...given} />
  if (field === 'branch_id') return <OrganizationSelect label={label} below={letter.to_committee_id} {...given} />
  return <OrganizationSelect label={label} keep={(entry) => entry.kind === 'committee' || entry.kind === 'working_committee'} {...given} />
}

/** The month of dues goes without its day. */
function withMonth(values: Record<string, unknown>): object {
  const { dues_paid_to: day } = values
  return typeof day === 'string' ? { ...values, dues_paid_to: day.slice(0, 7) } : values
}

export function CommandDialog({ letter, event, close }: { letter: Letter; event: string; close: () => void }) {
  const w = useWords(letterWords)
  const p = useWords(patternWords)
  const label = useLabel()
  const row = commandRows[event] ?? otherCommand
  const action = w(stepWord(event))
  return (
    <CommandModal
      title={`${action} · ${letter.member_name}`}
      ok={action}
      path={`/api/v1/transfers/${letter.id}/${event}`}
      version={letter.version}
      danger={row.danger}
      more={withMonth}
      close={close}
    >
      {row.fields.map(({ name, required }) => (
        <Form.Item key={name} name={name} label={label(name)} rules={[{ required, message: p('required', { label: label(name) }) }]}>
          <FieldInput field={name} letter={letter} />
        </Form.Item>
      ))}
    </CommandModal>
  )
}
