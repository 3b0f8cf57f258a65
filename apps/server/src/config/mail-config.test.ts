import { describe, expect, it } from 'vitest'
import { settingsFrom } from './load.js'
import { SettingsInvalid } from './problems.js'

const all = {
  ROSETTE_MAIL_URL: 'smtps://rosette:hunter2@mail.example.org',
  ROSETTE_MAIL_FROM: 'Rosette <rosette@example.org>',
  ROSETTE_MAIL_TO: 'ada@example.org, bo@example.org',
}

function problemsOf(env: Readonly<Record<string, string | undefined>>) {
  try {
    settingsFrom(env)
    return []
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems
    throw error
  }
}

describe('the settings of mail', () => {
  it('may all be missing', () => {
    const { config, secrets } = settingsFrom({})
    expect([config.mail, secrets.mailUrl]).toEqual([undefined, undefined])
  })

  it('name the server, the sender and who gets it', () => {
    const { config, secrets } = settingsFrom(all)
    expect(config.mail).toEqual({
      from: 'Rosette <rosette@example.org>',
      to: ['ada@example.org', 'bo@example.org'],
    })
    expect(secrets.mailUrl).toBe(all.ROSETTE_MAIL_URL)
    expect(JSON.stringify(config)).not.toContain('hunter2')
  })

  it.each(Object.keys(all))('belong together: without %s it is asked for', (name) => {
    const problems = problemsOf({ ...all, [name]: undefined })
    expect(problems).toEqual([
      { setting: name, problem: expect.stringContaining('missing'), remedy: expect.any(String) },
    ])
  })

  it('tell all at once what alone is not enough', () => {
    const problems = problemsOf({ ROSETTE_MAIL_TO: all.ROSETTE_MAIL_TO })
    expect(problems.map(({ setting }) => setting)).toEqual([
      'ROSETTE_MAIL_URL',
      'ROSETTE_MAIL_FROM',
    ])
  })

  it.each([
    ['ROSETTE_MAIL_FROM', 'nobody'],
    ['ROSETTE_MAIL_FROM', 'Rosette <rosette>'],
    ['ROSETTE_MAIL_FROM', 'a@example.org\nBcc: b@example.org'],
    ['ROSETTE_MAIL_TO', 'ada@example.org,'],
    ['ROSETTE_MAIL_TO', 'ada@example.org bo@example.org'],
    ['ROSETTE_MAIL_TO', 'Ada <ada@example.org>'],
    ['ROSETTE_MAIL_URL', 'https://mail.example.org'],
    ['ROSETTE_MAIL_URL', 'smtp://'],
    ['ROSETTE_MAIL_URL', 'smtp://rosette:100%@mail.example.org'],
  ])('refuse %s as %j', (name, value) => {
    expect(problemsOf({ ...all, [name]: value })).toMatchObject([{ setting: name }])
  })

  it('never repeat the password in a complaint', () => {
    const problems = problemsOf({ ...all, ROSETTE_MAIL_URL: 'imap://u:hunter2@mail.example.org' })
    expect(problems).toHaveLength(1)
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })
})
