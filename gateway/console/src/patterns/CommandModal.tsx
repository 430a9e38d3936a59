// SPDX-License-Identifier: Apache-2.0
// A command that asks for some fields, in a dialog. What was typed stays until the server has taken it; a field that it
// refused is marked. Days are sent as 2026-11-21, and what is left empty is not sent.
import { App, Form, Modal } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useCommand } from '@/api/command'
import { fieldOf, problemOf } from '@/api/problem'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'
import { FailedCommand } from './Failure'

interface Props<T> {
  title: string
  ok?: string // what its button says
  path: string
  method?: 'POST' | 'PATCH'
  version?: number
  initial?: object
  danger?: boolean
  more?: object | ((values: Record<string, unknown>) => object) // what the body has beside the fields
  children?: ReactNode // Form.Items, named as the body's fields
  taken?: (answer: T) => void
  close: () => void
}

function bodyOf(values: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return Object.fromEntries(given.map(([name, value]) => [name, dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : value]))
}

export function CommandModal<T = unknown>(props: Props<T>) {
  const p = useWords(patternWords)
  const { message } = App.useApp()
  const [form] = Form.useForm<Record<string, unknown>>()
  const command = useCommand<T>()

  const send = async (values: Record<string, unknown>) => {
    const given = bodyOf(values)
    const more = typeof props.more === 'function' ? props.more(given) : { ...given, ...props.more }
    try {
      const answer = await command.mutateAsync({ path: props.path, method: props.method, version: props.version, body: more })
      void message.success(p('done', { action: props.ok ?? props.title }))
      props.taken?.(answer)
      props.close()
    } catch (error) {
      form.setFields(problemOf(error).fields.map((field) => ({ name: fieldOf(field.pointer), errors: [field.title] })))
    }
  }
  return (
    <Modal open title={props.title} okText={props.ok ?? p('ok')} cancelText={p('cancel')} okButtonProps={{ danger: props.danger ?? false }}
      confirmLoading={command.isPending} onOk={() => form.submit()} onCancel={props.close}>
      <FailedCommand error={command.error} reload={props.close} />
      <Form form={form} layout="vertical" initialValues={props.initial} onFinish={(values) => void send(values)}>
        {props.children}
      </Form>
    </Modal>
  )
}

/** The rule of a field that must be there. */
export function useMust() {
  const p = useWords(patternWords)
  return (label: string) => [{ required: true, message: p('required', { label }) }]
}
