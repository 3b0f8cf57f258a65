import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/json.js'
import { canonize, canonizeAny } from './canonize.js'
import { CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_V3 } from './contexts.js'
import { orderStatements } from './order-statements.js'
import { hasStatements, readStatements } from './read-statements.js'

// A thousand and more tell what they saw.
const runs = Number(process.env['ROSETTE_RUNS'] ?? 40)
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0'

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'x',
    'Ana',
    '学习',
    'é\u0085\u007f"\\',
    'a\nb\tc\r\b\f\u0001',
    '',
    '12',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const iri = fc.constantFrom(
  'https://a.example/1',
  'https://a.example/2',
  'urn:uuid:1',
  'did:key:z1',
  'mailto:a@b.example',
  'data:image/png;base64,AAAA',
)
const odd = fc.constantFrom(
  'relative',
  '',
  '_:b0',
  'ob:x',
  'xsd:string',
  'schema:name',
  '@id',
  '@foo',
  '1a://x',
  'https://a.example/a b',
  'https://a.example/<"{|}>`^\\',
  'https://a.example/\u0085',
  'sec:x',
  'id',
  'type',
  'Achievement',
  'name',
)
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2.5, 1e300, 0.1, 123456789012345680000, -1.5e-9),
)
const language = fc.record({
  '@value': word,
  '@language': fc.constantFrom('en', 'EN-us', 'de-1996', 'zh-Hans'),
})
const date = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01')
const scalar = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 4, arbitrary: iri },
  odd,
  number,
  fc.boolean(),
  date,
  language,
  fc.record({ '@value': word, '@language': fc.constantFrom('not a tag', '', 'en_US') }),
)

// Which members the classes of Open Badges 3.0 have, and of which classes their values are.
const classes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OpenBadgeCredential: {
    name: 'word',
    description: 'word',
    issuer: 'Profile',
    validFrom: 'date',
    validUntil: 'date',
    issuanceDate: 'date',
    expirationDate: 'date',
    awardedDate: 'date',
    image: 'Image',
    evidence: 'Evidence',
    endorsement: 'EndorsementCredential',
    credentialSubject: 'AchievementSubject',
    credentialStatus: 'BitstringStatusListEntry',
    proof: 'DataIntegrityProof',
  },
  AchievementSubject: {
    achievement: 'Achievement',
    identifier: 'IdentityObject',
    narrative: 'word',
    creditsEarned: 'number',
    activityStartDate: 'date',
    activityEndDate: 'date',
    licenseNumber: 'word',
    role: 'word',
    term: 'word',
    source: 'Profile',
    result: 'Result',
    image: 'Image',
  },
  Achievement: {
    name: 'word',
    description: 'word',
    criteria: 'Criteria',
    tag: 'word',
    alignment: 'Alignment',
    achievementType: 'achievementType',
    creator: 'Profile',
    creditsAvailable: 'number',
    humanCode: 'word',
    fieldOfStudy: 'word',
    inLanguage: 'word',
    otherIdentifier: 'IdentifierEntry',
    related: 'Related',
    resultDescription: 'ResultDescription',
    specialization: 'word',
    version: 'word',
    image: 'Image',
  },
  Profile: {
    name: 'word',
    url: 'iri',
    phone: 'word',
    description: 'word',
    email: 'word',
    address: 'Address',
    otherIdentifier: 'IdentifierEntry',
    official: 'word',
    parentOrg: 'Profile',
    familyName: 'word',
    dateOfBirth: 'date',
    image: 'Image',
  },
  Address: { addressCountry: 'word', addressLocality: 'word', geo: 'GeoCoordinates' },
  GeoCoordinates: { latitude: 'number', longitude: 'number' },
  Criteria: { narrative: 'word' },
  Image: { caption: 'word' },
  Evidence: {
    name: 'word',
    narrative: 'word',
    description: 'word',
    genre: 'word',
    audience: 'word',
  },
  IdentityObject: {
    hashed: 'boolean',
    identityHash: 'word',
    identityType: 'identityType',
    salt: 'word',
  },
  IdentifierEntry: { identifier: 'word', identifierType: 'identityType' },
  Alignment: {
    targetName: 'word',
    targetUrl: 'iri',
    targetCode: 'word',
    targetType: 'word',
    targetFramework: 'word',
    targetDescription: 'word',
  },
  Related: { inLanguage: 'word', version: 'word' },
  Result: { resultDescription: 'iri', value: 'word', status: 'status', achievedLevel: 'iri' },
  ResultDescription: {
    name: 'word',
    resultType: 'word',
    allowedValue: 'word',
    requiredValue: 'word',
    rubricCriterionLevel: 'RubricCriterionLevel',
  },
  RubricCriterionLevel: { name: 'word', level: 'word', points: 'word', description: 'word' },
  BitstringStatusListEntry: {
    statusPurpose: 'word',
    statusListIndex: 'word',
    statusListCredential: 'iri',
  },
  EndorsementCredential: {
    name: 'word',
    issuer: 'Profile',
    validFrom: 'date',
    credentialSubject: 'EndorsementSubject',
    proof: 'DataIntegrityProof',
  },
  EndorsementSubject: { endorsementComment: 'word' },
  DataIntegrityProof: {
    cryptosuite: 'word',
    created: 'date',
    proofPurpose: 'purpose',
    verificationMethod: 'iri',
    proofValue: 'word',
  },
}
const contextLists = fc.constantFrom<readonly string[]>(
  [CREDENTIALS_V2, OPEN_BADGES_V3],
  [CREDENTIALS_V2, `${OPEN_BADGES}/context-3.0.2.json`],
  [CREDENTIALS_V2, `${OPEN_BADGES}/context-3.0.1.json`],
  [CREDENTIALS_V2, OPEN_BADGES_V3, `${OPEN_BADGES}/extensions.json`],
  [CREDENTIALS_V1, `${OPEN_BADGES}/context.json`],
  [CREDENTIALS_V1, OPEN_BADGES_V3, 'https://w3id.org/security/suites/ed25519-2020/v1'],
  [CREDENTIALS_V2, 'https://w3id.org/security/data-integrity/v2', OPEN_BADGES_V3],
  [CREDENTIALS_V2, 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json', OPEN_BADGES_V3],
  [CREDENTIALS_V1, OPEN_BADGES_V3, 'https://w3id.org/security/v2'],
  [CREDENTIALS_V2],
  [OPEN_BADGES_V3],
)
const kinds: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  word: fc.oneof({ weight: 6, arbitrary: word }, language),
  iri,
  date,
  number,
  boolean: fc.boolean(),
  identityType: fc.constantFrom('emailAddress', 'name', 'ext:other', 'unknown'),
  achievementType: fc.constantFrom('Badge', 'Certificate', 'ext:MyType', 'Unknown'),
  status: fc.constantFrom('Completed', 'InProgress', 'other'),
  purpose: fc.constantFrom('assertionMethod', 'authentication', 'other'),
}

function several(one: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: one }, fc.array(one, { minLength: 1, maxLength: 3 }))
}

/** A node of a class, and in a wild document now and then something else. */
type Shape = { readonly name: string; readonly depth: number; readonly wild: boolean }

function node({ name, depth, wild }: Shape): fc.Arbitrary<unknown> {
  const inner = { depth: depth - 1, wild }
  const members = Object.entries(classes[name] ?? {}).filter(
    ([, kind]) => depth > 0 || kind in kinds,
  )
  const stated = Object.fromEntries(
    members.map(([member, kind]) => [
      member,
      several(kinds[kind] ?? node({ name: kind, ...inner })),
    ]),
  )
  const types = wild ? typesOf(name) : fc.constant(plainTypes(name))
  const others = fc.record({ id: iri, ...stated }, { requiredKeys: [] })
  const plain = fc.tuple(types, others).map(([type, rest]) => ({ type, ...rest }))
  const whole = name === 'EndorsementCredential' ? withContext(plain) : plain
  return wild ? mutated(whole) : whole
}

// An endorsement may bring the contexts along.
function withContext(plain: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc
    .tuple(plain, fc.option(contextLists))
    .map(([value, list]) => (list === null ? value : { ...value, '@context': list }))
}

function mutated(whole: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc
    .tuple(whole, fc.option(mutation, { freq: 1 }))
    .map(([value, member]) => ({ ...value, ...(member && Object.fromEntries([member])) }))
}

function plainTypes(name: string): string[] {
  return name.endsWith('Credential') ? ['VerifiableCredential', name] : [name]
}

function typesOf(name: string): fc.Arbitrary<unknown> {
  const base = plainTypes(name)
  const others = fc.constantFrom(
    ...Object.keys(classes),
    'VerifiablePresentation',
    'AchievementCredential',
    'https://a.example/Type',
    'ob:Type',
    'Nothing',
  )
  return fc.oneof(
    { weight: 60, arbitrary: fc.constant(base) },
    { weight: 3, arbitrary: fc.constant(name) },
    others.map((other) => [...base, other]),
    others,
    fc.constant([...base, ...base]),
  )
}

const anyMember = fc.constantFrom(
  ...Object.values(classes).flatMap((members) => Object.keys(members)),
  'id',
  'type',
  'undefinedMember',
  'verifiableCredential',
  'jsonSchema',
  'holder',
  'ext:x',
  '@id',
  '@type',
  '@graph',
  '@reverse',
  '@index',
  '__proto__',
  'constructor',
)
const mutation = fc.tuple(
  anyMember,
  fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(anyMember, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 2 }),
    fc.constantFrom(null, [], {}, [[1]]),
  ),
)
const badge: fc.Arbitrary<JsonObject> = fc
  .tuple(contextLists, fc.boolean())
  .chain(([list, wild]) =>
    fc.tuple(fc.constant(list), node({ name: 'OpenBadgeCredential', depth: 3, wild })),
  )
  .map(([list, value]) => ({ ...Object(value), '@context': list }))

type Outcome = 'refused' | 'declined' | 'tangled' | 'same'
type Compared = { readonly outcome: Outcome; readonly refusal: string }

/** Reads a document both ways, the long one first: the short one follows where that has been. */
async function compare(document: JsonObject): Promise<Compared> {
  let refusal = ''
  const long = await canonizeAny(document).catch((error: Error) => {
    refusal = error.message
  })
  const read = readStatements(document)
  const ordered = read && orderStatements(read, 'sha256')
  expect(hasStatements(document)).toBe(read !== undefined)
  if (long === undefined) expect(read).toBeUndefined()
  if (ordered !== undefined) expect(ordered).toBe(long)
  // Not every document here is a safe one.
  const whole = ordered ?? (await canonize(document).catch(() => long))
  expect(whole).toBe(long)
  return { outcome: outcomeOf(long, read, ordered), refusal }
}

function outcomeOf(long: unknown, read: unknown, ordered: unknown): Outcome {
  if (long === undefined) return 'refused'
  if (read === undefined) return 'declined'
  return ordered === undefined ? 'tangled' : 'same'
}

/** The same document without the members of one name, wherever they are. */
function without(name: string, value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === name ? undefined : member)))
}

/** What jsonld does not know is taken out piece by piece, until both ways read what is left. */
async function compareAndMend(document: JsonObject, count: (outcome: Outcome) => void) {
  for (let next = document, rounds = 0; rounds < 20; rounds++) {
    const { outcome, refusal } = await compare(next)
    count(outcome)
    if (outcome !== 'refused') return
    const member = /invalid property "(.*)"/.exec(refusal)?.[1]
    next =
      member === undefined
        ? { ...next, '@context': [CREDENTIALS_V2, OPEN_BADGES_V3] }
        : without(member, next)
  }
}

describe('statements read by tables', () => {
  it('are those of jsonld, or none', async () => {
    const seen = { refused: 0, declined: 0, tangled: 0, same: 0 }
    await fc.assert(
      fc.asyncProperty(badge, async (value) => {
        await compareAndMend(JSON.parse(JSON.stringify(value)), (outcome) => {
          seen[outcome] += 1
        })
      }),
      { numRuns: runs },
    )
    if (runs > 1000) process.stdout.write(`${JSON.stringify(seen)}\n`)
    expect(seen.same).toBeGreaterThan(0)
  })
})
