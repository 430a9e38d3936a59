// SPDX-License-Identifier: Apache-2.0
// The password, of one's own will or because it is the first log-in; so it stands without the frame's session.
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Form, Input } from 'antd'
import { useNavigate } from 'react-router'
import { useCommand } from '@/api/command'
import { fieldOf, problemOf } from '@/api/problem'
import { useSessionQuery } from '@/frame/session'
import { FailedCommand } from '@/patterns/Failure'
import { useWords } from '@/words'
import { passwordWords } from '@/words/password'
import { patternWords } from '@/words/patterns'

interface Values {
  old_password: string
  new_password: string
  again: string
}

export default function Password() {
  const w = useWords(passwordWords)
  const p = useWords(patternWords)
  const { message } = App.useApp()
  const { data: session } = useSessionQuery()
  const client = useQueryClient()
  const navigate = useNavigate()
  const command = useCommand()
  const [form] = Form.useForm<Values>()

  const send = async ({ old_password, new_password }: Values) => {
    try {
      await command.mutateAsync({ path: '/api/v1/session/password', body: { old_password, new_password } })
      void message.success(w('done'))
      client.clear()
      await navigate('/', { replace: true })
    } catch (error) {
      form.setFields(problemOf(error).fields.map((field) => ({ name: fieldOf(field.pointer) as keyof Values, errors: [field.title] })))
    }
  }
  const must = (label: string) => ({ required: true, message: p('required', { label }) })
  return (
    <Card title={<h1 className="page-title">{w('title')}</h1>} style={{ maxWidth: 480, margin: '24px auto' }}>
      {session?.must_change_password && <p>{w('first')}</p>}
      <FailedCommand error={command.error} />
      <Form form={form} layout="vertical" onFinish={(values) => void send(values)}>
        <Form.Item name="old_password" label={w('old')} rules={[must(w('old'))]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new_password" label={w('new')} extra={w('rule')} rules={[must(w('new'))]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={w('again')}
          dependencies={['new_password']}
          rules={[
            must(w('again')),
            ({ getFieldValue }) => ({
              validator: (_rule, value) =>
                !value || value === getFieldValue('new_password') ? Promise.resolve() : Promise.reject(new Error(w('differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={command.isPending}>
          {w('title')}
        </Button>
      </Form>
    </Card>
  )
}
