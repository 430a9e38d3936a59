// SPDX-License-Identifier: Apache-2.0
// The areas of the console: a row each, with the permission that shows it. Pages load when they are opened.
import { ApartmentOutlined, BankOutlined, BellOutlined, CheckSquareOutlined, DownloadOutlined, HomeOutlined, IdcardOutlined, ImportOutlined, LaptopOutlined, MailOutlined, TeamOutlined } from '@ant-design/icons'
import { type ComponentType, type LazyExoticComponent, type ReactNode, lazy } from 'react'
import type { frameWords } from '@/words/frame'

type PageComponent = LazyExoticComponent<ComponentType>

export interface AreaRow {
  word: keyof typeof frameWords.table
  path: string
  icon: ReactNode
  permission?: string
  inTabs?: boolean // among the tabs of a phone
}

export interface PageRow {
  path: string // as the router reads it
  page: PageComponent
}

export const areas: AreaRow[] = [
  { word: 'home', path: '/', icon: <HomeOutlined />, inTabs: true },
  { word: 'work', path: '/work', icon: <CheckSquareOutlined />, inTabs: true },
  { word: 'letters', path: '/letters', icon: <MailOutlined />, permission: 'letter.read' },
  { word: 'members', path: '/members', icon: <TeamOutlined />, permission: 'member.read' },
  { word: 'organizations', path: '/organizations', icon: <ApartmentOutlined />, permission: 'organization.read' },
  { word: 'units', path: '/units', icon: <BankOutlined />, permission: 'unit.read' },
  { word: 'imports', path: '/imports', icon: <ImportOutlined />, permission: 'import.run' },
  { word: 'exports', path: '/exports', icon: <DownloadOutlined />, permission: 'export.run' },
  { word: 'messages', path: '/messages', icon: <BellOutlined />, permission: 'message.read', inTabs: true },
  { word: 'accounts', path: '/accounts', icon: <IdcardOutlined />, permission: 'account.manage' },
  { word: 'sessions', path: '/sessions', icon: <LaptopOutlined />, permission: 'session.manage' },
]

export const pages: PageRow[] = [
  { path: '/', page: lazy(() => import('@/pages/home/Home')) },
  { path: '/work', page: lazy(() => import('@/pages/work/Work')) },
  { path: '/letters', page: lazy(() => import('@/pages/letters/Letters')) },
  { path: '/letters/new', page: lazy(() => import('@/pages/letters/NewLetter')) },
  { path: '/letters/:id', page: lazy(() => import('@/pages/letters/Letter')) },
  { path: '/members', page: lazy(() => import('@/pages/members/Members')) },
  { path: '/members/:id', page: lazy(() => import('@/pages/members/Member')) },
  { path: '/organizations/:id?', page: lazy(() => import('@/pages/organizations/Organizations')) },
  { path: '/units', page: lazy(() => import('@/pages/units/Units')) },
  { path: '/units/:id', page: lazy(() => import('@/pages/units/Unit')) },
  { path: '/imports', page: lazy(() => import('@/pages/imports/Imports')) },
  { path: '/imports/new', page: lazy(() => import('@/pages/imports/NewImport')) },
  { path: '/imports/:id', page: lazy(() => import('@/pages/imports/Import')) },
  { path: '/exports', page: lazy(() => import('@/pages/exports/Exports')) },
  { path: '/messages', page: lazy(() => import('@/pages/messages/Messages')) },
  { path: '/accounts', page: lazy(() => import('@/pages/accounts/Accounts')) },
  { path: '/sessions', page: lazy(() => import('@/pages/sessions/Sessions')) },
]
