import { describe, expect, it } from 'vitest'
import { hashIdentity, verifyCredential } from '../index.js'

const CONTEXT = 'https://w3id.org/openbadges/v2'
const HOST = 'https://badges.example'
const ASSERTION = `${HOST}/assertions/1`
const CLASS = `${HOST}/classes/1`
const ISSUER = `${HOST}/issuer`
const now = new Date('2026-06-01T00:00:00Z')

const issuer = {
  '@context': CONTEXT,
  id: ISSUER,
  type: 'Profile',
  name: 'Example',
  url: HOST,
  email: 'a@e.example',
}
const badgeClass = {
  '@context': CONTEXT,
  id: CLASS,
  type: 'BadgeClass',
  name: 'Telemetry',
  description: 'Knows telemetry',
  criteria: { narrative: 'Pass' },
  image: `${HOST}/1.png`,
  issuer: ISSUER,
}
const assertion = {
  '@context': CONTEXT,
  id: ASSERTION,
  type: 'Assertion',
  badge: CLASS,
  recipient: { type: 'email', hashed: true, identity: hashIdentity('ana@example.org') },
  issuedOn: '2026-01-01T00:00:00Z',
  verification: { type: 'hosted' },
}

async function verify(changes: { [member: string]: object } = {}) {
  const world: Record<string, unknown> = {
    [ASSERTION]: { ...assertion, ...changes['assertion'] },
    [CLASS]: { ...badgeClass, ...changes['badgeClass'] },
    [ISSUER]: { ...issuer, ...changes['issuer'] },
    ...changes['world'],
  }
  const documents = async (url: string) => world[url] ?? Promise.reject(new Error('nothing'))
  const report = await verifyCredential(world[ASSERTION], {
    documents,
    now,
    recipient: 'ana@example.org',
  })
  const errors = report.checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  const remarks = report.checks.filter(({ outcome }) => outcome === 'warning')
  return { ...report, answer: [report.verdict, ...errors], remarks }
}

const inline = (type: string) => `data:${type},x`
const unbound = ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND']
const malformed = ['invalid', 'schema ERR_OB_MALFORMED']

describe('what an older badge leads to', () => {
  it.each<[string, { [member: string]: object }, string[]]>([
    ['a picture in the BadgeClass', { badgeClass: { image: inline('image/png') } }, ['valid']],
    [
      'a drawing with a character set',
      { badgeClass: { image: { id: inline('image/svg+xml;charset=utf-8') } } },
      ['valid'],
    ],
    ['a JPEG in the BadgeClass', { badgeClass: { image: inline('image/jpeg') } }, malformed],
    ['a picture without an address', { badgeClass: { image: { caption: 'x' } } }, malformed],
    ['a picture in the assertion', { assertion: { image: inline('image/png') } }, malformed],
    ['a date without a zone', { assertion: { issuedOn: '2026-01-01T00:00:00' } }, malformed],
    [
      'a type of recipient that nobody knows',
      { assertion: { recipient: { ...assertion.recipient, type: 'schoolNumber' } } },
      ['valid'],
    ],
    [
      'a hash in capitals',
      { assertion: { recipient: { ...assertion.recipient, identity: shout() } } },
      ['valid'],
    ],
    [
      'related badges and alignments in lists',
      {
        badgeClass: {
          related: [{ id: `${CLASS}/de`, '@language': 'de' }, `${CLASS}/fr`],
          alignment: [{ targetName: 'F', targetUrl: 'https://f.example' }],
        },
      },
      ['valid'],
    ],
    ['a BadgeClass given as a link', { assertion: { badge: { id: CLASS } } }, ['valid']],
    ['an origin with its port', origins('badges.example:443'), ['valid']],
    ['an origin with a scheme', origins(HOST), unbound],
    ['an origin with a path', origins('badges.example/assertions'), unbound],
    ['an origin among others that is misspelled', origins('badges.example', HOST), unbound],
    ['a list of beginnings', starts(`${HOST}/a/`, `${HOST}/assertions/`), ['valid']],
  ])('is judged when there is %s', async (_name, changes, answer) => {
    expect((await verify(changes)).answer).toEqual(answer)
  })

  function shout(): string {
    return hashIdentity('ana@example.org').toUpperCase()
  }

  function origins(...allowedOrigins: string[]) {
    return { issuer: { verification: { allowedOrigins } } }
  }

  function starts(...startsWith: string[]) {
    return { issuer: { verification: { startsWith } } }
  }

  it('names the origin that is misspelled, and the remedy', async () => {
    const { checks } = await verify(origins(HOST))
    const { message } = checks.find(({ code }) => code === 'issuer') ?? {}
    expect(message).toContain(HOST)
    expect(message).toContain('badges.example')
  })

  it('does not let an address climb out of where its issuer speaks', async () => {
    const id = `${HOST}/good/%2E%2e/assertions/1`
    const climbing = { ...assertion, id }
    const world = { [ASSERTION]: climbing, [id]: climbing }
    const { answer } = await verify({ ...starts(`${HOST}/good/`), world })
    expect(answer).toEqual(unbound)
  })

  it('is told when the issuer has an http address, and no less valid', async () => {
    const plain = 'http://badges.example/issuer'
    const changes = { badgeClass: { issuer: plain }, world: { [plain]: { ...issuer, id: plain } } }
    const { answer, remarks } = await verify(changes)
    expect(answer).toEqual(['valid'])
    expect(remarks.map(({ code }) => code)).toEqual(['issuer'])
  })

  it('may hold extensions, of which a strange one is told', async () => {
    const own = 'https://w3id.org/openbadges/extensions/applyLinkExtension/context.json'
    const strange = 'https://elsewhere.example/context.json'
    const extension = (context: string) => ({
      '@context': context,
      type: ['Extension', 'extensions:A'],
    })
    const known = await verify({ badgeClass: { 'extensions:ApplyLink': extension(own) } })
    expect(known).toMatchObject({ answer: ['valid'], remarks: [] })
    expect(JSON.stringify(known.checks)).toContain(own)
    const unknown = await verify({ issuer: { other: [extension(strange)] } })
    expect(unknown).toMatchObject({ answer: ['valid'], remarks: [{ code: 'context' }] })
    expect(unknown.remarks[0]?.message).toContain(strange)
  })
})

describe('the summary of an older badge', () => {
  it('tells evidence, alignments, tags and language', async () => {
    const { badge } = await verify({
      assertion: {
        '@language': 'en',
        evidence: ['https://e.example/1', { id: 'https://e.example/2', name: 'E', narrative: 'N' }],
      },
      badgeClass: {
        tags: ['a', 'b'],
        alignment: [{ targetName: 'F', targetUrl: 'https://f.example' }, { name: 'Old' }, 7],
      },
    })
    expect(badge).toMatchObject({
      language: 'en',
      tags: ['a', 'b'],
      evidence: [
        { id: 'https://e.example/1' },
        { id: 'https://e.example/2', name: 'E', narrative: 'N' },
      ],
      alignments: [{ name: 'F', url: 'https://f.example' }, { name: 'Old' }],
    })
  })

  it.each<[string, unknown, string | undefined, string]>([
    ['plain', 'Telemetry', undefined, 'Telemetry'],
    ['in one language', { '@value': 'Telemetrie', '@language': 'de' }, undefined, 'Telemetrie'],
    ['in several', { en: 'Telemetry', de: 'Telemetrie' }, 'de', 'Telemetrie'],
    ['in several, none of them wanted', { en: 'Telemetry', de: 'Telemetrie' }, 'fr', 'Telemetry'],
    [
      'in a list of languages',
      [
        { '@value': 'Telemetry', '@language': 'en' },
        { '@value': 'Telemetrie', '@language': 'de' },
      ],
      'de',
      'Telemetrie',
    ],
  ])('reads words that are %s', async (...[, name, language, expected]) => {
    const { answer, badge } = await verify({
      badgeClass: { name, criteria: { narrative: name }, '@language': language },
    })
    expect(answer).toEqual(['valid'])
    expect(badge).toMatchObject({ name: expected, criteria: { narrative: expected } })
  })
})
