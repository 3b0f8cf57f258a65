import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildServer, rosette } from './run-cli.js'

const given = process.env['ROSETTE_SHARED_DATA'] ?? '../../../../shared/data/'
const folder = new URL('openedx/vectors/', new URL(given.replace(/\/?$/, '/'), import.meta.url))
const missing = !existsSync(folder)
const name = missing
  ? 'recorded vectors on the command line (skipped: the shared data folder is missing)'
  : 'recorded vectors on the command line'

type KeyVector = { ok: boolean; class?: string; str?: string; fields?: unknown }
type AvroVector = { event_type: string; avro_record: unknown; hex: string }

describe.skipIf(missing)(name, () => {
  beforeAll(buildServer, 300_000)

  it('reads and refuses every recorded key', async () => {
    const vectors: Record<string, Record<string, KeyVector>> = read('opaque_key_vectors.json')
    const all = Object.entries(vectors).flatMap(([kind, keys]) =>
      Object.entries(keys).map(([text, vector]) => ({ kind, text, vector })),
    )
    await several(all, async ({ kind, text, vector }) => {
      const args = ['parse-key', '--kind', kind, '--json', '--', text]
      const { code, stdout } = await rosette(args)
      const { ok, kind: found, canonical, parts } = JSON.parse(stdout)
      const { ok: expected, class: of, str, fields } = vector
      expect([text, code, ok]).toEqual([text, expected ? 0 : 1, expected])
      if (ok) expect([text, found, canonical, parts]).toEqual([text, of, str, fields])
    })
  })

  it('encodes and decodes every recorded event', async () => {
    const vectors: AvroVector[] = read('avro_vectors.json')
    await several(vectors, async ({ event_type: type, avro_record: data, hex }) => {
      const encode = ['encode-event', '--type', type, '--data', '-']
      const encoded = await rosette(encode, { stdin: JSON.stringify(data) })
      expect(encoded).toEqual({ code: 0, stdout: `${hex}\n`, stderr: '' })
      const { stdout } = await rosette(['decode-event', '--type', type, '--hex', hex])
      expect(JSON.parse(stdout)).toEqual({ eventType: type, data })
    })
  })
})

function read(file: string) {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
}

/** A few processes at a time: each takes a moment to start. */
async function several<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  const waiting = [...values]
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: 4 }, worker))
}
