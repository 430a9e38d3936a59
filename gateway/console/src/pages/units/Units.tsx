// SPDX-License-Identifier: Apache-2.0
// The units of the ledger; one without an organization is a blank place (空白点).
import { Tag } from 'antd'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { type Column, PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'
import { unitWords } from '@/words/units'

type Unit = Schema['organizations.Unit']

export default function Units() {
  const w = useWords(unitWords)
  const o = useWords(organizationWords)
  const columns: Column<Unit>[] = [
    { key: 'name', title: w('name'), show: (row) => <Link to={`/units/${row.id}`}>{row.name}</Link> },
    { key: 'code', title: w('code'), width: 190, show: (row) => <span className="number">{row.code}</span> },
    { key: 'kind', title: w('kind'), width: 120, show: (row) => w(`kind.${row.kind}`) },
    { key: 'trade', title: w('trade'), show: (row) => row.trade },
    { key: 'place', title: w('place'), show: (row) => row.place },
    { key: 'state', title: w('state'), width: 100, show: (row) => row.business_state && w(`state.${row.business_state}`) },
    { key: 'staff', title: w('staff'), width: 90, show: (row) => <span className="number">{row.staff}</span> },
    {
      key: 'organization', title: w('organization'),
      show: (row) => (row.organization_id ? <Link to={`/organizations/${row.organization_id}`}>{row.organization_name}</Link> : <Tag color="red">{w('blank')}</Tag>),
    },
    { key: 'form', title: w('form'), width: 100, show: (row) => row.coverage_form && o(`form.${row.coverage_form}`), hidden: true },
    { key: 'instructor', title: w('instructor'), show: (row) => row.instructor_name, hidden: true },
  ]
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Unit>
        name="units"
        caption={w('title')}
        columns={columns}
        filters={[
          { name: 'organization_id', label: w('organization'), kind: 'organization' },
          { name: 'code', label: w('code'), kind: 'text' },
        ]}
        page={(query, cursor) => api.queryOptions('get', '/api/v1/units', { params: { query: { ...query, cursor, limit: PAGE_SIZE } } })}
        empty={w('empty')}
      />
    </>
  )
}
