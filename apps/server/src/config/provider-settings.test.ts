import { describe, expect, it } from 'vitest'
import { settingsFrom } from './load.js'
import { SettingsInvalid } from './problems.js'

const uuid = '6f1c2d3e-aaaa-4bbb-8ccc-0123456789ab'

function settingsOf(badgesConfig: object) {
  return settingsFrom({ BADGES_CONFIG: JSON.stringify(badgesConfig) })
}

function problemsOf(badgesConfig: object | string) {
  const text = typeof badgesConfig === 'string' ? badgesConfig : JSON.stringify(badgesConfig)
  try {
    settingsFrom({ BADGES_CONFIG: text })
    return []
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems
    throw error
  }
}

describe('the settings of providers', () => {
  it('have the defaults of Open edX', () => {
    const { config, secrets } = settingsFrom({})
    expect(config.badges.credly).toEqual({
      useSandbox: false,
      webBaseUrl: 'https://credly.com/',
      apiBaseUrl: 'https://api.credly.com/v1/',
    })
    expect(config.badges.accredible).toEqual({
      useSandbox: false,
      webBaseUrl: 'https://dashboard.accredible.com/',
      apiBaseUrl: 'https://api.accredible.com/v1/',
    })
    expect(secrets.credlyOrganizations.size).toBe(0)
  })

  it('choose the sandbox of each provider by itself', () => {
    const { badges } = settingsOf({ credly: { USE_SANDBOX: true } }).config
    expect(badges.credly).toMatchObject({
      webBaseUrl: 'https://sandbox.credly.com/',
      apiBaseUrl: 'https://sandbox-api.credly.com/v1/',
    })
    expect(badges.accredible.useSandbox).toBe(false)
    const other = settingsOf({ accredible: { USE_SANDBOX: true } }).config.badges
    expect(other.accredible).toEqual({
      useSandbox: true,
      webBaseUrl: 'https://sandbox.dashboard.accredible.com/',
      apiBaseUrl: 'https://sandbox.api.accredible.com/v1/',
    })
  })

  it('take the addresses of a simulator, with or without a slash at the end', () => {
    const { credly } = settingsOf({
      credly: {
        CREDLY_API_BASE_URL: 'http://localhost:9401/v1',
        CREDLY_BASE_URL: 'http://credly-simulator:9401/',
        CREDLY_SANDBOX_BASE_URL: null,
      },
    }).config.badges
    expect(credly).toMatchObject({
      webBaseUrl: 'http://credly-simulator:9401/',
      apiBaseUrl: 'http://localhost:9401/v1/',
    })
  })

  it('keep the keys of organizations apart from what may be shown', () => {
    const { config, secrets } = settingsOf({
      credly: { ORGANIZATIONS: { [uuid.toUpperCase()]: 'a-key' } },
    })
    expect([...secrets.credlyOrganizations]).toEqual([[uuid, 'a-key']])
    expect(JSON.stringify(config)).not.toContain('a-key')
  })

  it('tell every mistake at once, each with its place and the remedy', () => {
    const problems = problemsOf({
      credly: {
        CREDLY_API_BASE_URL: 'http://api.credly.com/v1/',
        CREDLY_SANDBOX_BASE_URL: 7,
        CREDLY_BASEURL: 'https://credly.com/',
        USE_SANDBOX: 'yes',
        ORGANIZATIONS: { [uuid]: '', [uuid.toUpperCase()]: 'another', 'no-uuid': 'key' },
      },
      accredible: { ORGANIZATIONS: {}, ACCREDIBLE_BASE_URL: 'dashboard', USE_SANDBOX: 1 },
    })
    expect(problems.map((p) => p.setting).sort()).toEqual([
      'BADGES_CONFIG.accredible.ACCREDIBLE_BASE_URL',
      'BADGES_CONFIG.accredible.ORGANIZATIONS',
      'BADGES_CONFIG.accredible.USE_SANDBOX',
      'BADGES_CONFIG.credly.CREDLY_API_BASE_URL',
      'BADGES_CONFIG.credly.CREDLY_BASEURL',
      'BADGES_CONFIG.credly.CREDLY_SANDBOX_BASE_URL',
      'BADGES_CONFIG.credly.ORGANIZATIONS',
      `BADGES_CONFIG.credly.ORGANIZATIONS.${uuid}`,
      'BADGES_CONFIG.credly.USE_SANDBOX',
    ])
    expect(problems.every((p) => p.problem.length > 5 && p.remedy.length > 5)).toBe(true)
    const inClear = problems.find((p) => p.setting.endsWith('.CREDLY_API_BASE_URL'))
    expect(inClear?.problem).toContain('in clear')
  })

  it('refuse an organization that is given twice', () => {
    const ORGANIZATIONS = { [uuid]: 'one', [uuid.toUpperCase()]: 'two' }
    expect(problemsOf({ credly: { ORGANIZATIONS } })).toMatchObject([
      { setting: `BADGES_CONFIG.credly.ORGANIZATIONS.${uuid}`, problem: 'is given twice.' },
    ])
  })

  it.each([
    ['key and organization confused', { credly: { ORGANIZATIONS: { 'hunter2-key': uuid } } }],
    ['a key with blanks', { credly: { ORGANIZATIONS: { [uuid]: 'hunter2 key' } } }],
    ['a list', { credly: { ORGANIZATIONS: [[uuid, 'hunter2']] } }],
    ['a text', { credly: { ORGANIZATIONS: 'hunter2' } }],
    ['an address with a password', { credly: { CREDLY_BASE_URL: 'https://me:hunter2@c.example' } }],
    ['no JSON', `{"credly": {"ORGANIZATIONS": {"${uuid}": "hunter2"x}}}`],
    ['JSON without its end', `{"credly": {"ORGANIZATIONS": {"${uuid}": hunter2`],
  ])('never repeat a key in a complaint: %s', (_, badgesConfig) => {
    const problems = problemsOf(badgesConfig)
    expect(problems).toHaveLength(1)
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })
})
