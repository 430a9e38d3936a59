// SPDX-License-Identifier: Apache-2.0
// The numbers at the bells. Each service counts its own open work; a service that is away adds nothing.
import { useQueries, useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { useMay } from './session'

export const workServices = [
  { service: 'transfers', path: '/api/v1/work/transfers', permission: 'letter.read' },
  { service: 'organizations', path: '/api/v1/work/organizations', permission: 'organization.read' },
  { service: 'dues', path: '/api/v1/work/dues', permission: 'dues.read' },
  { service: 'training', path: '/api/v1/work/training', permission: 'training.read' },
  { service: 'notifications', path: '/api/v1/work/notifications', permission: 'message.read' },
] as const

export function useWaiting(): number {
  const may = useMay()
  return useQueries({
    queries: workServices
      .filter((row) => row.service !== 'notifications' && may(row.permission))
      .map((row) => api.queryOptions('get', `${row.path}/count`, {})),
    combine: (answers) => answers.reduce((sum, answer) => sum + (answer.data?.waiting ?? 0), 0),
  })
}

export function useUnread(): number {
  const may = useMay()
  const { data } = useQuery({ ...api.queryOptions('get', '/api/v1/messages/unread'), enabled: may('message.read') })
  return data?.unread ?? 0
}
