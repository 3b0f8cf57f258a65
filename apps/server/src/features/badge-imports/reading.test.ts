import { hashIdentity } from '@rosette/open-badges'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentOf, readBadgeText } from './badge-document.js'
import { prepare } from './given.js'
import { nextCheckAt } from './next-check.js'
import { pictureSizeOf } from './picture-size.js'
import { isGivenTo, recipientsOf, spellingsOf } from './recipients.js'

const anything = fc.oneof(fc.anything(), fc.string(), fc.json(), fc.uint8Array())

describe('what is handed in', () => {
  it('is read or refused, and never fails in another way', () => {
    fc.assert(
      fc.property(anything, (content) => {
        const prepared = prepare({ content, source: 'text' })
        if ('code' in prepared) expect(prepared.message.length).toBeGreaterThan(20)
        else readBadgeText(prepared.bytes ?? '', undefined)
      }),
    )
  })

  it('names nobody where it is no badge', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const document = documentOf(text)
        if (document !== undefined) expect(Array.isArray(recipientsOf(document))).toBe(true)
      }),
    )
  })

  it('is a picture of a size, or none', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        fc.constantFrom('\u0089PNG', 'GIF89a', '\u00ff\u00d8\u00ff'),
        (rest, start) => {
          pictureSizeOf(Buffer.concat([Buffer.from(start, 'latin1'), rest]))
        },
      ),
    )
  })

  it('is an address also without its beginning', () => {
    for (const content of ['badges.example/public/1', ' https://badges.example/public/1 ']) {
      expect(prepare({ content, source: 'text' })).toMatchObject({
        address: 'https://badges.example/public/1',
        bytes: undefined,
      })
    }
  })
})

describe('an address', () => {
  it('is found in each of the spellings of backpacks before this one', () => {
    expect(
      spellingsOf('ada.LOVELACE@Example.org').filter((one) => !one.startsWith('mailto:')),
    ).toEqual([
      'ada.LOVELACE@Example.org',
      'ada.lovelace@example.org',
      'ADA.LOVELACE@EXAMPLE.ORG',
      'Ada.lovelace@example.org',
      'Ada.Lovelace@Example.Org',
      'ADA.LOVELACE@example.org',
    ])
  })

  it('of somebody else is never found', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.emailAddress(), fc.string(), (one, other, salt) => {
        const recipient = { type: 'email', identity: hashIdentity(one, salt), hashed: true, salt }
        expect(isGivenTo([recipient], [one])).toBe(true)
        expect(isGivenTo([recipient], [other])).toBe(one.toLowerCase() === other.toLowerCase())
      }),
    )
  })
})

describe('the next check', () => {
  const now = new Date('2026-06-01T00:00:00Z')
  const days = (since: string, misses = 0, verdict = 'valid') => {
    const at = nextCheckAt({ verdict, since, misses, now, random: () => 0 })
    return at === null ? null : (Date.parse(at) - now.getTime()) / 86_400_000
  }

  it('comes after a day, a week, and then a month', () => {
    expect(days('2026-06-01T00:00:00Z')).toBe(1)
    expect(days('2026-05-20T00:00:00Z')).toBe(7)
    expect(days('2026-01-01T00:00:00Z')).toBe(30)
  })

  it('comes soon where nobody answered, and then later and later', () => {
    const pauses = [1, 2, 3, 4, 5, 9].map(
      (misses) => (days('2026-01-01T00:00:00Z', misses) ?? 0) * 24,
    )
    expect(pauses).toEqual([1, 4, 16, 64, 168, 168])
  })

  it('does not come for what was taken back', () => {
    expect(days('2026-06-01T00:00:00Z', 0, 'revoked')).toBe(null)
  })
})
