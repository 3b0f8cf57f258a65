import { expect, it } from 'vitest'
import { hashPassword, isPasswordOf } from './password-hash.js'

it('tells the right password from others, however its letters were typed', async () => {
  const stored = await hashPassword('Zürich im Frühling')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPasswordOf(stored, 'Zürich im Frühling')).toBe(true)
  expect(await isPasswordOf(stored, 'Zu\u0308rich im Fru\u0308hling')).toBe(true)
  expect(await isPasswordOf(stored, 'zürich im frühling')).toBe(false)
  expect(await hashPassword('Zürich im Frühling')).not.toBe(stored)
})

it('says no where there is no password, after the same work', async () => {
  expect(await isPasswordOf(null, '')).toBe(false)
  expect(await isPasswordOf(null, 'anything at all')).toBe(false)
})
