// SPDX-License-Identifier: Apache-2.0
// Whether the window has room for a table (768 px); a phone has cards.
import { useSyncExternalStore } from 'react'

const query = window.matchMedia('(min-width: 768px)')

function subscribe(changed: () => void) {
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches)
}
