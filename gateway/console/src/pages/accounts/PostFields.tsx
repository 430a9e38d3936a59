// SPDX-License-Identifier: Apache-2.0
// The fields of a post (岗位): which role, where. The roles are the server's.
import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Select } from 'antd'
import { api } from '@/api/client'
import { useMust } from '@/patterns/CommandModal'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { useWords, wordOr } from '@/words'
import { accountWords } from '@/words/accounts'
import { roleWords } from '@/words/roles'

export function PostFields({ until = false }: { until?: boolean }) {
  const w = useWords(accountWords)
  const must = useMust()
  const { data } = useQuery({ ...api.queryOptions('get', '/api/v1/roles'), staleTime: Infinity })
  return (
    <>
      <Form.Item name="role" label={w('role')} rules={must(w('role'))}>
        <Select options={(data?.items ?? []).map(({ name }) => ({ value: name, label: wordOr(roleWords, name) }))} />
      </Form.Item>
      <Form.Item name="organization_id" label={w('organization')} rules={must(w('organization'))}>
        <OrganizationSelect label={w('organization')} />
      </Form.Item>
      {until && <Form.Item name="until" label={w('until')}><DatePicker /></Form.Item>}
    </>
  )
}
