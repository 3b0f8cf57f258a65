import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsFrom } from './load.js'
import { SettingsInvalid } from './problems.js'

const lms = {
  id: 'lms',
  name: 'Campus',
  kind: 'open-edx',
  issuer: 'https://lms.example',
  clientId: 'rosette',
  clientSecret: 'hunter2',
  roles: [{ claim: 'superuser', value: true, administrator: true }],
}
const load = (...providers: readonly object[]) =>
  settingsFrom({ ROSETTE_OIDC_PROVIDERS: JSON.stringify(providers) })

function problemsOf(...providers: readonly object[]): string {
  try {
    load(...providers)
    return ''
  } catch (error) {
    return error instanceof SettingsInvalid ? error.message : String(error)
  }
}

describe('identity providers in the settings', () => {
  it('are none unless they are named', () => {
    const { config, secrets } = settingsFrom({})
    expect(config.oidcProviders).toEqual([])
    expect(secrets.oidcSecrets.size).toBe(0)
  })

  it('have defaults, and keep their secrets apart', () => {
    const { config, secrets } = load(lms)
    expect(config.oidcProviders).toEqual([
      {
        id: 'lms',
        name: 'Campus',
        kind: 'open-edx',
        issuer: 'https://lms.example',
        clientId: 'rosette',
        scopes: ['user_id', 'profile', 'email'],
        signUp: false,
        trustsEmail: false,
        claims: { email: 'email', name: 'name' },
        roles: lms.roles,
      },
    ])
    expect(JSON.stringify(config)).not.toContain('hunter2')
    expect(secrets.oidcSecrets.get('lms')).toBe('hunter2')
  })

  it('may have their secrets in files', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'rosette-')), 'secret')
    writeFileSync(path, 'from a file\n')
    const { clientSecret: _, ...rest } = lms
    expect(load({ ...rest, clientSecretFile: path }).secrets.oidcSecrets.get('lms')).toBe(
      'from a file',
    )
    expect(problemsOf({ ...rest, clientSecretFile: '/nowhere' })).toContain('cannot be read')
    expect(problemsOf({ ...lms, clientSecretFile: path })).toContain('both')
  })

  it('are refused with every mistake, and without the secret', () => {
    const text = problemsOf(
      { ...lms, issuer: 'http://lms.example', extra: 1 },
      { ...lms, id: 'Not An Id', roles: [{ claim: 'x', value: 'y', role: 'king' }] },
    )
    expect(text).toContain('ROSETTE_OIDC_PROVIDERS[0].issuer: is wrong: must begin with https://.')
    expect(text).toContain('extra')
    expect(text).toContain('ROSETTE_OIDC_PROVIDERS[1].id')
    expect(text).toContain('ROSETTE_OIDC_PROVIDERS[1].roles.0')
    expect(text).not.toContain('hunter2')
    expect(problemsOf(lms, lms)).toContain('two providers')
    expect(problemsOf({ ...lms, id: 'password' })).toContain('a name of ours')
    expect(problemsOf({ ...lms, issuer: 'http://127.0.0.1:8000' })).toBe('')
  })
})
