// SPDX-License-Identifier: Apache-2.0
import { Tag } from 'antd'
import { Link } from 'react-router'
import { api, type Schema } from '@/api/client'
import { type Column, PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { memberWords } from '@/words/members'

type Member = Schema['organizations.Member']

export default function Members() {
  const w = useWords(memberWords)
  const columns: Column<Member>[] = [
    { key: 'name', title: w('name'), width: 110, show: (row) => <Link to={`/members/${row.id}`}>{row.name}</Link> },
    { key: 'sex', title: w('sex'), width: 60, show: (row) => (row.sex === 'male' || row.sex === 'female' ? w(`sex.${row.sex}`) : row.sex) },
    { key: 'standing', title: w('standing'), width: 110, show: (row) => w(`standing.${row.standing}`) },
    { key: 'organization', title: w('organization'), show: (row) => row.organization_name },
    { key: 'unit', title: w('unit'), show: (row) => row.unit_name },
    { key: 'duty', title: w('duty'), width: 110, show: (row) => row.duty },
    { key: 'joined', title: w('joined'), width: 120, show: (row) => row.joined_on },
    { key: 'telephone', title: w('telephone'), width: 130, show: (row) => <span className="number">{row.telephone}</span> },
    { key: 'identity', title: w('identity'), width: 190, show: (row) => <span className="number">{row.identity_number}</span>, hidden: true },
    { key: 'education', title: w('education'), width: 90, show: (row) => row.education, hidden: true },
    { key: 'status', title: w('status'), width: 100, show: (row) => <Tag>{w(`status.${row.status}`)}</Tag> },
  ]
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <QueryTable<Member>
        name="members"
        caption={w('title')}
        columns={columns}
        filters={[{ name: 'organization_id', label: w('organization'), kind: 'organization' }]}
        page={(query, cursor) => api.queryOptions('get', '/api/v1/members', { params: { query: { ...query, cursor, limit: PAGE_SIZE } } })}
        empty={w('empty')}
      />
    </>
  )
}
