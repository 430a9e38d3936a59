// SPDX-License-Identifier: Apache-2.0
// A member: what is on record, masked where it is nobody's business, with dues, training and transfers beside it.
import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Skeleton, Tabs } from 'antd'
import { Link, useParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { type Fact, Facts } from '@/patterns/Facts'
import { FailedRead } from '@/patterns/Failure'
import { Masked } from '@/patterns/Masked'
import { showYuan } from '@/patterns/money'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWords } from '@/words'
import { letterWords } from '@/words/letters'
import { memberWords } from '@/words/members'
import { patternWords } from '@/words/patterns'
import { StateTag } from '../letters/Letters'

type Member = Schema['organizations.Member']

function MemberFacts({ member }: { member: Member }) {
  const w = useWords(memberWords)
  const p = useWords(patternWords)
  const may = useMay()
  const secret = (value: string | undefined, field: string) => (
    <Masked value={value} path={`/api/v1/members/${member.id}/reveal`} field={field} allowed={may('member.reveal')} />
  )
  const facts: Fact[] = [
    [w('name'), member.name],
    [w('sex'), member.sex === 'male' || member.sex === 'female' ? w(`sex.${member.sex}`) : member.sex],
    [w('identity'), secret(member.identity_number, 'identity_number')],
    [w('telephone'), secret(member.telephone, 'telephone')],
    [w('ethnicity'), member.ethnicity],
    [w('born'), member.born_on],
    [w('education'), member.education],
    [w('standing'), w(`standing.${member.standing}`)],
    [w('joined'), member.joined_on],
    [w('full'), member.full_on],
    [w('organization'), <Link key="o" to={`/organizations/${member.organization_id}`}>{member.organization_name}</Link>],
    [w('unit'), member.unit_name],
    [w('duty'), member.duty],
    [w('occupation'), member.occupation],
    [w('floating'), member.floating ? p('yes') : p('no')],
    [w('status'), w(`status.${member.status}`)],
    [w('left'), member.left_on],
  ]
  return <Facts facts={facts} />
}

function Dues({ id }: { id: string }) {
  const w = useWords(memberWords)
  const { data, error } = useQuery(api.queryOptions('get', '/api/v1/dues/members/{member_id}/base', { params: { path: { member_id: id } } }))
  if (error) return <FailedRead error={error} />
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />
  return <p>{w('base', { yuan: showYuan(data.monthly_fen), base: showYuan(data.base_fen), month: data.from_month })}</p>
}

function Training({ id }: { id: string }) {
  const w = useWords(memberWords)
  const { data, error } = useQuery(api.queryOptions('get', '/api/v1/training/members/{member_id}/plan', { params: { path: { member_id: id } } }))
  if (error) return <FailedRead error={error} />
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />
  return <p>{w('plan', { year: data.year, required: data.required_tenths / 10, done: data.done_tenths / 10, article: data.article })}</p>
}

function Letters({ id }: { id: string }) {
  const w = useWords(letterWords)
  return (
    <QueryTable<Schema['transfers.Letter']>
      name="member-letters"
      caption={w('title')}
      columns={[
        { key: 'number', title: w('number'), show: (row) => <Link to={`/letters/${row.id}`}>{row.number || w('numberless')}</Link> },
        { key: 'state', title: w('state'), show: (row) => <StateTag state={row.state} /> },
        { key: 'from', title: w('from'), show: (row) => row.from_branch_name },
        { key: 'to', title: w('to'), show: (row) => row.to_committee_name },
        { key: 'issued', title: w('issuedOn'), show: (row) => row.issued_on },
      ]}
      page={(_query, cursor) => api.queryOptions('get', '/api/v1/transfers', { params: { query: { member_id: id, cursor, limit: PAGE_SIZE } } })}
    />
  )
}

export default function MemberPage() {
  const w = useWords(memberWords)
  const may = useMay()
  const { id = '' } = useParams()
  const { data: member, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/members/{id}', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!member) return <Skeleton active />
  const tabs = [
    { key: 'facts', label: w('title'), children: <MemberFacts member={member} /> },
    ...(may('dues.read') ? [{ key: 'dues', label: w('dues'), children: <Dues id={id} /> }] : []),
    ...(may('training.read') ? [{ key: 'training', label: w('training'), children: <Training id={id} /> }] : []),
    ...(may('letter.read') ? [{ key: 'letters', label: w('letters'), children: <Letters id={id} /> }] : []),
  ]
  return (
    <>
      <Flex justify="space-between" wrap gap="small">
        <h1 className="page-title">{member.name}</h1>
        {may('letter.draft') && member.status === 'active' && (
          <Link to={`/letters/new?member=${id}`}>
            <Button type="primary">{w('transfer')}</Button>
          </Link>
        )}
      </Flex>
      <Tabs items={tabs} />
    </>
  )
}
