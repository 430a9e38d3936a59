// SPDX-License-Identifier: Apache-2.0
// Puts a packed twin (".gz") beside every file that is smaller packed; the gateway sends it to whoever takes gzip.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.endsWith('.gz')) continue
  const path = join(entry.parentPath ?? entry.path, entry.name)
  const plain = readFileSync(path)
  const packed = gzipSync(plain, { level: 9 })
  if (packed.length < plain.length) writeFileSync(`${path}.gz`, packed)
}
