import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  avroSchemaOf,
  decodeEvent,
  encodeEvent,
  isKeyKind,
  isKnownWithoutLearner,
  parseKey,
  schemaString,
  signalOf,
  signals,
} from './index.js'

const root = process.env['ROSETTE_SHARED_DATA'] ?? '../../../../shared/data/'
const folder = new URL('openedx/', new URL(root.replace(/\/?$/, '/'), import.meta.url))
const missing = !existsSync(folder)
const name = missing
  ? 'the Open edX vectors (skipped: the shared data folder is missing)'
  : 'the Open edX vectors'

describe.skipIf(missing)(name, () => {
  it('has the schema of every event that carries a learner, key order included', () => {
    for (const signal of signals) {
      const stored = readJson(`schemas/${signal.eventType.replaceAll('.', '+')}_schema.avsc`)
      expect(JSON.stringify(avroSchemaOf(signal))).toBe(JSON.stringify(stored))
    }
  })

  it('knows every event type that has a schema, and whether it carries a learner', () => {
    for (const file of readdirSync(new URL('schemas/', folder))) {
      const text = readFileSync(new URL(`schemas/${file}`, folder), 'utf8')
      const eventType = file.replace('_schema.avsc', '').replaceAll('+', '.')
      const hasLearner = text.includes('"UserData"')
      expect([eventType, signalOf(eventType) !== undefined]).toEqual([eventType, hasLearner])
      expect([eventType, isKnownWithoutLearner(eventType)]).toEqual([eventType, !hasLearner])
    }
  })

  it('writes the schema text that a Kafka registry holds, byte for byte', () => {
    for (const [eventType, text] of Object.entries(readJson('vectors/schema_strings.json'))) {
      expect(schemaString(signalOf(eventType)!)).toBe(text)
    }
  })

  it('encodes and decodes every recorded event byte for byte', () => {
    const vectors: AvroVector[] = readJson('vectors/avro_vectors.json')
    for (const { event_type, avro_record, hex } of vectors) {
      const signal = signalOf(event_type)!
      expect(encodeEvent(signal, avro_record).toString('hex')).toBe(hex)
      expect(decodeEvent(signal, Buffer.from(hex, 'hex'))).toStrictEqual(avro_record)
    }
  })

  it('reads, writes and refuses every recorded key', () => {
    const vectors: Record<string, Record<string, KeyVector>> = readJson(
      'vectors/opaque_key_vectors.json',
    )
    for (const [kind, keys] of Object.entries(vectors)) {
      for (const [text, expected] of Object.entries(keys)) {
        if (!isKeyKind(kind)) throw new Error(`no such kind of key: ${kind}`)
        const parsed = parseKey(kind, text)
        expect([text, parsed.ok ? toVector(parsed) : { ok: false }]).toEqual([
          text,
          expected.ok ? expected : { ok: false },
        ])
      }
    }
  })
})

type AvroVector = { event_type: string; avro_record: unknown; hex: string }
type KeyVector = { ok: boolean }

function toVector(parsed: Extract<ReturnType<typeof parseKey>, { ok: true }>) {
  const { ok, kind, canonical, parts, deprecated } = parsed
  return { ok, class: kind, str: canonical, fields: parts, deprecated }
}

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
}
