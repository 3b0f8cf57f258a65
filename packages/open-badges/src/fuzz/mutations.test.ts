import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BadgeSummary, type Report, unbakeAll, verifyCredential } from '../index.js'
import type { JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { type RecognisedBadge, readBadge } from '../reading/input.js'

/** Of each property; some thousand find nothing more, so raise it by hand after a change to a reader. */
const RUNS = 150

const folder = fileURLToPath(new URL('../../../../conformance/', import.meta.url))
type Entry = {
  readonly file: string
  readonly verdict: string
  readonly at: string
  readonly recipient?: string
  readonly documents: string
}
type Golden = { readonly entry: Entry; readonly bytes: Buffer }

const manifest = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')) as readonly Entry[]
const goldens: readonly Golden[] = manifest.map((entry) => ({
  entry,
  bytes: readFileSync(`${folder}${entry.file}`),
  [fc.toStringMethod]: () => entry.file,
}))
/** All that answers in any of the files: some of the refused ones are valid here. */
const world = Object.assign(
  {},
  ...[...new Set(manifest.map(({ documents }) => documents))].map((name) =>
    JSON.parse(readFileSync(`${folder}${name}`, 'utf8')),
  ),
) as Record<string, unknown>

const anyOf = (isWanted: (golden: Golden) => boolean) =>
  fc.constantFrom(...goldens.filter(isWanted))
const withEnding = (ending: string) => anyOf(({ entry }) => entry.file.endsWith(ending))

const optionsOf = ({ at, recipient }: Entry) => ({
  documents: async (url: string) => {
    const found = world[url] ?? world[url.replace(/#.*/, '')]
    if (found === undefined) throw new Error('nothing')
    return found
  },
  now: new Date(at),
  recipient,
})

/** What the sound files say: their statements, their signed texts, and what they are shown as. */
const said = new Set<string>()
const shown: BadgeSummary[] = []

// At another time or for another recipient a badge that is proven may become a valid one.
const isProven = ({ checks }: Report) =>
  checks.every(({ code, outcome }) => outcome !== 'failed' || /^(dates|recipient)$/.test(code))

beforeAll(async () => {
  for (const { entry, bytes } of goldens) {
    const options = optionsOf(entry)
    const report = await verifyCredential(bytes, options)
    if (!isProven(report) || report.verdict === 'unknown') continue
    said.add(await statementOf(await readBadge(bytes, options.documents)))
    shown.push(report.badge)
  }
})

/**
 * What a badge says, whatever its spelling. A JWS signs its text. An embedded proof signs statements,
 * which are what canonical N-Quads are made of. A hosted badge is whatever its address serves, so a
 * copy says no more than the address.
 */
async function statementOf({ token, kind, document, source }: RecognisedBadge): Promise<string> {
  if (token !== undefined) return token.split('.', 2).join('.')
  if (kind.startsWith('Assertion')) {
    const { id, verify } = document
    return typeof id === 'string' ? id : String(Object(verify).url ?? source)
  }
  const { proof: _proof, ...unsecured } = document
  return await canonize(unsecured)
}

/** Verifies what became of a file: it must not throw, and be valid only if it says what one of them says. */
async function assertSound(input: unknown, { entry }: Golden): Promise<Report> {
  const options = optionsOf(entry)
  const report = await verifyCredential(input, options)
  if (report.verdict === 'valid') {
    expect(said).toContain(await statementOf(await readBadge(input, options.documents)))
    expect(shown).toContainEqual(report.badge)
  }
  return report
}

const anyGolden = anyOf(() => true)
const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const at = (bytes: Uint8Array, where: number) => Math.floor(where * bytes.length)

describe('bytes of a real badge', () => {
  it('may be turned into others', async () => {
    const turns = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(anyGolden, turns, async (golden, changes) => {
        const bytes = Buffer.from(golden.bytes)
        for (const [where, value] of changes) bytes[at(bytes, where)] = value
        await assertSound(bytes, golden)
      }),
      { numRuns: RUNS * 2 },
    )
  })

  it('may be cut off, cut out, doubled or joined with those of another', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyGolden,
        anyGolden,
        position,
        position,
        async (...[golden, other, a, b]) => {
          const { bytes } = golden
          const [start = 0, end = 0] = [at(bytes, a), at(bytes, b)].sort((x, y) => x - y)
          const parts = [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)]
          const [head, middle, tail] = parts as [Buffer, Buffer, Buffer]
          for (const joined of [
            [head],
            [head, tail],
            [head, middle, middle, tail],
            [head, other.bytes.subarray(at(other.bytes, b))],
          ]) {
            await assertSound(Buffer.concat(joined), golden)
          }
        },
      ),
      { numRuns: RUNS / 2 },
    )
  })
})

function chunksOf(png: Buffer): Buffer[] {
  const chunks: Buffer[] = []
  for (let start = 8; start + 12 <= png.length; ) {
    const end = start + 12 + png.readUInt32BE(start)
    chunks.push(png.subarray(start, end))
    start = end
  }
  return chunks
}

describe('chunks of a real PNG', () => {
  it('may be doubled, left out, reordered or taken from another', async () => {
    const pngs = withEnding('.png')
    const picks = fc.array(fc.nat(), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(pngs, pngs, picks, async (golden, other, order) => {
        const [header, ...rest] = chunksOf(golden.bytes) as [Buffer, ...Buffer[]]
        const all = [...rest, ...chunksOf(other.bytes)]
        const picked = order.map((pick) => all[pick % all.length] as Buffer)
        const parts = [golden.bytes.subarray(0, 8), header, ...picked, rest.at(-1) as Buffer]
        const image = Buffer.concat(parts)
        await assertSound(image, golden)
        try {
          unbakeAll(image)
        } catch (error) {
          expect(error).toMatchObject({ name: 'OpenBadgesError' })
        }
      }),
      { numRuns: RUNS },
    )
  })
})

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const names = Array.isArray(value) ? value.keys() : Object.keys(value)
  return [path, ...[...names].flatMap((name) => pathsOf(Object(value)[name], [...path, name]))]
}

function edit(document: JsonObject, path: Path, change: (value: unknown) => unknown): JsonObject {
  const copy = structuredClone(document) as Record<string | number, unknown>
  const last = path.at(-1) ?? 'id'
  const parent = path.slice(0, -1).reduce((node, name) => Object(node[name]), copy)
  const value = change(parent[last])
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return copy
}

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, [], {}, '', 'valid', Number.MAX_VALUE, '2026-01-01T00:00:00Z', '_:b0'),
  fc.constantFrom('https://badges.example/issuers/1', 'https://stranger.example/issuers/1'),
  fc.constantFrom({ '@value': 'x' }, { '@id': 'x' }, { '@graph': [] }, { __proto__: { a: 1 } }),
)
const changes = fc.oneof(
  values.map((value) => () => value),
  fc.constantFrom<(value: unknown) => unknown>(
    () => undefined,
    (value) => [value],
    (value) => [value, value],
    (value) => ({ '@value': value }),
    (value) => ({ '@set': [value] }),
    (value) => (Array.isArray(value) ? [...value].reverse() : value),
    (value) => (Array.isArray(value) ? value.flatMap((one) => [one, one]) : `${value} `),
    (value) => (typeof value === 'string' ? value.toUpperCase() : String(value)),
    (value) => new Array(60).fill(0).reduce((inner) => ({ a: inner }), value),
  ),
)
const edits = fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 })
const applied = (
  document: JsonObject,
  list: readonly (readonly [number, (v: unknown) => unknown])[],
) =>
  list.reduce((found, [pick, change]) => {
    const paths = pathsOf(found)
    return edit(found, paths[pick % paths.length] ?? [], change)
  }, document)

const isObject = (bytes: Buffer) => {
  try {
    return JSON.parse(bytes.toString()).constructor === Object
  } catch {
    return false
  }
}

describe('members of a real badge', () => {
  // Of those that are refused, some would be mended by an edit.
  const jsons = anyOf(({ entry, bytes }) => entry.verdict === 'valid' && isObject(bytes))

  it('may be replaced, left out, wrapped, doubled or nested', async () => {
    await fc.assert(
      fc.asyncProperty(jsons, edits, async (golden, list) => {
        const changed = applied(JSON.parse(golden.bytes.toString()), list)
        await assertSound(JSON.stringify(changed), golden)
        await assertSound(changed, golden)
      }),
      { numRuns: RUNS },
    )
  })

  it('may come twice, or be taken from another badge', async () => {
    await fc.assert(
      fc.asyncProperty(
        jsons,
        jsons,
        fc.nat(),
        fc.boolean(),
        async (...[golden, other, pick, isTwice]) => {
          const [mine, theirs] = [golden, other].map(({ bytes }) => JSON.parse(bytes.toString()))
          const names = Object.keys(theirs)
          const name = names[pick % names.length] as string
          const member = `${JSON.stringify(name)}:${JSON.stringify(theirs[name])}`
          const doubled = `{${member},${JSON.stringify(mine).slice(1)}`
          if (isTwice && name in mine) {
            expect((await assertSound(doubled, golden)).checks).toMatchObject([
              {
                code: 'parse',
                error: expect.stringMatching(/ERR_OB_JSON_DUPLICATE|ERR_OB_TOO_LARGE/),
              },
            ])
          } else await assertSound({ ...mine, [name]: theirs[name] }, golden)
        },
      ),
      { numRuns: RUNS },
    )
  })
})

describe('parts of a real JWS', () => {
  const tokens = withEnding('.jws')
  const partsOf = ({ bytes }: Golden) => bytes.toString().trim().split('.')
  const replaced = (parts: readonly string[], index: number, part: string) =>
    parts.map((old, i) => (i === index ? part : old))
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString())

  it('may be edited, swapped and spelled otherwise', async () => {
    const which = fc.constantFrom(0, 1)
    await fc.assert(
      fc.asyncProperty(tokens, tokens, which, edits, async (...[golden, other, index, list]) => {
        const parts = partsOf(golden)
        const edited = replaced(parts, index, encode(applied(decode(parts[index]), list)))
        const swapped = replaced(parts, index, partsOf(other)[index] as string)
        const padded = replaced(parts, index, `${parts[index]}=`)
        for (const changed of [edited, swapped, padded]) {
          await assertSound(changed.join('.'), golden)
        }
      }),
      { numRuns: RUNS },
    )
  })
})
