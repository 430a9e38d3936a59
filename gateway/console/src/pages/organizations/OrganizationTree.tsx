// SPDX-License-Identifier: Apache-2.0
// The line below the acting organization. Each level is read when it is opened; the whole is never loaded.
import { useQueryClient } from '@tanstack/react-query'
import { Tree } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, type Schema } from '@/api/client'
import { useSession } from '@/frame/session'
import { useWords } from '@/words'
import { organizationWords } from '@/words/organizations'

type Organization = Schema['organizations.Organization']

interface Node {
  key: string
  title: string
  isLeaf?: boolean
  disabled?: boolean
  children?: Node[]
}

const LEVEL = 200 // children shown at once
const leaves: Organization['kind'][] = ['branch', 'joint_branch', 'floating_branch']

function nodeOf(row: Organization): Node {
  return { key: row.id, title: row.name, isLeaf: leaves.includes(row.kind) }
}

function withChildren(nodes: Node[], key: string, children: Node[]): Node[] {
  return nodes.map((node) => {
    if (node.key === key) return { ...node, children, isLeaf: children.length === 0 }
    return node.children ? { ...node, children: withChildren(node.children, key, children) } : node
  })
}

export function OrganizationTree({ chosen }: { chosen: string | undefined }) {
  const w = useWords(organizationWords)
  const session = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [nodes, setNodes] = useState<Node[]>([{ key: session.organization_id, title: session.organization_name }])

  const load = async (key: string) => {
    const query = { superior_id: key, limit: LEVEL }
    const page = await client.fetchQuery(api.queryOptions('get', '/api/v1/organizations', { params: { query } }))
    const children = page.items.map(nodeOf)
    if (page.next_cursor) children.push({ key: `${key} more`, title: w('more'), isLeaf: true, disabled: true })
    setNodes((known) => withChildren(known, key, children))
  }
  return (
    <Tree<Node>
      aria-label={w('tree')}
      blockNode
      treeData={nodes}
      defaultExpandedKeys={[session.organization_id]}
      selectedKeys={chosen ? [chosen] : []}
      loadData={(node) => load(node.key)}
      onSelect={(_keys, { node }) => void navigate(`/organizations/${node.key}`)}
    />
  )
}
