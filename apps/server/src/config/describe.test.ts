import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeSettings } from './describe.js'

const secret = 'do-not-show-this-to-anybody-ever'

it('tells where each value comes from, and of secrets nothing but that there is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'))
  const file = join(folder, 'rosette.yml')
  writeFileSync(file, 'ROSETTE_TOPICS: learning\nPORT: 9000\n')
  writeFileSync(join(folder, 'token'), secret)
  const described = describeSettings({
    ROSETTE_CONFIG_FILE: file,
    PORT: '9001',
    ROSETTE_ADMIN_TOKEN_FILE: join(folder, 'token'),
    DATABASE_URL: `postgres://rosette:${secret}@db/rosette`,
    BADGES_CONFIG: JSON.stringify({ credly: { ORGANIZATIONS: { [crypto.randomUUID()]: secret } } }),
  })
  const found = (name: string) => {
    const { about: _, ...one } = described.settings.find((setting) => setting.name === name) ?? {
      about: '',
    }
    return one
  }
  const isOpen = { isSecret: false, isSet: true }
  expect(found('PORT')).toEqual({ name: 'PORT', value: '9001', from: 'environment', ...isOpen })
  expect(found('ROSETTE_TOPICS')).toMatchObject({ value: 'learning', from: 'settings-file' })
  expect(found('HOST')).toMatchObject({ isSet: false, value: 'localhost', from: 'default' })
  expect(found('ROSETTE_MAIL_TO')).toMatchObject({ isSet: false, value: null, from: 'none' })
  const hidden = { isSecret: true, isSet: true, value: null }
  expect(found('ROSETTE_ADMIN_TOKEN')).toMatchObject({ ...hidden, from: 'secret-file' })
  expect(found('DATABASE_URL')).toMatchObject({ ...hidden, from: 'environment' })
  expect(found('BADGES_CONFIG')).toMatchObject(hidden)
  expect(JSON.stringify(described)).not.toContain(secret)
  expect(described.settingsFile).toBe(file)
  expect(described.problems).toEqual([])
})

it('names the mistakes that check would name', () => {
  const { problems } = describeSettings({ PORT: 'many', ROSETTE_TOPIC: 'x' })
  expect(problems.map(({ setting }) => setting)).toEqual(['ROSETTE_TOPIC', 'PORT'])
})
