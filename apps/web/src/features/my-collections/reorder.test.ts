import { expect, it } from 'vitest'
import { moved } from './reorder.js'

it('puts an item at another place, and the others close up', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
})

it.each([
  [0, -1],
  [2, 3],
  [5, 0],
  [1, 1],
])('leaves the list as it is for %i to %i', (from, to) => {
  const items = ['a', 'b', 'c']
  expect(moved(items, from, to)).toBe(items)
})
