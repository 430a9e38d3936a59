// SPDX-License-Identifier: Apache-2.0
// One unit: what is on record, the five-clear ledger (五清), talks with its owner, its states and papers.
import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Flex, Form, Input, Select, Skeleton, Tabs, Tag } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { showMoment } from '@/patterns/day'
import { Facts } from '@/patterns/Facts'
import { FailedRead } from '@/patterns/Failure'
import { QueryTable } from '@/patterns/QueryTable'
import { useWords, wordOr } from '@/words'
import { organizationWords } from '@/words/organizations'
import { patternWords } from '@/words/patterns'
import { roleWords } from '@/words/roles'
import { unitWords } from '@/words/units'
import { Documents } from '../organizations/Documents'
import { FiveClear } from './FiveClear'
import { Talks } from './Talks'

type Unit = Schema['organizations.Unit']

const states = ['operating', 'preparing', 'suspended', 'revoked', 'shell', 'moved', 'closed'] as const

function OnRecord({ unit }: { unit: Unit }) {
  const w = useWords(unitWords)
  const o = useWords(organizationWords)
  const p = useWords(patternWords)
  return (
    <Facts
      facts={[
        [w('code'), unit.code],
        [w('kind'), w(`kind.${unit.kind}`)],
        [w('trade'), unit.trade],
        [w('region'), unit.region_code],
        [w('place'), unit.place],
        [w('state'), unit.business_state && w(`state.${unit.business_state}`)],
        [w('staff'), unit.staff],
        [w('owner'), unit.owner_name],
        [w('ownerMember'), unit.owner_is_member ? p('yes') : p('no')],
        [w('organization'), unit.organization_id ? <Link to={`/organizations/${unit.organization_id}`}>{unit.organization_name}</Link> : <Tag color="red">{w('blank')}</Tag>],
        [w('form'), unit.coverage_form && o(`form.${unit.coverage_form}`)],
        [w('instructor'), unit.instructor_name],
        [w('mainUnit'), unit.main_unit_id && <Link to={`/units/${unit.main_unit_id}`}>{unit.main_unit_id}</Link>],
      ]}
    />
  )
}

function StateDialog({ unit, close }: { unit: Unit; close: () => void }) {
  const w = useWords(unitWords)
  const must = useMust()
  return (
    <CommandModal title={w('recordState')} path={`/api/v1/units/${unit.id}/states`} version={unit.version} close={close}>
      <Form.Item name="state" label={w('state')} rules={must(w('state'))}>
        <Select options={states.map((state) => ({ value: state, label: w(`state.${state}`) }))} />
      </Form.Item>
      <Form.Item name="since" label={w('since')}><DatePicker /></Form.Item>
      <Form.Item name="reason" label={w('reason')}><Input /></Form.Item>
    </CommandModal>
  )
}

function States({ unit }: { unit: Unit }) {
  const w = useWords(unitWords)
  const may = useMay()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <QueryTable<Schema['organizations.UnitStateEntry'] & { id?: string }>
        name="unit-states"
        caption={w('states')}
        columns={[
          { key: 'since', title: w('since'), show: (row) => row.since },
          { key: 'state', title: w('state'), show: (row) => row.state && w(`state.${row.state}`) },
          { key: 'reason', title: w('reason'), show: (row) => row.reason },
          { key: 'as', title: w('confirmed'), show: (row) => [row.recorded_as && wordOr(roleWords, row.recorded_as), showMoment(row.recorded_at)].filter(Boolean).join(' · ') },
        ]}
        page={() => api.queryOptions('get', '/api/v1/units/{id}/states', { params: { path: { id: unit.id } } })}
        extra={may('unit.manage') && <Button onClick={() => setAsking(true)}>{w('recordState')}</Button>}
      />
      {asking && <StateDialog unit={unit} close={() => setAsking(false)} />}
    </>
  )
}

export default function UnitPage() {
  const w = useWords(unitWords)
  const may = useMay()
  const { id = '' } = useParams()
  const { data: unit, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/units/{id}', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!unit) return <Skeleton active />
  const tabs = [
    { key: 'record', label: w('onRecord'), children: <OnRecord unit={unit} /> },
    { key: 'facts', label: w('facts'), children: <FiveClear id={id} /> },
    ...(may('talk.read') ? [{ key: 'talks', label: w('talks'), children: <Talks id={id} /> }] : []),
    { key: 'states', label: w('states'), children: <States unit={unit} /> },
    ...(may('document.read') ? [{ key: 'documents', label: w('documents'), children: <Documents record="unit" id={id} /> }] : []),
  ]
  return (
    <Flex vertical>
      <h1 className="page-title">{unit.name}</h1>
      <Tabs items={tabs} destroyOnHidden />
    </Flex>
  )
}
