// SPDX-License-Identifier: Apache-2.0
// Long work: how far, how fast, how long still. Read from the job, so that it is right after a reload as well.
import { Flex, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { useWords } from '@/words'
import { patternWords } from '@/words/patterns'

interface Props {
  label: string
  done: number
  total: number // 0: not known yet
}

export function JobProgress({ label, done, total }: Props) {
  const p = useWords(patternWords)
  const start = useRef({ at: 0, done })
  useEffect(() => {
    if (!start.current.at || done < start.current.done) start.current = { at: Date.now(), done }
  }, [done])
  const seconds = start.current.at ? (Date.now() - start.current.at) / 1000 : 0
  const rate = seconds > 0 ? Math.round((done - start.current.done) / seconds) : 0
  return (
    <Flex vertical role="status">
      <strong>{label}</strong>
      <Progress aria-label={label} percent={total ? Math.floor((100 * done) / total) : 0} status="active" showInfo={total > 0} />
      <span>
        {p('rows', { done, total: total || '–' })} {rate > 0 && total > done && p('speed', { rate, seconds: Math.ceil((total - done) / rate) })}
      </span>
      <small>{p('running')}</small>
    </Flex>
  )
}
