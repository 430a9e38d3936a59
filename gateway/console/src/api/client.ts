// SPDX-License-Identifier: Apache-2.0
// The public API with the types of its document. Every failure is thrown as a Problem (problem.ts).
import { QueryClient } from '@tanstack/react-query'
import createFetchClient, { type Middleware } from 'openapi-fetch'
import createQueryClient from 'openapi-react-query'
import type { components, paths } from '#schema'
import { language } from '@/words'
import { Problem, type ProblemDocument, problemOf } from './problem'

export type Schema = components['schemas']

// The cookie counts only for requests that carry this field, which no other site can set.
const fields: Middleware = {
  onRequest({ request }) {
    request.headers.set('X-Requested-With', 'liangxin')
    request.headers.set('Accept-Language', language())
  },
  async onResponse({ response }) {
    if (response.ok) return
    const document = (await response.json().catch(() => ({}))) as Partial<ProblemDocument>
    const problem = new Problem(document, response.status)
    if (response.status === 401) window.dispatchEvent(new CustomEvent('logged-out', { detail: problem.code }))
    throw problem
  },
  onError({ error }) {
    return problemOf(error)
  },
}

export const http = createFetchClient<paths>({ baseUrl: '' })
http.use(fields)

export const api = createQueryClient(http)

const RETRIES = 2

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // What the server has judged is not asked again; what nobody answered is.
      retry: (count, error) => {
        const { status } = problemOf(error)
        return count < RETRIES && (status === 0 || status >= 502)
      },
    },
  },
})
