// SPDX-License-Identifier: Apache-2.0
// One organization, a tab for each side of it.
import { useQuery } from '@tanstack/react-query'
import { Button, Card, DatePicker, Flex, Form, Input, Skeleton, Space, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { Facts } from '@/patterns/Facts'
import { FailedRead } from '@/patterns/Failure'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { Timeline } from '@/patterns/Timeline'
import { useWords } from '@/words'
import { memberWords } from '@/words/members'
import { organizationWords } from '@/words/organizations'
import { unitWords } from '@/words/units'
import { Documents } from './Documents'
import { Ending } from './Ending'
import { Relations } from './Relations'

type Organization = Schema['organizations.Organization']
type Change = 'edit' | 'rename' | 'renew_term'

function Life({ id }: { id: string }) {
  const w = useWords(organizationWords)
  const { data, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/organizations/{id}/life', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!data?.steps.length) return null
  return (
    <Card size="small" title={w('life')}>
      <Timeline
        steps={data.steps.map((step) => ({
          key: `${step.event} ${step.on} ${step.at}`,
          what: step.event && w(`event.${step.event}`),
          where: step.other_name,
          when: step.on,
          note: [step.former && step.present ? `${step.former} → ${step.present}` : '', step.basis, step.reason].filter(Boolean).join(' · '),
        }))}
      />
    </Card>
  )
}

function OnRecord({ organization: o }: { organization: Organization }) {
  const w = useWords(organizationWords)
  return (
    <Flex vertical gap="middle">
      <Facts
        facts={[
          [w('code'), o.code],
          [w('kind'), w(`kind.${o.kind}`)],
          [w('form'), o.establish_form && w(`form.${o.establish_form}`)],
          [w('superior'), o.superior_id && <Link to={`/organizations/${o.superior_id}`}>{o.superior_name}</Link>],
          [w('region'), o.region_code],
          [w('place'), o.place],
          [w('address'), o.address],
          [w('founded'), o.founded_on],
          [w('term'), o.term_ends_on],
          [w('issues'), o.may_issue_from],
          [w('secretary'), o.secretary_name],
          [w('telephone'), o.telephone],
          [w('ownMembers'), o.members],
          [w('dissolved'), o.dissolved_on],
          [w('successor'), o.successor_id && <Link to={`/organizations/${o.successor_id}`}>{o.successor_id}</Link>],
        ]}
      />
      <Life id={o.id} />
    </Flex>
  )
}

function Members({ id }: { id: string }) {
  const w = useWords(memberWords)
  const o = useWords(organizationWords)
  return (
    <QueryTable<Schema['organizations.Member']>
      name="organization-members"
      caption={w('title')}
      columns={[
        { key: 'name', title: w('name'), show: (row) => <Link to={`/members/${row.id}`}>{row.name}</Link> },
        { key: 'standing', title: w('standing'), show: (row) => w(`standing.${row.standing}`) },
        { key: 'organization', title: w('organization'), show: (row) => row.organization_name },
        { key: 'duty', title: w('duty'), show: (row) => row.duty },
        { key: 'joined', title: w('joined'), show: (row) => row.joined_on },
      ]}
      page={(_query, cursor) => api.queryOptions('get', '/api/v1/members', { params: { query: { organization_id: id, cursor, limit: PAGE_SIZE } } })}
      empty={o('emptyMembers')}
    />
  )
}

function Units({ id }: { id: string }) {
  const w = useWords(unitWords)
  const o = useWords(organizationWords)
  return (
    <QueryTable<Schema['organizations.Unit']>
      name="organization-units"
      caption={o('units')}
      columns={[
        { key: 'name', title: w('name'), show: (row) => <Link to={`/units/${row.id}`}>{row.name}</Link> },
        { key: 'kind', title: w('kind'), show: (row) => w(`kind.${row.kind}`) },
        { key: 'state', title: w('state'), show: (row) => row.business_state && w(`state.${row.business_state}`) },
        { key: 'staff', title: w('staff'), show: (row) => row.staff },
        { key: 'form', title: w('form'), show: (row) => row.coverage_form && o(`form.${row.coverage_form}`) },
      ]}
      page={(_query, cursor) => api.queryOptions('get', '/api/v1/units', { params: { query: { organization_id: id, cursor, limit: PAGE_SIZE } } })}
      empty={o('emptyUnits')}
    />
  )
}

const editable = [
  ['secretary_name', 'secretary'],
  ['telephone', 'telephone'],
  ['place', 'place'],
  ['address', 'address'],
] as const

function ChangeDialog({ organization: o, change, close }: { organization: Organization; change: Change; close: () => void }) {
  const w = useWords(organizationWords)
  const must = useMust()
  const path = `/api/v1/organizations/${o.id}`
  if (change === 'edit')
    return (
      // An empty field takes the value away, so all of them are sent.
      <CommandModal title={w('edit')} path={path} method="PATCH" version={o.version} initial={o} close={close}
        more={(values) => Object.fromEntries(editable.map(([name]) => [name, values[name] ?? '']))}>
        {editable.map(([name, word]) => (
          <Form.Item key={name} name={name} label={w(word)}>
            <Input />
          </Form.Item>
        ))}
      </CommandModal>
    )
  if (change === 'rename')
    return (
      <CommandModal title={w('rename')} path={`${path}/rename`} version={o.version} close={close}>
        <Form.Item name="name" label={w('newName')} rules={must(w('newName'))}><Input /></Form.Item>
        <Form.Item name="on" label={w('on')} rules={must(w('on'))}><DatePicker /></Form.Item>
        <Form.Item name="basis" label={w('basis')} rules={must(w('basis'))}><Input /></Form.Item>
        <Form.Item name="reason" label={w('reason')}><Input /></Form.Item>
      </CommandModal>
    )
  return (
    <CommandModal title={w('renew')} path={`${path}/renew_term`} version={o.version} close={close}>
      <Form.Item name="elected_on" label={w('electedOn')} rules={must(w('electedOn'))}><DatePicker /></Form.Item>
      <Form.Item name="term_ends_on" label={w('termEnds')}><DatePicker /></Form.Item>
      <Form.Item name="basis" label={w('basis')} rules={must(w('basis'))}><Input /></Form.Item>
    </CommandModal>
  )
}

export function OrganizationDetail({ id }: { id: string }) {
  const w = useWords(organizationWords)
  const may = useMay()
  const [change, setChange] = useState<Change>()
  const { data: o, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/organizations/{id}', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!o) return <Skeleton active />
  const manages = may('organization.manage') && !o.dissolved_on
  const tabs = [
    { key: 'facts', label: w('facts'), children: <OnRecord organization={o} /> },
    ...(may('member.read') ? [{ key: 'members', label: w('members'), children: <Members id={id} /> }] : []),
    ...(may('unit.read') ? [{ key: 'units', label: w('units'), children: <Units id={id} /> }] : []),
    { key: 'relations', label: w('relations'), children: <Relations organization={o} /> },
    ...(may('document.read') ? [{ key: 'documents', label: w('documents'), children: <Documents record="organization" id={id} /> }] : []),
    ...(manages ? [{ key: 'ending', label: w('ending'), children: <Ending organization={o} /> }] : []),
  ]
  return (
    <>
      <Flex justify="space-between" wrap gap="small">
        <h2 style={{ margin: 0 }}>
          {o.name} <Tag>{w(`kind.${o.kind}`)}</Tag> {o.dissolved_on && <Tag color="red">{w('dissolve')}</Tag>}
        </h2>
        {manages && (
          <Space wrap role="group" aria-label={w('actions')}>
            <Button onClick={() => setChange('edit')}>{w('edit')}</Button>
            <Button onClick={() => setChange('rename')}>{w('rename')}</Button>
            <Button onClick={() => setChange('renew_term')}>{w('renew')}</Button>
          </Space>
        )}
      </Flex>
      <Tabs items={tabs} destroyOnHidden />
      {change && <ChangeDialog organization={o} change={change} close={() => setChange(undefined)} />}
    </>
  )
}
