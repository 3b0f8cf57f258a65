/// <reference path="../json-ld/untyped.d.ts" />
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import rdfCanonize from 'rdf-canonize'
import { describe, expect, it } from 'vitest'
import { buildCredential, generateKeyPair, verifyCredential } from '../index.js'
import type { JsonObject } from '../json/json.js'
import { canonize, MAX_DEEP_ITERATIONS } from '../json-ld/canonize.js'
import { signDocument } from './data-integrity.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const folder = `${data}/w3c/rdf-canon/tests`

type Entry = {
  readonly id: string
  readonly type: string
  readonly action: string
  readonly result?: string
  readonly hashAlgorithm?: string
}

const read = (path: string) => readFileSync(`${folder}/${path}`, 'utf8')
const entries = existsSync(folder)
  ? (JSON.parse(read('manifest.jsonld')).entries as readonly Entry[])
  : []
const entriesOf = (type: string) => entries.filter((entry) => entry.type === `rdfc:RDFC10${type}`)

/** As `canonize` does it, from N-Quads. */
async function canonizeAs({ action, hashAlgorithm }: Entry) {
  const labels = new Map<string, string>()
  const options = {
    algorithm: 'RDFC-1.0',
    inputFormat: 'application/n-quads',
    canonicalIdMap: labels,
    maxDeepIterations: MAX_DEEP_ITERATIONS,
    ...(hashAlgorithm === 'SHA384' ? { messageDigestAlgorithm: 'SHA-384' as const } : {}),
  } as const
  return { canonical: await rdfCanonize.canonize(read(action), options), labels }
}

describe.skipIf(entries.length === 0)(
  'the RDFC-1.0 suite (skipped when the shared data folder is missing)',
  () => {
    it('is there whole', () => {
      const counts = ['EvalTest', 'MapTest', 'NegativeEvalTest'].map(
        (type) => entriesOf(type).length,
      )
      expect(counts).toEqual([64, 21, 1])
      expect(entries).toHaveLength(86)
    })

    it.each(entriesOf('EvalTest'))('has the canonical form of $id', async (entry) => {
      expect((await canonizeAs(entry)).canonical).toBe(read(String(entry.result)))
    })

    it.each(entriesOf('MapTest'))('has the labels of $id', async (entry) => {
      const { labels } = await canonizeAs(entry)
      const plain = [...labels].map(([from, to]) => [from.replace('_:', ''), to.replace('_:', '')])
      expect(Object.fromEntries(plain)).toEqual(JSON.parse(read(String(entry.result))))
    })

    it.each(entriesOf('NegativeEvalTest'))('gives up on $id', async (entry) => {
      await expect(canonizeAs(entry)).rejects.toThrow(/maximum deep iterations/i)
    })
  },
)

describe('a badge with things that are alike', () => {
  const key = generateKeyPair(new Uint8Array(32).fill(1))
  const did = `did:key:${key.publicKeyMultibase}`
  const created = '2026-01-01T00:00:00Z'
  const badgeOf = () =>
    buildCredential({
      id: 'https://badges.example/credentials/1',
      issuer: { id: did, name: 'Example' },
      achievement: {
        id: 'https://badges.example/badges/1',
        name: 'A name',
        description: 'Knows telemetry',
        criteria: { narrative: 'Pass' },
      },
      recipient: { email: 'ana@example.org', salt: 'pepper' },
      validFrom: created,
    })
  const level = { type: ['RubricCriterionLevel'], name: 'Good', alignment: [alike(), alike()] }
  const result = { type: ['ResultDescription'], name: 'Mark', resultType: 'Status' }
  const results = (count: number) =>
    Array.from({ length: count }, () => ({ ...result, rubricCriterionLevel: [level, level] }))

  function alike() {
    return { type: ['Alignment'], targetName: 'Skill', targetUrl: 'https://x.example/skill' }
  }

  const badgeWith = (count: number): JsonObject => {
    const plain: JsonObject = badgeOf()
    const subject = plain['credentialSubject'] as JsonObject
    const achievement = { ...(subject['achievement'] as object), resultDescription: results(count) }
    return { ...plain, credentialSubject: { ...subject, achievement } }
  }

  it('is verified though they are alike inside and out', async () => {
    const verificationMethod = `${did}#${key.publicKeyMultibase}`
    const signed = await signDocument(badgeWith(2), { key, verificationMethod, created })
    const documents = async () => ({})
    const { checks } = await verifyCredential(signed, { documents, now: new Date(created) })
    expect(checks.find(({ code }) => code === 'proof')?.outcome).toBe('passed')
  })

  it('is refused when putting them in order takes too long', async () => {
    await expect(canonize(badgeWith(900))).rejects.toMatchObject({ code: 'ERR_OB_TOO_LARGE' })
  })
})
