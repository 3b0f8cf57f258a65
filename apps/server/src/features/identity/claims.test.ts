import { describe, expect, it } from 'vitest'
import { readPerson } from './claims.js'
import type { Provider } from './provider-client.js'

const provider: Provider = {
  id: 'campus',
  name: 'Campus',
  kind: 'openid',
  issuer: 'https://id.example',
  clientId: 'rosette',
  secret: undefined,
  scopes: ['openid'],
  signUp: false,
  trustsEmail: false,
  claims: { email: 'email', name: 'profile.full' },
  roles: [
    { claim: 'realm_access.roles', value: 'badges', role: 'editor', organization: 'arts' },
    { claim: 'realm_access.roles', value: 'deans', role: 'owner', organization: 'arts' },
    { claim: 'https://id.example/staff', value: true, administrator: true },
  ],
}

describe('what a provider says of somebody', () => {
  it('is read by names and by paths, and several values are all looked at', () => {
    const person = readPerson(provider, {
      sub: '1',
      email: ' ada@example.org ',
      email_verified: true,
      profile: { full: 'Ada' },
      realm_access: { roles: ['badges', 'deans', 'other'] },
      'https://id.example/staff': true,
    })
    expect(person).toEqual({
      subject: '1',
      email: 'ada@example.org',
      isVerified: true,
      name: 'Ada',
      isAdministrator: true,
      roles: new Map([['arts', 'owner']]),
    })
  })

  it('gives nothing that it does not say exactly', () => {
    const person = readPerson(provider, {
      sub: '1',
      email: 7,
      email_verified: 'no',
      realm_access: { roles: 'Badges' },
      'https://id.example/staff': 'true',
    })
    expect(person).toMatchObject({
      email: undefined,
      isVerified: false,
      isAdministrator: false,
      roles: new Map(),
    })
    expect(readPerson(provider, { email: 'a@b.example' })).toBeUndefined()
    expect(
      readPerson(provider, { sub: '1', __proto__: { email: 'x@y.example' } })?.email,
    ).toBeUndefined()
  })

  it('is somebody in an LMS only where the provider is one', () => {
    const claims = { sub: '1', preferred_username: ' ada ', user_id: '42' }
    expect(readPerson(provider, claims)).not.toHaveProperty('lms')
    const lms: Provider = { ...provider, kind: 'open-edx' }
    expect(readPerson(lms, claims)?.lms).toEqual({ username: 'ada', userId: 42 })
    expect(readPerson(lms, { sub: '1', user_id: 'x' })?.lms).toEqual({
      username: undefined,
      userId: undefined,
    })
  })
})
