// SPDX-License-Identifier: Apache-2.0
// Finds an organization by some letters of its name: in the directory, which knows all of the city, or among the
// organizations below one. The tree is never loaded whole.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'

interface Props {
  label: string
  value?: string
  onChange?: (id: string | undefined) => void
  below?: string // only those directly below this organization
  keep?: (entry: Schema['organizations.DirectoryEntry']) => boolean
  id?: string
}

const FOUND = 20

export function OrganizationSelect({ label, value, onChange, below, keep, id }: Props) {
  const w = useWords(patternWords)
  const [typed, setTyped] = useState('')
  const directory = useQuery({
    ...api.queryOptions('get', '/api/v1/directory', { params: { query: { name: typed, limit: FOUND } } }),
    enabled: !below && typed.length > 0,
  })
  const children = useQuery({
    ...api.queryOptions('get', '/api/v1/organizations', { params: { query: { superior_id: below ?? '', limit: 200 } } }),
    enabled: !!below,
  })
  const known = useQuery({
    ...api.queryOptions('get', '/api/v1/organizations/{id}', { params: { path: { id: value ?? '' } } }),
    enabled: !!value && !below,
  })
  const found = below
    ? (children.data?.items ?? []).map((item) => ({ value: item.id, label: item.name }))
    : (directory.data?.items ?? [])
        .filter((entry) => !keep || keep(entry))
        .map((entry) => ({
          value: entry.id,
          label: entry.committee_name && entry.committee_name !== entry.name ? `${entry.name}（${entry.committee_name}）` : entry.name,
        }))
  if (value && known.data && !found.some((option) => option.value === value))
    found.unshift({ value, label: known.data.name })
  return (
    <Select
      id={id}
      aria-label={label}
      style={{ minWidth: 260, width: '100%' }}
      showSearch={below ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: setTyped }}
      allowClear
      placeholder={`${label}：${w('organizationHint')}`}
      value={value}
      onChange={onChange}
      options={found}
      loading={directory.isFetching || children.isFetching}
      notFoundContent={typed ? w('empty') : w('organizationHint')}
    />
  )
}
