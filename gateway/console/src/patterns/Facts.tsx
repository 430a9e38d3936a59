// SPDX-License-Identifier: Apache-2.0
// What is on record of one thing, label by label; what is empty is left out.
import { Descriptions } from 'antd'
import type { ReactNode } from 'react'

export type Fact = readonly [label: string, value: ReactNode]

export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <Descriptions bordered size="small" column={{ xs: 1, md: 2 }}
      items={facts.filter(([, value]) => value || value === 0).map(([label, children]) => ({ key: label, label, children }))} />
  )
}
