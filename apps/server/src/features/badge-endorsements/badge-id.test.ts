import { describe, expect, it } from 'vitest'
import { ownIdOf } from './badge-id.js'

const id = 'https://badges.example/credentials/1'
const subject = { credentialSubject: {} }
const hosted = { verification: { type: 'HostedBadge' } }
const pack = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('the id of a badge from elsewhere', () => {
  it.each([
    { id, ...hosted },
    { id, verify: { type: 'hosted' } },
    { id, ...subject, issuer: 'https://badges.example/issuers/1' },
    { id, ...subject, issuer: { id: 'did:web:badges.example:issuers:1' } },
  ])('is its own where it was found or is of its issuer: %j', (badge) => {
    expect(ownIdOf(JSON.stringify(badge))).toBe(id)
  })

  it.each([
    { id, ...subject, issuer: 'did:key:z6Mk' },
    { id, ...subject, issuer: 'https://evil.example/issuer' },
    { id, ...subject, issuer: 'did:web:evil.example:badges.example' },
    { id, ...subject, ...hosted, issuer: 'did:key:z6Mk' },
    { id: 'urn:uuid:6f3c2b1e-0000-4000-8000-000000000000', ...subject, issuer: 'did:key:z6Mk' },
    { ...subject },
    'no object',
  ])('is not believed where anybody could have written it: %j', (badge) => {
    expect(ownIdOf(JSON.stringify(badge))).toBeUndefined()
    expect(ownIdOf(`e30.${pack(badge)}.c2ln`)).toBeUndefined()
  })
})
