// SPDX-License-Identifier: Apache-2.0
// The end of an organization (撤销, 合并): what stands in its way is told before anybody asks for it.
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Flex, Form, Input, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { api, type Schema } from '@/api/client'
import { CommandModal, useMust } from '@/patterns/CommandModal'
import { Facts } from '@/patterns/Facts'
import { FailedRead } from '@/patterns/Failure'
import { OrganizationSelect } from '@/patterns/OrganizationSelect'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'

type Organization = Schema['organizations.Organization']
type Preview = Schema['organizations.EndingPreview']

function Obstacles({ preview }: { preview: Preview }) {
  const w = useWords(organizationWords)
  if (preview.obstacles.length === 0) return <Alert type="success" showIcon title={w('endingFree')} />
  return (
    <Alert type="warning" showIcon title={w('endingBlocked')}
      description={
        <ul>
          {preview.obstacles.map(({ kind, count, numbers }) => (
            kind && <li key={kind}>{w(`obstacle.${kind}`, { count, numbers: numbers.join('、') })}</li>
          ))}
        </ul>
      }
    />
  )
}

function EndDialog({ organization, successor, preview, close }: { organization: Organization; successor?: string; preview: Preview; close: () => void }) {
  const w = useWords(organizationWords)
  const must = useMust()
  const command = successor ? 'merge' : 'dissolve'
  return (
    <CommandModal title={`${w(command)} · ${organization.name}`} path={`/api/v1/organizations/${organization.id}/${command}`} version={organization.version}
      danger more={successor ? { successor_id: successor } : {}} close={close}>
      <Form.Item name="on" label={w('on')} rules={must(w('on'))}>
        <DatePicker minDate={preview.earliest_on ? dayjs(preview.earliest_on) : undefined} maxDate={dayjs()} />
      </Form.Item>
      <Form.Item name="basis" label={w('basis')} rules={must(w('basis'))}><Input /></Form.Item>
      <Form.Item name="reason" label={w('reason')} rules={must(w('reason'))}><Input /></Form.Item>
    </CommandModal>
  )
}

export function Ending({ organization }: { organization: Organization }) {
  const w = useWords(organizationWords)
  const [successor, setSuccessor] = useState<string>()
  const [asking, setAsking] = useState(false)
  const { id } = organization
  const { data: preview, error, refetch } = useQuery(
    api.queryOptions('get', '/api/v1/organizations/{id}/ending', { params: { path: { id }, query: { successor_id: successor } } }),
  )
  return (
    <Flex vertical gap="middle" align="flex-start">
      <label style={{ width: '100%', maxWidth: 480 }}>
        {w('into')}
        <OrganizationSelect label={w('into')} value={successor} onChange={setSuccessor} />
      </label>
      {error && <FailedRead error={error} retry={() => void refetch()} />}
      {!preview && !error && <Skeleton active />}
      {preview && (
        <>
          <Obstacles preview={preview} />
          <Facts facts={[[w('earliest'), preview.earliest_on], [w('passing'), preview.passing_units], [w('posts'), preview.ending_posts]]} />
          <Button danger disabled={preview.obstacles.length > 0} onClick={() => setAsking(true)}>
            {w(successor ? 'merge' : 'dissolve')}
          </Button>
        </>
      )}
      {asking && preview && <EndDialog organization={organization} successor={successor} preview={preview} close={() => setAsking(false)} />}
    </Flex>
  )
}
