import { describe, expect, it } from 'vitest'
import { layOut, nodeSize } from '../../components/map-layout.js'
import { closesCircle, type Draft, moved, toMap, withLink, withoutBadge } from './draft.js'

const link = (from: string, to: string, by: 'rules' | 'hand' = 'hand') => ({ from, to, by })
const draft = (ids: string, links: Draft['links']): Draft => ({
  badges: [...ids].map((id) => ({ id, name: id, state: 'active', isMilestone: false })),
  links,
})

describe('a map that is being drawn', () => {
  it('takes no link that leads in a circle, by way of rules neither', () => {
    const map = draft('abc', [link('a', 'b', 'rules'), link('b', 'c')])
    expect(closesCircle(map, 'c', 'a')).toBe(true)
    expect(closesCircle(map, 'a', 'a')).toBe(true)
    expect(closesCircle(map, 'a', 'c')).toBe(false)
    expect(withLink(map, 'c', 'a')).toBe(map)
    expect(withLink(map, 'a', 'c').links).toHaveLength(3)
  })

  it('sends what people have drawn, and nothing of a badge that has left', () => {
    const map = draft('abc', [link('a', 'b', 'rules'), link('b', 'c'), link('a', 'c')])
    expect(toMap(map).links).toEqual([
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
    ])
    expect(toMap(withoutBadge(map, 'b')).links).toEqual([{ from: 'a', to: 'c' }])
  })

  it('changes the order of badges, but not beyond its ends', () => {
    const map = draft('abc', [])
    const order = (one: Draft) => one.badges.map(({ id }) => id).join('')
    expect(order(moved(map, 'b', -1))).toBe('bac')
    expect(order(moved(map, 'c', 1))).toBe('abc')
  })
})

describe('the places on a map', () => {
  const links = [link('a', 'b'), link('a', 'c'), link('b', 'd'), link('c', 'd')]
  const given = { ids: [...'abcd'], links, isMirrored: false }

  it('run from the first badges to the last, without one upon the other', () => {
    const { places, edges, width } = layOut(given)
    const at = new Map(places.map((place) => [place.id, place]))
    for (const { from, to } of links) {
      expect((at.get(to)?.x ?? 0) - (at.get(from)?.x ?? 0)).toBeGreaterThan(nodeSize.width)
    }
    expect(Math.abs((at.get('b')?.y ?? 0) - (at.get('c')?.y ?? 0))).toBeGreaterThan(nodeSize.height)
    expect(edges).toHaveLength(4)
    expect(edges.every(({ line }) => /^M[\d.-]+ [\d.-]+[QL]/.test(line))).toBe(true)
    expect(width).toBeGreaterThan(3 * nodeSize.width)
  })

  it('run the other way where people read the other way', () => {
    const { places, width } = layOut(given)
    const mirrored = layOut({ ...given, isMirrored: true })
    expect(mirrored.places.map(({ x }) => x)).toEqual(places.map(({ x }) => width - x))
  })
})
