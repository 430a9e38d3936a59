// SPDX-License-Identifier: Apache-2.0
// Files: put whole under an id of our choosing, so that the same file sent again after a lost answer is there once.
import { http } from './client'
import { newId } from './command'

/** Sends a file and tells its id. Throws a Problem. */
export async function putFile(file: File, purpose: 'import' | 'document'): Promise<string> {
  const id = newId()
  await http.PUT('/api/v1/files/{id}', {
    params: { path: { id }, query: { file_name: file.name, purpose } },
    body: file as never, // the bytes themselves, which the document calls any type
    bodySerializer: (bytes) => bytes as unknown as BodyInit,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
  return id
}

/** The address under which a file is given out. */
export function fileAddress(id: string): string {
  return `/api/v1/files/${id}/content`
}
