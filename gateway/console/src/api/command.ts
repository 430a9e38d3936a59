// SPDX-License-Identifier: Apache-2.0
// Commands: whatever changes something. The same words sent again after a lost answer carry the same Idempotency-Key,
// so that a second click, or a network that came back, does nothing twice.
import { type MutationOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { http } from './client'
import type { Problem } from './problem'

/** 128 random bits as hex. Not crypto.randomUUID, which a page without TLS does not have. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A version 4 UUID, for what the client names (files). */
export function newId(): string {
  const hex = newKey()
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}

export interface Command {
  path: string // with its parameters filled in
  method?: 'POST' | 'PATCH'
  body?: unknown
  version?: number // of what is changed, when the command asks for it
}

type Sender = (path: string, init: object) => Promise<{ data?: unknown }>

async function send<T>(command: Command, key: string): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': key }
  if (command.version !== undefined) headers['If-Match'] = `"${command.version}"`
  // The path is filled in already; a table of commands has no type of its own for each row.
  const sender = (command.method === 'PATCH' ? http.PATCH : http.POST) as unknown as Sender
  const { data } = await sender(command.path, { body: command.body ?? {}, headers })
  return data as T
}

/** Sends commands; what was read before is read anew when one has succeeded. */
export function useCommand<T = unknown>(options: MutationOptions<T, Problem, Command> = {}) {
  const client = useQueryClient()
  const last = useRef({ words: '', key: '' })
  return useMutation<T, Problem, Command>({
    ...options,
    mutationFn: (command) => {
      const words = JSON.stringify(command)
      if (words !== last.current.words) last.current = { words, key: newKey() }
      return send<T>(command, last.current.key)
    },
    onSuccess: async (...result) => {
      last.current = { words: '', key: '' }
      await client.invalidateQueries()
      await options.onSuccess?.(...result)
    },
  })
}
