// SPDX-License-Identifier: Apache-2.0
// The five-clear ledger (五清台账) of a unit: groups of fields as the server lists them, each value with its day and its
// source; a value can be corrected, and the whole confirmed.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Form, Input, Select, Skeleton, Table, Tag } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { useMay } from '@/frame/session'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { FailedRead } from '@/patterns/Failure'
import { showYuan } from '@/patterns/money'
import { language, useWords, wordOr } from '@/words'
import { patternWords } from '@/words/patterns'
import { roleWords } from '@/words/roles'
import { unitWords } from '@/words/units'

type Field = Schema['organizations.UnitField']
type Fact = Schema['organizations.UnitFact']
type Group = Schema['organizations.UnitFactGroup']
type Sheet = Schema['organizations.UnitFactSheet']

const sources = ['street', 'unit', 'instructor', 'registration'] as const

function label(named: { label_zh: string; label_en: string } | undefined): string {
  return (language() === 'en' ? named?.label_en : named?.label_zh) ?? ''
}

function Value({ field, fact }: { field: Field | undefined; fact: Fact }) {
  const p = useWords(patternWords)
  if (!fact.value) return <>–</>
  if (field?.kind === 'fen') return <>{showYuan(Number(fact.value))}</>
  if (field?.kind === 'yes_no') return <>{p(fact.value === 'true' ? 'yes' : 'no')}</>
  if (field?.kind === 'word') return <>{label(field.words.find((word) => word.code === fact.value)) || fact.value}</>
  return <>{fact.value}</>
}

function FieldInput({ field, ...given }: { field: Field; id?: string; value?: never; onChange?: never }) {
  const p = useWords(patternWords)
  const choices =
    field.kind === 'word'
      ? field.words.map((word) => ({ value: word.code, label: label(word) }))
      : field.kind === 'yes_no'
        ? [{ value: 'true', label: p('yes') }, { value: 'false', label: p('no') }]
        : undefined
  return choices ? <Select options={choices} {...given} /> : <Input inputMode={field.kind === 'text' ? 'text' : 'decimal'} {...given} />
}

function CorrectDialog({ sheet, field, close }: { sheet: Sheet; field: Field; close: () => void }) {
  const w = useWords(unitWords)
  const must = useMust()
  // Money is typed in yuan and kept in fen.
  const kept = (value: unknown) => (field.kind === 'fen' ? String(Math.round(Number(value) * 100)) : String(value))
  return (
    <CommandModal title={`${w('change')} · ${label(field)}`} path={`/api/v1/units/${sheet.id}/facts`} method="PATCH" version={sheet.version} close={close}
      initial={{ source: 'street' }} more={(values) => ({ source: values.source, facts: [{ field: field.name, value: kept(values.value) }] })}>
      <Form.Item name="value" label={w('newValue')} rules={must(w('newValue'))}>
        <FieldInput field={field} />
      </Form.Item>
      <Form.Item name="source" label={w('source')} rules={must(w('source'))}>
        <Select options={sources.map((source) => ({ value: source, label: w(`source.${source}`) }))} />
      </Form.Item>
    </CommandModal>
  )
}

function GroupCard({ group, title, fields, change }: { group: Group; title: string; fields: Field[]; change?: (field: Field) => void }) {
  const w = useWords(unitWords)
  const fieldOf = (fact: Fact) => fields.find((field) => field.name === fact.field)
  return (
    <Card size="small" title={title}
      extra={<small>{group.reviewed_on ? w('reviewed', { date: group.reviewed_on }) : w('neverReviewed')} {group.stale_on && w('stale', { date: group.stale_on })}</small>}>
      <Table<Fact>
        aria-label={title}
        size="small"
        rowKey="field"
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={group.facts}
        columns={[
          { key: 'field', title: w('field'), width: 180, render: (_, fact) => label(fieldOf(fact)) },
          { key: 'value', title: w('value'), width: 220, render: (_, fact) => <Value field={fieldOf(fact)} fact={fact} /> },
          { key: 'day', title: w('day'), width: 110, render: (_, fact) => fact.as_of },
          { key: 'source', title: w('source'), width: 120, render: (_, fact) => (fieldOf(fact)?.counted ? <Tag>{w('counted')}</Tag> : fact.source && w(`source.${fact.source}`)) },
          { key: 'by', title: w('confirmed'), render: (_, fact) => [fact.confirmed_as && wordOr(roleWords, fact.confirmed_as), fact.confirmed_for].filter(Boolean).join(' · ') },
          {
            key: 'actions', title: w('actions'), width: 90,
            render: (_, fact) => {
              const field = fieldOf(fact)
              return change && field && !field.counted && <Button size="small" onClick={() => change(field)}>{w('change')}</Button>
            },
          },
        ]}
      />
    </Card>
  )
}

export function FiveClear({ id }: { id: string }) {
  const w = useWords(unitWords)
  const may = useMay()
  const [field, setField] = useState<Field>()
  const [confirming, setConfirming] = useState(false)
  const fields = useQuery({ ...api.queryOptions('get', '/api/v1/unit-fields'), staleTime: Infinity })
  const { data: sheet, error, refetch } = useQuery(api.queryOptions('get', '/api/v1/units/{id}/facts', { params: { path: { id } } }))
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (fields.error) return <FailedRead error={fields.error} retry={() => void fields.refetch()} />
  if (!sheet || !fields.data) return <Skeleton active />
  const known = fields.data.groups
  return (
    <Flex vertical gap="middle">
      <Flex justify="space-between" align="center" wrap>
        <span>{w('asOf')} {sheet.as_of}</span>
        {may('unit.confirm') && <Button type="primary" onClick={() => setConfirming(true)}>{w('confirm')}</Button>}
      </Flex>
      {sheet.open_conflicts > 0 && <Alert type="warning" showIcon title={w('conflicts', { count: sheet.open_conflicts })} />}
      {sheet.groups.map((group) => {
        const row = known.find(({ name }) => name === group.name)
        return <GroupCard key={group.name} group={group} title={label(row)} fields={row?.fields ?? []} change={may('unit.manage') ? setField : undefined} />
      })}
      {field && <CorrectDialog sheet={sheet} field={field} close={() => setField(undefined)} />}
      {confirming && (
        <CommandModal title={w('confirm')} path={`/api/v1/units/${id}/facts/confirm`} version={sheet.version} close={() => setConfirming(false)}>
          <p>{w('confirmText')}</p>
        </CommandModal>
      )}
    </Flex>
  )
}
