// SPDX-License-Identifier: Apache-2.0
// A field of a form whose value is the id of a file that has been sent.
import { UploadOutlined } from '@ant-design/icons'
import { Button, Upload } from 'antd'
import { useState } from 'react'
import { putFile } from '@/api/files'
import { FailedCommand } from './Failure'

interface Props {
  label: string
  purpose: 'import' | 'document'
  accept?: string
  id?: string
  onChange?: (id: string) => void
}

export function FileChoice({ label, purpose, accept, id, onChange }: Props) {
  const [name, setName] = useState('')
  const [sending, setSending] = useState(false)
  const [error, setError] = useState<unknown>()
  const send = async (file: File) => {
    setSending(true)
    setError(undefined)
    try {
      onChange?.(await putFile(file, purpose))
      setName(file.name)
    } catch (failure) {
      setError(failure)
    }
    setSending(false)
  }
  return (
    <>
      <Upload id={id} accept={accept} showUploadList={false} beforeUpload={(file) => { void send(file); return false }}>
        <Button icon={<UploadOutlined />} loading={sending}>
          {label}
        </Button>
      </Upload>{' '}
      <span role="status">{name}</span>
      <FailedCommand error={error} />
    </>
  )
}
