// SPDX-License-Identifier: Apache-2.0
// One of the members of one's organization.
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api } from '@/api/client'

export function MemberSelect({ label, value, onChange, id }: { label: string; value?: string; onChange?: (id: string) => void; id?: string }) {
  const { data, isFetching } = useQuery(api.queryOptions('get', '/api/v1/members', { params: { query: { limit: 200 } } }))
  return (
    <Select
      id={id}
      aria-label={label}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isFetching}
      value={value}
      onChange={onChange}
      options={(data?.items ?? []).map((member) => ({ value: member.id, label: `${member.name}（${member.organization_name}）` }))}
    />
  )
}
