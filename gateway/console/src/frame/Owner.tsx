// SPDX-License-Identifier: Apache-2.0
// The one who is logged in: acting post, language, size of type, log-out.
import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown, type MenuProps } from 'antd'
import { useNavigate } from 'react-router'
import { useCommand } from '@/api/command'
import { useKept } from '@/patterns/useKept'
import { useWide } from '@/patterns/useWide'
import { chooseLanguage, type Language, language, languages, useWords, wordOr } from '@/words'
import { frameWords } from '@/words/frame'
import { roleWords } from '@/words/roles'
import { useSession } from './session'

export function useLarge() {
  const [large, setLarge] = useKept('large', false)
  document.documentElement.classList.toggle('large', large)
  return [large, setLarge] as const
}

export function Owner() {
  const w = useWords(frameWords)
  const session = useSession()
  const wide = useWide()
  const command = useCommand()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [large, setLarge] = useLarge()

  const switchTo = async (post: string) => {
    await command.mutateAsync({ path: '/api/v1/session/post', body: { post_id: post } })
    client.clear()
    await navigate('/')
  }
  const logOut = async () => {
    await command.mutateAsync({ path: '/api/v1/session/end' })
    client.clear()
    await navigate('/log-in')
  }
  const items: MenuProps['items'] = [
    {
      key: 'posts',
      type: 'group',
      label: w('post.switch'),
      children: session.posts.map((post) => ({
        key: `post ${post.id}`,
        label: `${post.organization_name} · ${wordOr(roleWords, post.role)}${post.acting ? ` ✓` : ''}`,
        disabled: post.acting,
      })),
    },
    { type: 'divider' },
    { key: 'large', label: `${w('large')}${large ? ' ✓' : ''}` },
    ...Object.entries(languages).map(([key, name]) => ({ key: `language ${key}`, label: name, lang: key, disabled: key === language() })),
    { key: 'password', label: w('password') },
    { type: 'divider' },
    { key: 'logOut', label: w('logOut') },
  ]
  const choose = (key: string) => {
    const [what, which = ''] = key.split(' ')
    if (what === 'post') void switchTo(which)
    if (what === 'large') setLarge(!large)
    if (what === 'language') chooseLanguage(which as Language)
    if (what === 'password') void navigate('/password')
    if (what === 'logOut') void logOut()
  }
  const shown = wide ? `${session.account_name} · ${wordOr(roleWords, session.role)}` : wordOr(roleWords, session.role)
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
      <Button type="text" icon={<UserOutlined />} aria-label={`${w('post.acting')} ${shown}`}>
        {shown}
      </Button>
    </Dropdown>
  )
}
