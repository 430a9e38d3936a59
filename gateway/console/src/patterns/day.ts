// SPDX-License-Identifier: Apache-2.0
// Days and moments as they are read here: 2026-11-21, 2026-11-21 09:30, in the time of the city (UTC+8).
const moment = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' })

export function showMoment(at: string | undefined | null): string {
  return at ? moment.format(new Date(at)) : ''
}

/** The city's day of today. */
export function today(): string {
  return moment.format(new Date()).slice(0, 10)
}
