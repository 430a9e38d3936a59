// SPDX-License-Identifier: Apache-2.0
// What stands around every page: menu by area, the acting post, bells, language. Whoever is not logged in is sent to the
// log-in and comes back.
import { BellOutlined, CheckSquareOutlined, MenuOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Alert, Badge, Button, Drawer, Flex, Layout, Menu, Spin } from 'antd'
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react'
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router'
import { problemOf } from '@/api/problem'
import { listen } from '@/api/stream'
import { FailedRead } from '@/patterns/Failure'
import { useWide } from '@/patterns/useWide'
import { useWords } from '@/words'
import { frameWords } from '@/words/frame'
import { areas } from './areas'
import { useUnread, useWaiting } from './counts'
import { Owner } from './Owner'
import { type Session, SessionContext, useMay, useSession, useSessionQuery } from './session'

function useOffline(): boolean {
  return !useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
  )
}

function AreaMenu({ chosen }: { chosen?: () => void }) {
  const w = useWords(frameWords)
  const may = useMay()
  const { pathname } = useLocation()
  const shown = areas.filter((area) => !area.permission || may(area.permission))
  const here = shown.filter((area) => area.path !== '/' && pathname.startsWith(area.path)).pop()?.path ?? (pathname === '/' ? '/' : '')
  return (
    <Menu
      mode="inline"
      theme="light"
      selectedKeys={[here]}
      onClick={chosen}
      items={shown.map((area) => ({ key: area.path, icon: area.icon, label: <Link to={area.path}>{w(area.word)}</Link> }))}
    />
  )
}

function Bells() {
  const w = useWords(frameWords)
  const unread = useUnread()
  const waiting = useWaiting()
  const navigate = useNavigate()
  return (
    <>
      <Badge count={waiting} size="small" overflowCount={999}>
        <Button type="text" icon={<CheckSquareOutlined />} aria-label={w('waiting', { count: waiting })} onClick={() => void navigate('/work')} />
      </Badge>
      <Badge count={unread} size="small" overflowCount={999}>
        <Button type="text" icon={<BellOutlined />} aria-label={w('unread', { count: unread })} onClick={() => void navigate('/messages')} />
      </Badge>
    </>
  )
}

function PhoneTabs() {
  const w = useWords(frameWords)
  const { pathname } = useLocation()
  return (
    <nav className="phone-tabs" aria-label={w('menu')}>
      {areas
        .filter((area) => area.inTabs)
        .map((area) => (
          <Link key={area.path} to={area.path} aria-current={pathname === area.path ? 'page' : undefined}>
            {area.icon}
            <span>{w(area.word)}</span>
          </Link>
        ))}
    </nav>
  )
}

function Shell() {
  const w = useWords(frameWords)
  const wide = useWide()
  const offline = useOffline()
  const session = useSession()
  const [open, setOpen] = useState(false)
  return (
    <Layout className="shell">
      <a className="skip" href="#content">
        {w('skip')}
      </a>
      <Layout.Header className="bar">
        <Flex align="center" gap="small">
          {!wide && <Button type="text" icon={<MenuOutlined />} aria-label={w('menu')} onClick={() => setOpen(true)} />}
          <img src="/emblem.svg" alt="" width={28} height={28} />
          {wide && <strong>{w('name')}</strong>}
          {wide && <span className="where">{session.organization_name}</span>}
        </Flex>
        <Flex align="center" gap="small">
          <Bells />
          <Owner />
        </Flex>
      </Layout.Header>
      <Layout>
        {wide ? (
          <Layout.Sider theme="light" width={200} className="areas">
            <nav aria-label={w('menu')}>
              <AreaMenu />
            </nav>
          </Layout.Sider>
        ) : (
          <Drawer placement="left" open={open} onClose={() => setOpen(false)} title={w('menu')} size={260}>
            <AreaMenu chosen={() => setOpen(false)} />
          </Drawer>
        )}
        <Layout.Content id="content" role="main" tabIndex={-1} className="content">
          {offline && <Alert banner type="warning" title={w('offline')} />}
          <Suspense fallback={<Spin aria-label={w('loading')} />}>
            <Outlet />
          </Suspense>
        </Layout.Content>
      </Layout>
      {!wide && <PhoneTabs />}
    </Layout>
  )
}

function Listening({ session }: { session: Session }) {
  const client = useQueryClient()
  const hears = session.permissions.includes('message.read')
  useEffect(() => (hears ? listen(client) : undefined), [client, hears, session.account_id, session.organization_id])
  return null
}

export default function Frame() {
  const { pathname, search } = useLocation()
  const { data: session, error, refetch } = useSessionQuery()
  if (error && problemOf(error).status === 401) return <Navigate to="/log-in" state={{ back: pathname + search }} replace />
  if (error) return <FailedRead error={error} retry={() => void refetch()} />
  if (!session) return <Spin fullscreen />
  if (session.must_change_password && pathname !== '/password') return <Navigate to="/password" replace />
  return (
    <SessionContext value={session}>
      <Listening session={session} />
      <Shell />
    </SessionContext>
  )
}
