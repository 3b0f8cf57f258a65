import { expect, it } from 'vitest'
import { settingsFrom } from './load.js'
import { SettingsInvalid } from './problems.js'

const verifierOf = (env: Readonly<Record<string, string>>) => settingsFrom(env).config.verifier

it('asks others, but nobody in a private network, unless told', () => {
  expect(verifierOf({})).toEqual({ fetches: true, allowedHosts: [], perMinute: 30 })
})

it('takes hosts with and without a port', () => {
  const names = ' badges.intern, 10.0.0.7:8443 ,[fd00::1]:80,localhost '
  const { allowedHosts } = verifierOf({ ROSETTE_VERIFIER_ALLOWED_HOSTS: names })
  expect(allowedHosts).toEqual(['badges.intern', '10.0.0.7:8443', '[fd00::1]:80', 'localhost'])
})

it.each(['https://badges.intern', '*.intern', 'badges.intern/path', '-', 'a:99999'])(
  'refuses %s, which is no host',
  (name) => {
    expect(() => verifierOf({ ROSETTE_VERIFIER_ALLOWED_HOSTS: name })).toThrow(SettingsInvalid)
  },
)
