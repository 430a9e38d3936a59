// SPDX-License-Identifier: Apache-2.0
// What went wrong, as the server says it (RFC 9457), or because no answer came.
import type { components } from '#schema'

export type ProblemDocument = components['schemas']['Problem']
export type FieldProblem = { pointer: string; code: string; title: string; detail?: string }

/** Thrown by every call that has no good answer. `code` is stable; 'network' is ours: nobody answered. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly requestId: string
  readonly fields: FieldProblem[]
  readonly changes: { pointer: string; value: string }[]
  readonly changedBy: string

  constructor(document: Partial<ProblemDocument>, status: number) {
    super(document.title ?? '')
    this.code = document.code ?? (status === 0 ? 'network' : 'internal')
    this.status = status
    this.detail = document.detail ?? ''
    this.requestId = document.instance ?? ''
    this.fields = (document.errors ?? []) as FieldProblem[]
    this.changes = (document.changes ?? []) as Problem['changes']
    this.changedBy = document.changed_by_organization ?? document.changed_by_role ?? ''
  }
}

/** Any failure as a Problem: what fetch throws means that nobody answered. */
export function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem({}, 0)
}

/** The field that a pointer names: "/to_committee_id" is to_committee_id. */
export function fieldOf(pointer: string): string {
  return pointer.replace(/^\//, '').replace(/\//g, '.')
}
