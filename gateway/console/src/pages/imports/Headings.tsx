// SPDX-License-Identifier: Apache-2.0
// Which column each heading of the file means. What is chosen for an unknown one is remembered for the organization.
import { Alert, Button, Flex, Select, Table } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { FailedCommand } from '@/patterns/Failure'
import { useWords } from '@/words'
import { importWords } from '@/words/imports'
import { ledgers } from './ledgers'

type Import = Schema['organizations.Import']
type Heading = Schema['organizations.ImportHeading']

export function Headings({ job }: { job: Import }) {
  const w = useWords(importWords)
  const navigate = useNavigate()
  const { state } = useLocation()
  const fileId = (state as { fileId?: string } | null)?.fileId
  const command = useCommand<Import>()
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const unknown = job.headings.filter((row) => !row.known)
  const columns = ledgers[job.ledger].columns.split(',').map((column) => ({ value: column, label: column }))
  const mayChoose = !!fileId && unknown.length > 0 && ['validated', 'failed'].includes(job.state)

  const again = async () => {
    const mapping = unknown.map(({ heading }) => ({ heading, column: chosen[heading] ?? '' }))
    const made = await command.mutateAsync({ path: '/api/v1/imports', body: { ledger: job.ledger, file_id: fileId, mapping } })
    await navigate(`/imports/${made.id}`, { state: { fileId } })
  }
  return (
    <Flex vertical gap="small" align="flex-start">
      <FailedCommand error={command.error} />
      {unknown.length > 0 && <Alert type="warning" showIcon title={w('unknownHeadings', { count: unknown.length })} />}
      <Table<Heading>
        aria-label={w('headings')}
        size="small"
        rowKey="heading"
        pagination={false}
        dataSource={job.headings}
        columns={[
          { key: 'heading', title: w('heading'), width: 240, render: (_, row) => row.heading },
          {
            key: 'column', title: w('column'), width: 260,
            render: (_, row) =>
              !row.known && mayChoose ? (
                <Select aria-label={`${w('column')} ${row.heading}`} style={{ width: '100%' }} placeholder={w('passedOver')} allowClear options={columns}
                  value={chosen[row.heading]} onChange={(column?: string) => setChosen({ ...chosen, [row.heading]: column ?? '' })} />
              ) : (
                row.column || w('passedOver')
              ),
          },
        ]}
      />
      {mayChoose && <Button type="primary" loading={command.isPending} onClick={() => void again().catch(() => undefined)}>{w('again')}</Button>}
    </Flex>
  )
}
