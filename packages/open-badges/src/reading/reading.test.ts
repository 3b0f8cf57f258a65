import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyCredential } from '../index.js'
import { readBadge } from './input.js'

const V2 = 'https://w3id.org/openbadges/v2'
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const VC2 = 'https://www.w3.org/ns/credentials/v2'
const VC1 = 'https://www.w3.org/2018/credentials/v1'

const credential = { '@context': [VC2, OB3], type: ['VerifiableCredential', 'OpenBadgeCredential'] }
const assertion = { '@context': V2, type: 'Assertion', id: 'https://e.example/1' }
const version11 = { ...assertion, '@context': 'https://w3id.org/openbadges/v1', uid: '1' }
const version10 = {
  uid: '1',
  recipient: { identity: 'a' },
  badge: 'https://e.example/b',
  verify: {},
}
const version05 = { recipient: 'ana@e.example', badge: { name: 'A' } }
const clr = { '@context': [VC2], type: ['VerifiableCredential', 'ClrCredential'] }

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jws = (payload: unknown) => `${base64url({ alg: 'RS256' })}.${base64url(payload)}.c2ln`

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const header = chunk('IHDR', Buffer.from('00000001000000010806000000', 'hex'))
const png = (...chunks: Buffer[]) =>
  Buffer.concat([signature, header, ...chunks, chunk('IEND', Buffer.alloc(0))])
const iTXt = (keyword: string, text: string) =>
  chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`))
const zipped = (text: string) =>
  chunk('iTXt', Buffer.concat([Buffer.from('openbadges\0\x01\0\0\0'), deflateSync(text)]))
const tEXt = (text: string) => chunk('tEXt', Buffer.from(`openbadges\0${text}`))
const svg = (inside: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:o2="http://openbadges.org"
    xmlns:o3="https://purl.imsglobal.org/ob/v3p0">${inside}</svg>`)

const json = JSON.stringify
const read = (input: unknown, world: Record<string, unknown> = {}) =>
  readBadge(input, async (url) => world[url] ?? Promise.reject(new Error('nothing')))

describe('the kind of a badge', () => {
  it.each([
    ['OpenBadgeCredential 3.0', credential],
    ['OpenBadgeCredential 3.0 (VC 1.1)', { ...credential, '@context': [VC1, OB3] }],
    ['ClrCredential 2.0', clr],
    ['Assertion 2.1', { '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld' }],
    ['Assertion 2.0', assertion],
    ['Assertion 2.0', { ...assertion, '@context': ['https://w3id.org/openbadges/v2', {}] }],
    ['Assertion 2.0', { '@context': 'https://openbadgespec.org/v2/context.json' }],
    ['Assertion 1.1', version11],
    ['Assertion 1.0', version10],
    ['Assertion 0.5', version05],
    ['unrecognised', { '@context': 'https://schema.org', type: 'Person' }],
    ['OpenBadge JWT', jws({ vc: credential, iss: 'did:example:1' })],
    ['OpenBadge JWT', jws(credential)],
    ['Assertion 2.0', jws(assertion)],
    ['Assertion 1.0', jws(version10)],
  ])('is %s by its content', async (kind, content) => {
    expect((await read(content)).kind).toBe(kind)
    const text = typeof content === 'string' ? content : json(content)
    expect(await read(text)).toEqual(await read(Buffer.from(` \n${text}\n`)))
  })

  it('keeps the signed text of a JWS beside what it says', async () => {
    const token = jws(assertion)
    expect(await read(token)).toMatchObject({ token, document: assertion })
    expect(await read(jws({ vc: credential }))).toMatchObject({ document: credential })
  })
})

describe('a badge in a wrapping', () => {
  const url = 'https://e.example/1'
  const text = json(assertion)
  it.each<[string, unknown]>([
    ['a PNG', png(iTXt('openbadges', text))],
    ['a compressed chunk', png(zipped(text))],
    ['an old tEXt chunk', png(tEXt(text))],
    ['a PNG with the address only', png(tEXt(url))],
    ['an SVG body', svg(`<o2:assertion><![CDATA[${text}]]></o2:assertion>`)],
    ['an SVG attribute with the address', svg(`<o2:assertion verify="${url}"/>`)],
    ['an SVG attribute with a JWS', svg(`<o2:assertion verify="${jws(assertion)}"/>`)],
    ['SVG text', svg(`<o2:assertion verify="${jws(assertion)}"/>`).toString()],
    ['an address', ` ${url}\n`],
    ['a data URI', `data:application/json,${encodeURIComponent(text)}`],
    ['a base64 data URI', `data:image/png;base64,${png(zipped(text)).toString('base64')}`],
  ])('is read out of %s', async (_name, input) => {
    const { kind, document } = await read(input, { [url]: text })
    expect({ kind, document }).toEqual({ kind: 'Assertion 2.0', document: assertion })
  })

  it('is read at an address that serves an image', async () => {
    const image = png(iTXt('openbadgecredential', json(credential)))
    const found = await read(url, { [url]: image })
    expect(found).toMatchObject({ kind: 'OpenBadgeCredential 3.0', baked: true, source: url })
  })

  it('is the newest of several, and the report says so', async () => {
    const both = [
      png(iTXt('openbadges', text), iTXt('openbadgecredential', json(credential))),
      svg(`<o2:assertion verify="${url}"/><o3:credential verify="${jws(credential)}"/>`),
    ]
    for (const image of both) {
      expect(await read(image)).toMatchObject({ document: credential, others: ['2.0'] })
    }
    const documents = () => Promise.reject(new Error('nothing'))
    const { checks } = await verifyCredential(both[0], { documents, now: new Date(0) })
    expect(checks[1]).toMatchObject({
      code: 'parse',
      outcome: 'warning',
      detail: { others: ['2.0'] },
    })
  })

  it('is found in an SVG that is damaged behind it', async () => {
    const image = svg(`<o3:credential verify="${jws(credential)}"/><`)
    expect((await read(image)).kind).toBe('OpenBadge JWT')
  })
})

describe('hostile input', () => {
  it.each<[string, unknown, string]>([
    ['an address that answers with an address', 'https://e.example/2', 'ERR_OB_MALFORMED'],
    ['an address that does not answer', 'https://e.example/3', 'ERR_OB_HOSTED_UNREACHABLE'],
    ['a JWS of nothing', 'a.b.c', 'ERR_OB_JSON'],
    [
      'a JWS nested too deep',
      `a.${Buffer.from('['.repeat(99)).toString('base64url')}.c`,
      'ERR_OB_TOO_LARGE',
    ],
    ['a bomb of a chunk', png(zipped(' '.repeat(32 << 20))), 'ERR_OB_PNG'],
    ['a data URI of broken percents', 'data:,%E0%A4%A', 'ERR_OB_JSON'],
    ['a data URI inside a data URI', `data:,${encodeURIComponent('data:,{}')}`, 'ERR_OB_JSON'],
    ['a file name', 'file:///etc/passwd', 'ERR_OB_JSON'],
  ])('%s is refused with a code', async (_name, input, code) => {
    const world = { 'https://e.example/2': 'https://e.example/2' }
    await expect(read(input, world)).rejects.toMatchObject({ code })
  })

  it('of contexts that are made to be searched for hours is told at once', async () => {
    for (const part of ['openbadges/', 'openbadgespec', '/ob/v', 'https://w3id.org/openbadges//']) {
      const document = { '@context': [part.repeat(100_000)], type: 'Assertion' }
      await expect(read(document)).resolves.toMatchObject({ kind: 'unrecognised' })
    }
  })

  it('of any kind gets a report and never an exception', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.uint8Array(),
      fc.jsonValue().map(jws),
      fc.string().map((text) => png(tEXt(text))),
      fc.string().map((text) => `data:,${text}`),
      fc.record({
        '@context': fc.constantFrom(V2, VC2, VC1),
        badge: fc.jsonValue(),
        type: fc.jsonValue(),
      }),
    )
    await fc.assert(
      fc.asyncProperty(anything, fc.jsonValue(), async (input, answer) => {
        const documents = async () => answer
        const { verdict } = await verifyCredential(input, { documents, now: new Date(0) })
        expect(verdict).not.toBe('valid')
      }),
    )
  })
})
