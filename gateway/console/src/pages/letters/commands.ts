// SPDX-License-Identifier: Apache-2.0
// What each step of a letter asks for. The server says which steps are allowed now (allowed_actions); a step that has no
// row here asks for a note that may stay empty.
import type { letterWords } from '@/words/letters'

export type Field = 'note' | 'to_committee_id' | 'branch_id' | 'dues_paid_to' | 'validity_days' | 'reason' | 'number' | 'received_on'

export interface CommandRow {
  fields: { name: Field; required: boolean }[]
  danger?: boolean
  primary?: boolean // the road on
}

const note = { name: 'note', required: false } as const
const words = { name: 'note', required: true } as const

export const commandRows: Record<string, CommandRow> = {
  submit: { fields: [note], primary: true },
  agree: { fields: [{ name: 'dues_paid_to', required: true }, note], primary: true },
  issue: { fields: [{ name: 'validity_days', required: false }, note], primary: true },
  deliver: { fields: [note], primary: true },
  open: { fields: [note], primary: true },
  receive: { fields: [note], primary: true },
  assign: { fields: [{ name: 'branch_id', required: true }, note], primary: true },
  report: { fields: [note], primary: true },
  send_receipt: { fields: [note], primary: true },
  match_stub: { fields: [note], primary: true },
  confirm: { fields: [note], primary: true },
  record_receipt: { fields: [{ name: 'number', required: true }, { name: 'received_on', required: true }, note], primary: true },
  approve: { fields: [{ name: 'dues_paid_to', required: false }, note], primary: true },
  forward: { fields: [{ name: 'to_committee_id', required: true }, words] },
  correct: { fields: [{ name: 'to_committee_id', required: false }, words] },
  refuse: { fields: [{ name: 'reason', required: true }, words], danger: true },
  return: { fields: [words] },
  recall: { fields: [words] },
  decline: { fields: [words] },
  report_lost: { fields: [words], danger: true },
  reissue: { fields: [words] },
  cancel: { fields: [words], danger: true },
  withdraw: { fields: [note], danger: true },
  undo: { fields: [words], danger: true },
  appeal: { fields: [words] },
  void: { fields: [words], danger: true },
}

export const otherCommand: CommandRow = { fields: [note] }

/** What a finished step and an open command are called. */
export function stepWord(event: string): keyof typeof letterWords.table {
  return (`do.${event}` as keyof typeof letterWords.table)
}
