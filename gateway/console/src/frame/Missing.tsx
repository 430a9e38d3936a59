// SPDX-License-Identifier: Apache-2.0
import { Result } from 'antd'
import { Link } from 'react-router'
import { useWords } from '@/words'
import { frameWords } from '@/words/frame'

export function Missing() {
  const w = useWords(frameWords)
  return <Result status="404" title={w('notFound')} extra={<Link to="/">{w('home')}</Link>} />
}
