// SPDX-License-Identifier: Apache-2.0
// A page that the acting post may not have says so, rather than an empty page. The server judges again.
import { Result } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '@/words'
import { frameWords } from '@/words/frame'
import { useMay } from './session'

export function Guard({ permission, children }: { permission?: string; children: ReactNode }) {
  const w = useWords(frameWords)
  const may = useMay()
  return permission && !may(permission) ? <Result status="403" title={w('denied')} /> : children
}
