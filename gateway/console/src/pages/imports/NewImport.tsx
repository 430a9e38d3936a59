// SPDX-License-Identifier: Apache-2.0
// The first two steps of an import: which ledger, and its file. The rest belongs to the job (Import.tsx).
import { InboxOutlined } from '@ant-design/icons'
import { Alert, Button, Card, Flex, Radio, Upload } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { putFile } from '@/api/files'
import { FailedCommand } from '@/patterns/Failure'
import { useWords } from '@/words'
import { importWords } from '@/words/imports'
import { patternWords } from '@/words/patterns'
import { ImportSteps } from './ImportSteps'
import { type Ledger, ledgers, templateAddress } from './ledgers'

const kinds = Object.keys(ledgers) as Ledger[]

function LedgerChoice({ ledger, choose }: { ledger: Ledger | undefined; choose: (ledger: Ledger) => void }) {
  const w = useWords(importWords)
  const p = useWords(patternWords)
  const [picked, setPicked] = useState(ledger)
  return (
    <Flex vertical gap="middle" align="flex-start">
      <Radio.Group value={picked} onChange={(event) => setPicked(event.target.value as Ledger)} aria-label={w('ledger')}
        options={kinds.map((kind) => ({ value: kind, label: w(`ledger.${kind}`) }))} />
      {picked && (
        <>
          <Button href={templateAddress(picked)} download={`${w(`ledger.${picked}`)}.csv`}>{w('template')}</Button>
          <span>{w('templateText')}</span>
        </>
      )}
      <Button type="primary" disabled={!picked} onClick={() => picked && choose(picked)}>{p('nextStep')}</Button>
    </Flex>
  )
}

function FileStep({ ledger, back }: { ledger: Ledger; back: () => void }) {
  const w = useWords(importWords)
  const p = useWords(patternWords)
  const navigate = useNavigate()
  const command = useCommand<Schema['organizations.Import']>()
  const [failure, setFailure] = useState<unknown>()
  const [old, setOld] = useState(false)
  const [sending, setSending] = useState(false)
  const send = async (file: File) => {
    setSending(true)
    setFailure(undefined)
    try {
      const fileId = await putFile(file, 'import')
      const made = await command.mutateAsync({ path: '/api/v1/imports', body: { ledger, file_id: fileId } })
      await navigate(`/imports/${made.id}`, { state: { fileId } })
    } catch (error) {
      setFailure(error)
    }
    setSending(false)
  }
  const take = (file: File) => {
    const isOld = /\.xls$/i.test(file.name)
    setOld(isOld)
    if (!isOld) void send(file)
    return false
  }
  return (
    <Flex vertical gap="middle">
      <FailedCommand error={failure} />
      {old && <Alert type="error" role="alert" title={w('oldFormat')} />}
      <Upload.Dragger accept=".csv,.xlsx,.xls" showUploadList={false} disabled={sending} beforeUpload={take}>
        <p><InboxOutlined style={{ fontSize: 40 }} /></p>
        <p>{sending ? w('uploading') : w('upload')}</p>
        <p>{w('uploadText')}</p>
      </Upload.Dragger>
      <Button style={{ alignSelf: 'flex-start' }} onClick={back}>{p('previousStep')}</Button>
    </Flex>
  )
}

export default function NewImport() {
  const w = useWords(importWords)
  const [params, setParams] = useSearchParams()
  const ledger = kinds.find((kind) => kind === params.get('ledger'))
  return (
    <>
      <h1 className="page-title">{w('new')} {ledger && `· ${w(`ledger.${ledger}`)}`}</h1>
      <Card>
        <ImportSteps at={ledger ? 1 : 0} />
        {ledger ? <FileStep ledger={ledger} back={() => setParams({})} /> : <LedgerChoice ledger={ledger} choose={(kind) => setParams({ ledger: kind })} />}
      </Card>
    </>
  )
}
