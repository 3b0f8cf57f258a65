import { expect, it } from 'vitest'
import { toPublicId } from '../../http/public-id.js'
import { madeWithin, readQuery } from './read-query.js'

const id = '0192f5a0-7c11-7d2e-9a51-3f0d2b7c9e10'

it.each([
  [id],
  [id.toUpperCase()],
  [toPublicId(id)],
  [`https://badges.example/public/assertions/${toPublicId(id)}`],
  [`https://badges.example/badges/credentials/${toPublicId(id)}/refresh?x=1`],
  [`urn:uuid:${id}`],
])('finds the id in %s', (text) => {
  expect(readQuery(text).id).toBe(id)
})

it('takes text for text, and a number for the id of a learner as well', () => {
  expect(readQuery(' Ada Lovelace ')).toEqual({
    text: 'Ada Lovelace',
    id: undefined,
    lmsUserId: undefined,
  })
  expect(readQuery('4711').lmsUserId).toBe(4711)
})

it('knows when an id of version 1 or 7 was made, and of no other', () => {
  // Made on 2026-03-12 at 08:30:00 UTC.
  const time = Date.parse('2026-03-12T08:30:00Z')
  const ticks = (BigInt(time) + 12_219_292_800_000n) * 10_000n
  const hex = ticks.toString(16).padStart(15, '0')
  const first = `${hex.slice(7)}-${hex.slice(3, 7)}-1${hex.slice(0, 3)}-8000-000000000000`
  const window = { from: '2026-03-11T08:30:00.000Z', until: '2026-03-13T08:30:00.000Z' }
  expect(madeWithin(first)).toEqual(window)
  const seventh = time.toString(16).padStart(12, '0')
  expect(madeWithin(`${seventh.slice(0, 8)}-${seventh.slice(8)}-7000-8000-000000000000`)).toEqual(
    window,
  )
  expect(madeWithin('2f1c7a52-9f0e-4a41-8a51-3f0d2b7c9e10')).toBeUndefined()
})
