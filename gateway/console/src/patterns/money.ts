// SPDX-License-Identifier: Apache-2.0
// Fen as yuan: 12345 is "123.45". What is not known is a dash.
export function showYuan(fen: number | undefined): string {
  return fen === undefined ? '–' : (fen / 100).toFixed(2)
}
