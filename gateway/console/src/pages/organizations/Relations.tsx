// SPDX-License-Identifier: Apache-2.0
// The superiors of an organization: the line (隶属) and those beside it, with what each may do below.
import { Button, DatePicker, Flex, Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'

type Organization = Schema['organizations.Organization']
type Relation = Schema['organizations.Relation']
type Row = Relation & { id: string }

const beside = ['dual', 'trade', 'host'] as const

function BeginDialog({ organization, close }: { organization: Organization; close: () => void }) {
  const w = useWords(organizationWords)
  const must = useMust()
  return (
    <CommandModal title={w('begin')} path={`/api/v1/organizations/${organization.id}/relations`} version={organization.version} close={close}>
      <Form.Item name="kind" label={w('relation')} rules={must(w('relation'))}>
        <Select options={beside.map((kind) => ({ value: kind, label: w(`relation.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="superior_id" label={w('upper')} rules={must(w('upper'))}>
        <OrganizationSelect label={w('upper')} />
      </Form.Item>
      <Form.Item name="since" label={w('since')}><DatePicker /></Form.Item>
      <Form.Item name="basis" label={w('basis')}><Input /></Form.Item>
    </CommandModal>
  )
}

function EndDialog({ organization, relation, close }: { organization: Organization; relation: Relation; close: () => void }) {
  const w = useWords(organizationWords)
  return (
    <CommandModal title={`${w('end')} · ${relation.superior_name}`} path={`/api/v1/organizations/${organization.id}/relations/end`}
      version={organization.version} danger more={{ kind: relation.kind, superior_id: relation.superior_id }} close={close}>
      <Form.Item name="until" label={w('until')}><DatePicker /></Form.Item>
      <Form.Item name="basis" label={w('basis')}><Input /></Form.Item>
    </CommandModal>
  )
}

export function Relations({ organization }: { organization: Organization }) {
  const w = useWords(organizationWords)
  const may = useMay()
  const [dialog, setDialog] = useState<'begin' | Relation>()
  const close = () => setDialog(undefined)
  const manages = may('organization.manage') && !organization.dissolved_on
  const page = () => ({
    ...api.queryOptions('get', '/api/v1/organizations/{id}/relations', { params: { path: { id: organization.id } } }),
    select: ({ items }: Schema['organizations.RelationList']) => ({
      items: items.map((row): Row => ({ ...row, id: `${row.kind} ${row.superior_id} ${row.since}` })),
    }),
  })
  return (
    <Flex vertical gap="small">
      <QueryTable<Row>
        name="relations"
        caption={w('relations')}
        columns={[
          { key: 'kind', title: w('relation'), show: (row) => w(`relation.${row.kind}`) },
          { key: 'superior', title: w('upper'), show: (row) => <Link to={`/organizations/${row.superior_id}`}>{row.superior_name}</Link> },
          { key: 'scope', title: w('scope'), show: (row) => w(`scope.${row.scope}`) },
          { key: 'since', title: w('since'), show: (row) => row.since },
          { key: 'until', title: w('until'), show: (row) => row.until },
          { key: 'basis', title: w('basis'), show: (row) => [row.basis, row.end_basis].filter(Boolean).join(' · ') },
          {
            key: 'actions', title: w('actions'),
            show: (row) => manages && row.kind !== 'line' && !row.until && (
              <Button size="small" danger onClick={() => setDialog(row)}>{w('end')}</Button>
            ),
          },
        ]}
        page={page}
        extra={<Space>{manages && <Button onClick={() => setDialog('begin')}>{w('begin')}</Button>}</Space>}
      />
      {dialog === 'begin' && <BeginDialog organization={organization} close={close} />}
      {dialog && dialog !== 'begin' && <EndDialog organization={organization} relation={dialog} close={close} />}
    </Flex>
  )
}
