import { expect, it } from 'vitest'
import { changesOf } from './changes-of.js'

it('keeps what differs, and nothing secret', () => {
  const before = {
    id: '1',
    name: 'Old',
    tags: ['a'],
    url: null,
    password_hash: 'x',
    sealed_secret: Buffer.from('x'),
    updated_at: '1',
  }
  const after = { ...before, name: 'New', tags: ['a', 'b'], password_hash: 'y', updated_at: '2' }
  expect(changesOf(before, { ...after, sealed_secret: Buffer.from('y') })).toEqual({
    before: { name: 'Old', tags: ['a'] },
    after: { name: 'New', tags: ['a', 'b'] },
  })
})

it('tells what was not there before', () => {
  expect(changesOf({}, { role: 'owner' })).toEqual({
    before: { role: null },
    after: { role: 'owner' },
  })
  expect(changesOf({ a: 1 }, { a: 1 })).toEqual({ before: {}, after: {} })
})
