// SPDX-License-Identifier: Apache-2.0
// Where an import stands among its six steps.
import { Steps } from 'antd'
import { useWide } from '@/patterns/useWide'
import { useWords } from '@/words'
import { importWords } from '@/words/imports'

const steps = ['ledger', 'upload', 'match', 'check', 'commit', 'result'] as const

export function ImportSteps({ at, failed = false }: { at: number; failed?: boolean }) {
  const w = useWords(importWords)
  const wide = useWide()
  return (
    <Steps size="small" style={{ marginBottom: 24 }} orientation={wide ? 'horizontal' : 'vertical'} current={at}
      status={failed ? 'error' : 'process'} items={steps.map((step) => ({ title: w(`step.${step}`) }))} />
  )
}
