// SPDX-License-Identifier: Apache-2.0
// Who is logged in, in which post, and what that post may do.
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { api, type Schema } from '@/api/client'

export type Session = Schema['organizations.Session']

export function useSessionQuery() {
  return useQuery({ ...api.queryOptions('get', '/api/v1/session'), staleTime: 60_000, retry: false })
}

export const SessionContext = createContext<Session | null>(null)

/** The session of the frame around; only pages inside the frame ask. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('outside of the frame')
  return session
}

export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}
