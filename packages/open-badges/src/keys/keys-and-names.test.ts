import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../json/json.js'
import { contexts, documentLoader } from '../json-ld/contexts.js'
import { hashIdentity, matchesIdentity } from '../report/identity.js'
import { decodeMultibase, encodeMultibase } from './base58.js'
import { didWeb, didWebUrl } from './did.js'
import { generateKeyPair, parseKeyPair } from './keys.js'
import { publicKeyOf } from './public-keys.js'

describe('keys', () => {
  it('survive storage, and do not mix', () => {
    const pair = generateKeyPair()
    expect(parseKeyPair(JSON.parse(JSON.stringify(pair)))).toEqual(pair)
    const { publicKeyMultibase } = generateKeyPair()
    expect(() => parseKeyPair({ ...pair, publicKeyMultibase })).toThrow(/do not match/)
  })

  it.each(['', 'z', 'z6Mk', 'z6MkO', 'uAAAA', `z${'1'.repeat(300)}`])('are not "%s"', (text) => {
    expect(() => publicKeyOf(text)).toThrow(
      expect.objectContaining({ code: 'ERR_OB_KEY_MATERIAL' }),
    )
  })

  it('are written in base58btc and back without loss', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decodeMultibase(encodeMultibase(bytes))).toEqual(bytes)
      }),
    )
  })
})

describe('did:web names', () => {
  it.each([
    ['did:web:badges.example', 'https://badges.example/.well-known/did.json'],
    ['did:web:badges.example:issuers:abc', 'https://badges.example/issuers/abc/did.json'],
    ['did:web:localhost%3A8000:issuers:abc', 'http://localhost:8000/issuers/abc/did.json'],
    ['did:web:127.0.0.1%3A8000', 'http://127.0.0.1:8000/.well-known/did.json'],
  ])('%s is found at %s and back', (did, url) => {
    expect(didWebUrl(did)).toBe(url)
    expect(didWebUrl(`${did}#key-1`)).toBe(url)
    expect(didWeb(url)).toBe(did)
  })

  it.each([
    'did:key:z6Mk',
    'did:web:',
    'did:web:user%40host',
    'did:web:host%2Fpath',
    'did:web:host:..:x',
    'did:web:host:a/b',
    'did:web:host:%2e%2e',
    'did:web:host:',
  ])('%s leads nowhere', (did) => {
    expect(() => didWebUrl(did)).toThrow(expect.objectContaining({ code: 'ERR_OB_INPUT' }))
  })
})

describe('identity hashes', () => {
  it('are those of the specification', () => {
    expect(hashIdentity('a@example.com', 'Kosher')).toBe(
      'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
    )
  })

  it('match the address as given or in lower case, and no other', () => {
    const hash = hashIdentity('a@example.com', 'Kosher').toUpperCase().replace('SHA256', 'sha256')
    expect(matchesIdentity(hash, 'Kosher', 'A@Example.com')).toBe(true)
    expect(matchesIdentity(hash, 'kosher', 'a@example.com')).toBe(false)
    expect(matchesIdentity(hash, 'Kosher', hash)).toBe(false)
    expect(matchesIdentity('md5$', '', '')).toBe(false)
  })
})

describe('contexts', () => {
  it('are answered by exact address, and nothing else is fetched', async () => {
    const url = 'https://www.w3.org/ns/credentials/v2'
    expect(await documentLoader(url)).toMatchObject({ documentUrl: url, tag: 'static' })
    for (const other of [`${url}/`, `${url}#`, url.toUpperCase(), 'https://evil.example']) {
      await expect(documentLoader(other)).rejects.toMatchObject({ code: 'ERR_OB_CONTEXT_UNKNOWN' })
    }
    expect([...contexts.keys()].filter((known) => known.includes('undefined-terms'))).toEqual([])
  })
})

describe('reading JSON', () => {
  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value, null, 1)
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each(['{"a":1,"a":2}', '[{"x":{"b":1,"\\u0062":2}}]', '{"a":[{}],"a":1}'])(
    'refuses the repeated name in %s',
    (text) => {
      expect(() => parseJson(text)).toThrow(
        expect.objectContaining({ code: 'ERR_OB_JSON_DUPLICATE' }),
      )
    },
  )
})
