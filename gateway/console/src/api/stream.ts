// SPDX-License-Identifier: Apache-2.0
// What changed elsewhere: the server tells kinds and ids, and what is on screen is read anew.
import type { QueryClient } from '@tanstack/react-query'

// The addresses whose answers a kind of news makes old.
const readers: Record<string, string[]> = {
  letter: ['/api/v1/transfers', '/api/v1/work', '/api/v1/statistics'],
  move: ['/api/v1/moves', '/api/v1/work'],
  import: ['/api/v1/imports', '/api/v1/work'],
  message: ['/api/v1/messages', '/api/v1/work/notifications'],
  messages: ['/api/v1/messages', '/api/v1/work/notifications'],
}

const GATHER_MS = 300 // a burst of news is one reading

/** Listens until the returned function is called. A gap ("reset") makes everything old. */
export function listen(client: QueryClient): () => void {
  const source = new EventSource('/api/v1/stream')
  const old = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const refresh = () => {
    timer = undefined
    const paths = [...old]
    old.clear()
    void client.invalidateQueries({
      predicate: ({ queryKey }) => paths.some((path) => String(queryKey[1]).startsWith(path)),
    })
  }
  const note = (paths: string[]) => {
    for (const path of paths) old.add(path)
    timer ??= setTimeout(refresh, GATHER_MS)
  }
  source.onmessage = (event: MessageEvent<string>) => {
    const { kind } = JSON.parse(event.data) as { kind: string }
    note(readers[kind] ?? ['/api/v1/'])
  }
  source.addEventListener('reset', () => note(['/api/v1/']))
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
