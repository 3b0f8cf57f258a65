import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type BadgeKind, type CheckCode, type ErrorCode, verifyCredential } from './index.js'

const folder = fileURLToPath(new URL('../../../conformance/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`)
const parse = (name: string): unknown => JSON.parse(read(name).toString('utf8'))

type Entry = {
  readonly file: string
  readonly about: string
  readonly kind: BadgeKind
  readonly verdict: string
  readonly check?: CheckCode
  readonly error?: ErrorCode
  readonly at: string
  readonly recipient?: string
  readonly documents: string
  readonly gone?: readonly string[]
}

const entries = parse('manifest.json') as readonly Entry[]
const worlds = new Map<string, Record<string, unknown>>()

function worldOf({ documents }: Entry): Record<string, unknown> {
  const known = worlds.get(documents) ?? (parse(documents) as Record<string, unknown>)
  worlds.set(documents, known)
  return known
}

async function verify(entry: Entry) {
  const documents = async (url: string) => {
    if (entry.gone?.includes(url)) throw Object.assign(new Error('gone'), { status: 410 })
    const found = worldOf(entry)[url] ?? worldOf(entry)[url.replace(/#.*/, '')]
    if (found === undefined) throw new Error('nothing')
    return found
  }
  const { recipient, at } = entry
  return await verifyCredential(read(entry.file), { documents, now: new Date(at), recipient })
}

describe('the golden files', () => {
  it.each(entries)('$file: $about', async (entry) => {
    const { kind, verdict, checks } = await verify(entry)
    const failed = checks.find(({ outcome }) => outcome === 'failed')
    expect({ kind, verdict, check: failed?.code, error: failed?.error }).toEqual({
      kind: entry.kind,
      verdict: entry.verdict,
      check: entry.check,
      error: entry.error,
    })
  })

  it('are all in the manifest, once', () => {
    const names = (path: string) =>
      readdirSync(`${folder}${path}`, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length))
    expect(names('badges').sort()).toEqual(entries.map(({ file }) => file).sort())
    const used = new Set(entries.map(({ documents }) => documents))
    expect(names('documents').sort()).toEqual([...used].sort())
  })

  it('are small enough to take along', () => {
    const sizes = entries.map(({ file }) => read(file).length)
    expect(Math.max(...sizes)).toBeLessThan(20_000)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(400_000)
  })

  it('show every kind of badge, valid', () => {
    const valid = entries.filter(({ verdict }) => verdict === 'valid').map(({ kind }) => kind)
    for (const kind of Object.keys(kinds)) expect(valid).toContain(kind)
  })

  it('show every error that verification can report', () => {
    const shown = new Set(entries.map(({ error }) => error).filter((error) => error !== undefined))
    const missing = Object.keys(errors).filter((error) => !shown.has(error as ErrorCode))
    expect(missing.sort()).toEqual(Object.keys(notShown).sort())
  })

  it('show every check that can fail', () => {
    const shown = new Set(entries.map(({ check }) => check))
    for (const check of deciding) expect(shown).toContain(check)
  })
})

// Compiled, so that a new kind, error or check has to be put here and into a file.
const kinds = {
  'OpenBadgeCredential 3.0': true,
  'OpenBadgeCredential 3.0 (VC 1.1)': true,
  'OpenBadge JWT': true,
  'ClrCredential 2.0': true,
  'EndorsementCredential 3.0': true,
  'Assertion 2.1': true,
  'Assertion 2.0': true,
  'Assertion 1.1': true,
  'Assertion 1.0': true,
  'Assertion 0.5': true,
} satisfies Record<Exclude<BadgeKind, 'unrecognised'>, true>

// A refreshed badge and an endorsement are told and decide nothing.
const deciding: readonly Exclude<CheckCode, 'refresh' | 'endorsement'>[] = [
  'parse',
  'context',
  'schema',
  'proof',
  'key',
  'issuer',
  'status',
  'dates',
  'recipient',
]

/** Errors without a file, each with its reason. */
const notShown: Partial<Record<ErrorCode, string>> = {
  ERR_OB_INPUT: 'A refusal of whoever builds, bakes or signs a badge.',
  ERR_OB_SCHEMA_UNREACHABLE:
    'Only told: a schema that cannot be had is not held against the badge.',
  ERR_OB_ENDORSEMENT_MISMATCH: 'Only in the reports of endorsements, which decide nothing.',
  ERR_OB_IMAGE: 'What is neither a PNG nor an SVG is read as text when it is verified.',
  ERR_OB_UNSUPPORTED:
    'For kinds of badges that are recognised and not read, of which there is none.',
}

const errors = {
  ERR_OB_INPUT: true,
  ERR_OB_KEY_MATERIAL: true,
  ERR_OB_TOO_LARGE: true,
  ERR_OB_JSON: true,
  ERR_OB_JSON_DUPLICATE: true,
  ERR_OB_IMAGE: true,
  ERR_OB_PNG: true,
  ERR_OB_SVG: true,
  ERR_OB_NOT_BAKED: true,
  ERR_OB_UNSUPPORTED: true,
  ERR_OB_CONTEXT_UNKNOWN: true,
  ERR_OB_UNSAFE: true,
  ERR_OB_MALFORMED: true,
  ERR_OB_SCHEMA: true,
  ERR_OB_SCHEMA_UNREACHABLE: true,
  ERR_OB_ENDORSEMENT_MISMATCH: true,
  ERR_OB_PROOF_MISSING: true,
  ERR_OB_PROOF_MALFORMED: true,
  ERR_OB_PROOF_UNSUPPORTED: true,
  ERR_OB_PROOF_BASE: true,
  ERR_OB_PROOF_CHAIN: true,
  ERR_OB_PROOF_SUITE: true,
  ERR_OB_PROOF_PURPOSE: true,
  ERR_OB_PROOF_FUTURE: true,
  ERR_OB_PROOF_EXPIRED: true,
  ERR_OB_SIGNATURE: true,
  ERR_OB_JWT_HEADER: true,
  ERR_OB_JWT_CLAIMS: true,
  ERR_OB_KEY_UNREACHABLE: true,
  ERR_OB_KEY_NOT_FOUND: true,
  ERR_OB_KEY_REVOKED: true,
  ERR_OB_KEY_NOT_BOUND: true,
  ERR_OB_ISSUER_UNREACHABLE: true,
  ERR_OB_STATUS_LIST: true,
  ERR_OB_STATUS_RANGE: true,
  ERR_OB_STATUS_UNSUPPORTED: true,
  ERR_OB_STATUS_UNREACHABLE: true,
  ERR_OB_STATUS_UNTRUSTED: true,
  ERR_OB_REVOKED: true,
  ERR_OB_SUSPENDED: true,
  ERR_OB_EXPIRED: true,
  ERR_OB_NOT_YET_VALID: true,
  ERR_OB_RECIPIENT: true,
  ERR_OB_HOSTED_UNREACHABLE: true,
  ERR_OB_HOSTED_MISMATCH: true,
  ERR_OB_BADGE_CLASS_UNREACHABLE: true,
} satisfies Record<ErrorCode, true>
