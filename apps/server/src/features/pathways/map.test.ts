import { describe, expect, it } from 'vitest'
import { findCircle, levelsOf } from './map.js'

const links = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }))

describe('a map of badges', () => {
  it('has no circle where ways part and meet again', () => {
    expect(findCircle(links('ab', 'ac', 'bd', 'cd', 'de'))).toBeNull()
  })

  it('names the circle and nothing that only leads to it', () => {
    expect(findCircle(links('xa', 'ab', 'bc', 'ca'))).toEqual(['a', 'b', 'c', 'a'])
    expect(findCircle(links('ab', 'bb'))).toEqual(['b', 'b'])
  })

  it('puts each badge after the longest way to it', () => {
    const levels = levelsOf([...'abcdx'], links('ab', 'bc', 'ac', 'cd'))
    expect([...'abcdx'].map((id) => levels.get(id))).toEqual([1, 2, 3, 4, 1])
  })

  it('can be drawn even where rules run in a circle', () => {
    const levels = levelsOf([...'abc'], links('ab', 'bc', 'ca'))
    expect([...levels.keys()].sort()).toEqual(['a', 'b', 'c'])
    expect(Math.max(...levels.values())).toBeLessThanOrEqual(3)
  })

  it('stays quick where many ways part and meet', () => {
    const wide = Array.from({ length: 60 }, (_, n) =>
      ['x', 'y'].flatMap((a) => ['x', 'y'].map((b) => ({ from: `${a}${n}`, to: `${b}${n + 1}` }))),
    ).flat()
    expect(findCircle(wide)).toBeNull()
    expect(levelsOf(['x60'], wide).get('x60')).toBe(61)
  })
})
