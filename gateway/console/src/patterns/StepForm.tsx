// SPDX-License-Identifier: Apache-2.0
// A form in steps with a look at everything before it is sent. What was typed is kept in this browser until it has been
// taken, so that a lost network, an expired log-in or a closed window loses nothing.
import { Alert, Button, Card, Flex, Form, type FormInstance, Steps } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { fieldOf, problemOf } from '@/api/problem'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'
import { FailedCommand } from './Failure'
import { useWide } from './useWide'

export interface StepOf<V> {
  title: string
  fields: (keyof V & string)[]
  show: ReactNode
}

interface Props<V> {
  name: string // under which the draft is kept
  initial: Partial<V>
  steps: StepOf<V>[]
  summary: (values: Partial<V>) => ReactNode
  summaryTitle: string
  send: (values: V) => Promise<void>
  sending: boolean
  sendWord: string
  error: unknown
}

function useDraft<V extends object>(name: string, form: FormInstance, initial: Partial<V>) {
  const key = `liangxin.draft.${name}`
  const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<V>
  const given = Object.fromEntries(Object.entries(initial).filter(([, value]) => value !== undefined))
  return {
    initial: { ...kept, ...given },
    keep: () => sessionStorage.setItem(key, JSON.stringify(form.getFieldsValue(true))),
    forget: () => sessionStorage.removeItem(key),
  }
}

function useLeaveWarning(dirty: boolean) {
  useEffect(() => {
    if (!dirty) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty])
}

export function StepForm<V extends object>(props: Props<V>) {
  const { steps } = props
  const p = useWords(patternWords)
  const wide = useWide()
  const [form] = Form.useForm()
  const draft = useDraft<V>(props.name, form, props.initial)
  const [at, setAt] = useState(0)
  const [dirty, setDirty] = useState(false)
  const last = at === steps.length
  useLeaveWarning(dirty)

  // Back to the first step that has a field the server refused.
  const showRefused = (error: unknown) => {
    const fields = problemOf(error).fields.map((field) => ({ name: fieldOf(field.pointer), errors: [field.title] }))
    const step = steps.findIndex((row) => fields.some((field) => (row.fields as string[]).includes(field.name)))
    form.setFields(fields)
    if (step >= 0) setAt(step)
  }
  const finish = async () => {
    try {
      await props.send(form.getFieldsValue(true) as V)
      draft.forget()
      setDirty(false)
    } catch (error) {
      showRefused(error)
    }
  }
  return (
    <Card>
      <Steps
        size="small"
        orientation={wide ? 'horizontal' : 'vertical'}
        current={at}
        items={[...steps.map((step) => ({ title: step.title })), { title: props.summaryTitle }]}
      />
      <Form
        form={form}
        layout="vertical"
        style={{ marginTop: 24, maxWidth: 640 }}
        initialValues={draft.initial}
        onValuesChange={() => {
          setDirty(true)
          draft.keep()
        }}
        onFinish={() => (last ? void finish() : setAt(at + 1))}
      >
        <FailedCommand error={props.error} />
        {/* a step that has not been reached is not there, so that its fields are not asked for */}
        {steps.slice(0, at + 1).map((step, n) => (
          <div key={step.title} hidden={n !== at}>
            {step.show}
          </div>
        ))}
        {last && <Alert type="info" title={props.summaryTitle} description={props.summary(form.getFieldsValue(true) as Partial<V>)} />}
        <Flex gap="small" style={{ marginTop: 16 }}>
          {at > 0 && <Button onClick={() => setAt(at - 1)}>{p('previousStep')}</Button>}
          <Button type="primary" htmlType="submit" loading={props.sending}>
            {last ? props.sendWord : p('nextStep')}
          </Button>
        </Flex>
      </Form>
    </Card>
  )
}
