// SPDX-License-Identifier: Apache-2.0
// A new letter in three steps: who, where to and why, and a look at all of it before the draft is made.
import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio, Select } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useCommand } from '@/api/command'
import { MemberSelect } from '@/patterns/MemberSelect'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { StepForm } from '@/patterns/StepForm'
import { useWords } from '@/words'
import { letterWords } from '@/words/letters'
import { patternWords } from '@/words/patterns'

interface Values {
  member_id: string
  where: 'city' | 'outside'
  to_committee_id?: string
  to_name?: string
  reason: Schema['transfers.TransferReason']
  note?: string
}

const reasons = ['work_unit_changed', 'residence_changed', 'away_six_months', 'retired', 'other'] as const
const NOTE_LIMIT = 500
const NAME_LIMIT = 200

function useNames(values: Partial<Values>) {
  const member = useQuery({
    ...api.queryOptions('get', '/api/v1/members/{id}', { params: { path: { id: values.member_id ?? '' } } }),
    enabled: !!values.member_id,
  })
  const committee = useQuery({
    ...api.queryOptions('get', '/api/v1/organizations/{id}', { params: { path: { id: values.to_committee_id ?? '' } } }),
    enabled: !!values.to_committee_id,
    retry: false, // outside one's scope it is not there; the directory showed its name
  })
  return { member: member.data, committee: committee.data?.name }
}

function Summary({ values }: { values: Partial<Values> }) {
  const w = useWords(letterWords)
  const { member, committee } = useNames(values)
  return (
    <dl className="card-facts">
      <div><dt>{w('member')}</dt><dd>{member?.name}</dd></div>
      <div><dt>{w('from')}</dt><dd>{member?.organization_name}</dd></div>
      <div><dt>{w('to')}</dt><dd>{values.where === 'outside' ? values.to_name : (committee ?? values.to_committee_id)}</dd></div>
      <div><dt>{w('reason')}</dt><dd>{values.reason && w(`reason.${values.reason}`)}</dd></div>
      <div><dt>{w('note')}</dt><dd>{values.note}</dd></div>
    </dl>
  )
}

export default function NewLetter() {
  const w = useWords(letterWords)
  const p = useWords(patternWords)
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const command = useCommand<Schema['transfers.Letter']>()
  const must = (label: string) => [{ required: true, message: p('required', { label }) }]

  const within = (
    <Form.Item name="to_committee_id" label={w('toCommittee')} rules={must(w('toCommittee'))}>
      <OrganizationSelect label={w('toCommittee')} keep={(entry) => entry.kind === 'committee' || entry.kind === 'working_committee'} />
    </Form.Item>
  )
  const outside = (
    <Form.Item name="to_name" label={w('outsideName')} rules={must(w('outsideName'))}>
      <Input maxLength={NAME_LIMIT} />
    </Form.Item>
  )
  const send = async (values: Values) => {
    const { where, to_committee_id, to_name, ...rest } = values
    const letter = await command.mutateAsync(
      where === 'outside'
        ? { path: '/api/v1/transfers/outward', body: { ...rest, to_name } }
        : { path: '/api/v1/transfers', body: { ...rest, to_committee_id } },
    )
    await navigate(`/letters/${letter.id}`)
  }
  return (
    <>
      <h1 className="page-title">{w('new')}</h1>
      <StepForm<Values>
        name="new-letter"
        initial={{ member_id: params.get('member') ?? undefined, where: 'city' }}
        send={send}
        error={command.error}
        sending={command.isPending}
        sendWord={w('save')}
        steps={[
          {
            title: w('chooseMember'),
            fields: ['member_id'],
            show: (
              <Form.Item name="member_id" label={w('member')} rules={must(w('member'))} extra={w('chooseMemberHint')}>
                <MemberSelect label={w('member')} />
              </Form.Item>
            ),
          },
          {
            title: w('to'),
            fields: ['to_committee_id', 'to_name', 'reason', 'note'],
            show: (
              <>
                <Form.Item name="where" label={w('where')}>
                  <Radio.Group options={(['city', 'outside'] as const).map((where) => ({ value: where, label: w(`where.${where}`) }))} />
                </Form.Item>
                <Form.Item noStyle dependencies={['where']}>
                  {({ getFieldValue }) => (getFieldValue('where') === 'outside' ? outside : within)}
                </Form.Item>
                <Form.Item name="reason" label={w('reason')} rules={must(w('reason'))}>
                  <Select options={reasons.map((reason) => ({ value: reason, label: w(`reason.${reason}`) }))} />
                </Form.Item>
                <Form.Item name="note" label={w('note')}>
                  <Input.TextArea rows={3} maxLength={NOTE_LIMIT} showCount />
                </Form.Item>
              </>
            ),
          },
        ]}
        summary={(values) => <Summary values={values} />}
        summaryTitle={w('confirmDraft')}
      />
    </>
  )
}
