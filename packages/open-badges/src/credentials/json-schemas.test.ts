import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  controllerDocument,
  generateKeyPair,
  signDocument,
  verifyCredential,
} from '../index.js'
import { violationOf } from './validate-json.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const SPEC = `${data}/open-badges/spec`
const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const SCHEMA = 'https://badges.example/schema.json'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const signer = { key, verificationMethod: KEY, created }
const { publicKeyMultibase } = key

const built = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Example' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org' },
  validFrom: created,
})
const badge = {
  ...built,
  '@context': [...built['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
}
const schemaEntry = { id: SCHEMA, type: '1EdTechJsonSchemaValidator2019' }

async function verify(credentialSchema: unknown, answer: unknown, more: object = {}) {
  const world: Record<string, unknown> = {
    [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
    [SCHEMA]: answer,
  }
  const asked: string[] = []
  const documents = async (url: string) => {
    asked.push(url)
    return world[url] ?? Promise.reject(new Error('nothing'))
  }
  const signed = await signDocument({ ...badge, credentialSchema, ...more }, signer)
  const { verdict, checks } = await verifyCredential(signed, { documents, now })
  // The first is about the members that every badge must have.
  const [, ...schema] = checks.filter(({ code }) => code === 'schema')
  return { verdict, schema, asked }
}

const read = (path: string) => JSON.parse(readFileSync(`${SPEC}/${path}`, 'utf8'))

describe('a badge that names its schema', () => {
  it('follows it', async () => {
    const answer = { type: 'object', required: ['name'], properties: { name: { minLength: 3 } } }
    for (const entry of [schemaEntry, [schemaEntry], { ...schemaEntry, type: 'JsonSchema' }]) {
      const { verdict, schema } = await verify(entry, answer)
      expect(verdict).toBe('valid')
      expect(schema).toMatchObject([{ outcome: 'passed', detail: { schema: SCHEMA } }])
    }
    expect((await verify(schemaEntry, JSON.stringify(answer))).verdict).toBe('valid')
  })

  it('is invalid when it does not, and says where', async () => {
    const answer = { properties: { issuer: { properties: { name: { maxLength: 3 } } } } }
    const { verdict, schema } = await verify(schemaEntry, answer)
    expect(verdict).toBe('invalid')
    expect(schema).toMatchObject([{ outcome: 'failed', error: 'ERR_OB_SCHEMA' }])
    expect(schema[0]?.message).toContain('#/issuer/name String is too long')
  })

  it('is read by the draft that the schema names', async () => {
    // Beside a reference, members counted for nothing until 2019.
    const answer = { $ref: '#/definitions/any', required: ['no'], definitions: { any: {} } }
    expect((await verify(schemaEntry, answer)).verdict).toBe('invalid')
    const $schema = 'http://json-schema.org/draft-07/schema#'
    expect((await verify(schemaEntry, { ...answer, $schema })).verdict).toBe('valid')
    expect(violationOf(badge, answer, { draft: '7', ms: 1000 })).toBeUndefined()
    expect(violationOf(badge, answer, { draft: '2020-12', ms: 1000 })).toContain('"no"')
  })

  it.each<[string, unknown]>([
    ['does not answer', undefined],
    ['is a page', '<html>'],
    ['never ends a regular expression', { properties: { name: { pattern: '^(a+)+$' } } }],
    ['refers to itself', { $ref: '#' }],
    ['refers to another document', { $ref: 'https://badges.example/other.json' }],
    ['is no schema', { properties: { name: { pattern: '(' } } }],
    ['is too large', { description: 'a'.repeat(600_000) }],
    ['is too deep', JSON.parse(`${'{"not":'.repeat(30_00)}{}${'}'.repeat(30_00)}`)],
    ['multiplies', { $ref: '#/$defs/a0', $defs: doubling(30) }],
  ])('is told, and not held against, a schema that %s', async (_name, answer) => {
    const name = `${'a'.repeat(40)}!`
    const { verdict, schema, asked } = await verify(schemaEntry, answer, { name })
    expect(verdict).toBe('valid')
    expect(schema).toMatchObject([
      { outcome: 'warning', detail: { error: 'ERR_OB_SCHEMA_UNREACHABLE' } },
    ])
    expect(asked).not.toContain('https://badges.example/other.json')
  })

  it('is not looked up when the kind is unknown, or beyond the fourth', async () => {
    const unknown = { id: SCHEMA, type: 'https://badges.example/Kind' }
    const { verdict, schema, asked } = await verify(unknown, {})
    expect(verdict).toBe('valid')
    expect(schema).toMatchObject([{ outcome: 'skipped' }])
    expect(asked).not.toContain(SCHEMA)
    const many = Array.from({ length: 6 }, (_, i) => ({ ...schemaEntry, id: `${SCHEMA}?${i}` }))
    const found = await verify(many, {})
    expect(found.schema.map(({ outcome }) => outcome)).toEqual([
      ...Array(4).fill('warning'),
      'skipped',
    ])
  })
})

describe('schemas that take all the time there is', () => {
  it('take it once for all schemas of a badge', async () => {
    const endless = { properties: { name: { pattern: '^(a+)+$' } } }
    const entries = [schemaEntry, schemaEntry, schemaEntry]
    const name = `${'a'.repeat(40)}!`
    const { verdict, schema } = await verify(entries, endless, { name })
    expect(verdict).toBe('valid')
    expect(schema.map(({ outcome }) => outcome)).toEqual(['warning', 'skipped', 'skipped'])
  })
})

// Each definition asks for the next one twice, so that the last is asked 2^n times.
function doubling(count: number): Record<string, unknown> {
  const next = (i: number) => ({ $ref: `#/$defs/a${i}` })
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `a${i}`,
      i === count - 1 ? { type: 'object' } : { allOf: [next(i + 1), next(i + 1)] },
    ]),
  )
}

describe('a schema of a stranger', () => {
  it('has an answer or a refusal with a code, whatever it is', () => {
    const schemas = fc.object({ withBigInt: false, maxDepth: 4 })
    fc.assert(
      fc.property(schemas, (schema) => {
        try {
          expect(['string', 'undefined']).toContain(
            typeof violationOf(badge, schema, { draft: '2019-09', ms: 1000 }),
          )
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_OB_SCHEMA_UNREACHABLE' })
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe.skipIf(!existsSync(SPEC))('the official schemas', () => {
  it.each(['json-ld-relaxed', 'plain-strict'])('of the folder %s are followed', async (folder) => {
    const file = `schemas/${folder}/ob_v3p0_achievementcredential_schema.json`
    const { verdict, schema } = await verify([schemaEntry], read(file))
    expect(schema).toMatchObject([{ outcome: 'passed' }])
    expect(verdict).toBe('valid')
  })

  it('find what is wrong', async () => {
    const file = 'schemas/plain-strict/ob_v3p0_achievementcredential_schema.json'
    const { verdict, schema } = await verify([schemaEntry], read(file), { validUntil: '2027' })
    expect(verdict).toBe('invalid')
    expect(schema).toMatchObject([{ outcome: 'failed', error: 'ERR_OB_SCHEMA' }])
  })
})
