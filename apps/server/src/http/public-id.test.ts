import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePublicId, toPublicId } from './public-id.js'

describe('a public id', () => {
  it('has 22 characters and leads back to its UUID', () => {
    for (let n = 0; n < 500; n += 1) {
      const uuid = randomUUID()
      expect(toPublicId(uuid)).toMatch(/^[A-Za-z0-9_-]{22}$/)
      expect(parsePublicId(toPublicId(uuid))).toBe(uuid)
    }
  })

  it('is accepted as a UUID too, in either case', () => {
    const uuid = randomUUID()
    expect(parsePublicId(uuid)).toBe(uuid)
    expect(parsePublicId(uuid.toUpperCase())).toBe(uuid)
  })

  it.each(['', 'x', 'AAAAAAAAAAAAAAAAAAAAAB', 'A'.repeat(23), '+'.repeat(22), '../../etc/passwd'])(
    'is not %j',
    (text) => {
      expect(parsePublicId(text)).toBeUndefined()
    },
  )
})
