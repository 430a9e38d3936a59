// SPDX-License-Identifier: Apache-2.0
// A value that is masked until somebody says why he looks; the look is audited by the server.
import { EyeOutlined } from '@ant-design/icons'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useCommand } from '@/api/command'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'
import { FailedCommand } from './Failure'

interface Props {
  value: string | undefined
  path: string // of the command that reveals
  field: string // of its answer
  allowed: boolean
}

const REASON_LIMIT = 200

export function Masked({ value, path, field, allowed }: Props) {
  const w = useWords(patternWords)
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState<string>()
  const command = useCommand<Record<string, string>>()
  const [form] = Form.useForm<{ reason: string }>()
  if (!value) return <>{w('none')}</>
  const reveal = async ({ reason }: { reason: string }) => {
    const answer = await command.mutateAsync({ path, body: { reason } })
    setShown(answer[field] ?? '')
    setAsking(false)
  }
  return (
    <span>
      <span className="number">{shown ?? value}</span>
      {allowed && !shown && (
        <Button type="text" icon={<EyeOutlined />} aria-label={w('reveal')} onClick={() => setAsking(true)} />
      )}
      <Modal open={asking} title={w('reveal')} okText={w('ok')} cancelText={w('cancel')} confirmLoading={command.isPending}
        onOk={() => form.submit()} onCancel={() => setAsking(false)}>
        <FailedCommand error={command.error} />
        <Form form={form} layout="vertical" onFinish={(values) => void reveal(values).catch(() => undefined)}>
          <Form.Item name="reason" label={w('revealReason')} rules={[{ required: true, message: w('required', { label: w('reason') }) }]}>
            <Input.TextArea rows={2} maxLength={REASON_LIMIT} showCount />
          </Form.Item>
        </Form>
      </Modal>
    </span>
  )
}
