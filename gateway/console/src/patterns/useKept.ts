// SPDX-License-Identifier: Apache-2.0
// A choice that this browser remembers.
import { useState } from 'react'

export function useKept<T>(name: string, fallback: T): [T, (value: T) => void] {
  const key = `liangxin.${name}`
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(key)
    return kept === null ? fallback : (JSON.parse(kept) as T)
  })
  return [
    value,
    (next) => {
      localStorage.setItem(key, JSON.stringify(next))
      setValue(next)
    },
  ]
}
