// SPDX-License-Identifier: Apache-2.0
// Steps one below the other: what, who, when, after how many days; the step that is expected stands last, dashed.
import { Timeline as Line } from 'antd'
import type { ReactNode } from 'react'

export interface Step {
  key: string
  what: ReactNode
  where?: ReactNode
  when?: string
  waited?: string
  note?: ReactNode
  open?: boolean // not taken yet
}

export function Timeline({ steps }: { steps: Step[] }) {
  return (
    <Line
      items={steps.map((step) => ({
        key: step.key,
        color: step.open ? 'gray' : 'green',
        content: (
          <div>
            <strong>{step.what}</strong> {step.where}
            <div>
              {[step.when, step.waited].filter(Boolean).join(' · ')}
              {step.note && <div>{step.note}</div>}
            </div>
          </div>
        ),
      }))}
    />
  )
}
