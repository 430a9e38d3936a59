// SPDX-License-Identifier: Apache-2.0
// Organizations: the tree beside the one that is open, or the directory, which knows all of the city by name.
import { Card, Empty, Flex, Tabs } from 'antd'
import { Link, useParams, useSearchParams } from 'react-router'
import { api, type Schema } from '@/api/client'
import { PAGE_SIZE, QueryTable } from '@/patterns/QueryTable'
import { useWide } from '@/patterns/useWide'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'
import { OrganizationDetail } from './OrganizationDetail'
import { OrganizationTree } from './OrganizationTree'

type Entry = Schema['organizations.DirectoryEntry']

function Directory() {
  const w = useWords(organizationWords)
  return (
    <QueryTable<Entry>
      name="directory"
      caption={w('find')}
      columns={[
        {
          key: 'name', title: w('name'),
          show: (row) => (
            <>
              <Link to={`/organizations/${row.id}`}>{row.name}</Link> {row.former_name && <small>{w('formerly', { name: row.former_name })}</small>}
            </>
          ),
        },
        { key: 'code', title: w('code'), width: 140, show: (row) => row.code },
        { key: 'kind', title: w('kind'), width: 130, show: (row) => w(`kind.${row.kind}`) },
        { key: 'committee', title: w('committee'), show: (row) => row.committee_name },
        { key: 'place', title: w('place'), show: (row) => row.place },
        { key: 'telephone', title: w('telephone'), width: 130, show: (row) => <span className="number">{row.telephone}</span> },
        { key: 'address', title: w('address'), show: (row) => row.address, hidden: true },
      ]}
      filters={[
        { name: 'name', label: w('name'), kind: 'text' },
        { name: 'code', label: w('code'), kind: 'text' },
      ]}
      page={(query, cursor) => api.queryOptions('get', '/api/v1/directory', { params: { query: { ...query, cursor, limit: PAGE_SIZE } } })}
    />
  )
}

function TreeAndDetail({ id }: { id: string | undefined }) {
  const w = useWords(organizationWords)
  const wide = useWide()
  const detail = id ? <OrganizationDetail key={id} id={id} /> : <Empty description={w('choose')} />
  if (!wide) return id ? detail : <OrganizationTree chosen={id} />
  return (
    <Flex gap="middle" align="flex-start">
      <Card size="small" style={{ flex: '0 0 320px', maxHeight: '75vh', overflow: 'auto' }}>
        <OrganizationTree chosen={id} />
      </Card>
      <div style={{ flex: 1, minWidth: 0 }}>{detail}</div>
    </Flex>
  )
}

export default function Organizations() {
  const w = useWords(organizationWords)
  const { id } = useParams()
  const [params, setParams] = useSearchParams()
  const tab = params.get('tab') === 'find' ? 'find' : 'tree'
  return (
    <>
      <h1 className="page-title">{w('title')}</h1>
      <Tabs
        activeKey={tab}
        onChange={(key) => setParams(key === 'find' ? { tab: key } : {}, { replace: true })}
        items={[
          { key: 'tree', label: w('tree'), children: <TreeAndDetail id={id} /> },
          { key: 'find', label: w('find'), children: <Directory /> },
        ]}
        destroyOnHidden
      />
    </>
  )
}
