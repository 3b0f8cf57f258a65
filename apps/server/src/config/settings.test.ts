import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { settingsFrom } from './load.js'
import { SettingsInvalid } from './problems.js'

function problemsOf(env: Readonly<Record<string, string>>) {
  try {
    settingsFrom(env)
    return []
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems
    throw error
  }
}

function fileWith(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'settings-')), name)
  writeFileSync(path, text)
  return path
}

describe('settings', () => {
  it('have the defaults of Open edX: nothing is received or emitted until badges are enabled', () => {
    const { config } = settingsFrom({})
    expect(config.badgesEnabled).toBe(false)
    expect(config.badges.events).toEqual([
      'org.openedx.learning.course.passing.status.updated.v1',
      'org.openedx.learning.ccx.course.passing.status.updated.v1',
    ])
    expect(config.badges.ignoredKeyPaths).toHaveLength(8)
    expect(config.bus).toMatchObject({ topicPrefix: '', maxLength: 10_000, pollTimeoutSeconds: 60 })
    const targets = config.producer.get('org.openedx.learning.badge.awarded.v1')
    expect(targets).toEqual([
      { topic: 'learning-badges-lifecycle', keyField: 'badge.uuid', enabled: false },
    ])
  })

  it('enable emitting together with badges', () => {
    const { config } = settingsFrom({ BADGES_ENABLED: 'true' })
    expect(config.producer.get('org.openedx.learning.badge.revoked.v1')?.[0]?.enabled).toBe(true)
  })

  it('tell every mistake at once, each with its name and the remedy', () => {
    const problems = problemsOf({
      BADGES_ENABLED: 'perhaps',
      BADGES_CONFIG: '{"events": ["org.example.unheard"], "colour": 1}',
      EVENT_BUS_PRODUCER_CONFIG:
        '{"org.openedx.learning.badge.awarded.v1": {"t": {"enabled": "yes"}}}',
      PORT: '80.5',
      DATABASE_URL: 'mysql://localhost/x',
      ROSETTE_MASTER_KEY: 'short',
      ROSETTE_LOG_LEVEL: 'loud',
      BADGES_ENABELD: 'true',
    })
    expect(problems.map((p) => p.setting).sort()).toEqual([
      'BADGES_CONFIG.colour',
      'BADGES_CONFIG.events',
      'BADGES_ENABELD',
      'BADGES_ENABLED',
      'DATABASE_URL',
      'EVENT_BUS_PRODUCER_CONFIG.org.openedx.learning.badge.awarded.v1.t.enabled',
      'EVENT_BUS_PRODUCER_CONFIG.org.openedx.learning.badge.awarded.v1.t.event_key_field',
      'PORT',
      'ROSETTE_LOG_LEVEL',
      'ROSETTE_MASTER_KEY',
    ])
    expect(problems.every((p) => p.problem.length > 5 && p.remedy.length > 5)).toBe(true)
    const typo = problems.find((p) => p.setting === 'BADGES_ENABELD')
    expect(typo?.remedy).toContain('BADGES_ENABLED')
  })

  it('never repeat a secret in a complaint', () => {
    const [problem] = problemsOf({ DATABASE_URL: 'mysql://user:hunter2@host/db' })
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  })

  it('refuse a next master key where none is set that it could follow', () => {
    const ROSETTE_NEW_MASTER_KEY = Buffer.alloc(32, 1).toString('base64')
    const [problem] = problemsOf({ ROSETTE_NEW_MASTER_KEY })
    expect(problem).toMatchObject({ setting: 'ROSETTE_NEW_MASTER_KEY' })
    expect(JSON.stringify(problem)).not.toContain(ROSETTE_NEW_MASTER_KEY)
    const ROSETTE_MASTER_KEY = Buffer.alloc(32, 2).toString('base64')
    const { secrets } = settingsFrom({ ROSETTE_MASTER_KEY, ROSETTE_NEW_MASTER_KEY })
    expect(secrets.newMasterKey).toEqual(Buffer.alloc(32, 1))
  })

  it('come from a YAML file, with the environment over it', () => {
    const ROSETTE_CONFIG_FILE = fileWith(
      'settings.yaml',
      'BADGES_ENABLED: true\nPORT: 9000\nBADGES_CONFIG:\n  rules:\n    ignored_keypaths: [user.id]\n',
    )
    const { config } = settingsFrom({ ROSETTE_CONFIG_FILE, PORT: '9001' })
    expect(config.badgesEnabled).toBe(true)
    expect(config.http.port).toBe(9001)
    expect(config.badges.ignoredKeyPaths).toEqual(['user.id'])
  })

  it('refuse an unknown name in the file', () => {
    const ROSETTE_CONFIG_FILE = fileWith('settings.json', '{"BADGES_ENABLE": true}')
    expect(problemsOf({ ROSETTE_CONFIG_FILE })).toMatchObject([{ setting: 'BADGES_ENABLE' }])
  })

  it('take secrets from files, and refuse one that is given twice', () => {
    const DATABASE_URL_FILE = fileWith('url', 'postgres://u:p@h/d\n')
    expect(settingsFrom({ DATABASE_URL_FILE }).secrets.databaseUrl).toBe('postgres://u:p@h/d')
    const twice = { DATABASE_URL_FILE, DATABASE_URL: 'postgres://other/d' }
    expect(problemsOf(twice)).toMatchObject([{ setting: 'DATABASE_URL' }])
  })

  it('merge producer entries over the defaults, member by member', () => {
    const type = 'org.openedx.learning.badge.awarded.v1'
    const { config } = settingsFrom({
      BADGES_ENABLED: 'true',
      EVENT_BUS_PRODUCER_CONFIG: JSON.stringify({
        [type]: {
          'learning-badges-lifecycle': { enabled: false },
          elsewhere: { event_key_field: 'badge.user.id', enabled: true },
        },
      }),
    })
    expect(config.producer.get(type)).toEqual([
      { topic: 'learning-badges-lifecycle', keyField: 'badge.uuid', enabled: false },
      { topic: 'elsewhere', keyField: 'badge.user.id', enabled: true },
    ])
  })

  it.each([
    'ROSETTE_ADMIN_TOKEN: *a-very-secret-token-of-ours',
    'ROSETTE_ADMIN_TOKEN: @a-very-secret-token-of-ours',
    'ROSETTE_ADMIN_TOKEN: "x" a-very-secret-token-of-ours',
    'ROSETTE_ADMIN_TOKEN: !a-very-secret-token-of-ours',
    'ROSETTE_ADMIN_TOKEN: "\\qa-very-secret-token-of-ours',
    'BADGES_CONFIG: {credly: {ORGANIZATIONS: {a: a-very-secret-token-of-ours',
    'a-very-secret-token-of-ours',
    '{"ROSETTE_ADMIN_TOKEN": "a-very-secret-token-of-ours" oops',
  ])('tell what is wrong with a file without repeating it: %s', (text) => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const problems = problemsOf({ ROSETTE_CONFIG_FILE: fileWith('a.yaml', text) })
    const said = JSON.stringify([problems, warned.mock.calls.map(String)])
    warned.mockRestore()
    expect(said).not.toContain('very-secret')
  })

  it('tell where a file cannot be read', () => {
    const file = fileWith('b.yaml', 'PORT: 80\nBADGES_CONFIG: {a: [1')
    expect(problemsOf({ ROSETTE_CONFIG_FILE: file })[0]?.problem).toContain('line 2')
  })
})
