import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addGroup,
  addGroups,
  addPenalties,
  addWays,
  allWays,
  changeWay,
  type Draft,
  emptyDraft,
  findWay,
  freeLetter,
  groupOf,
  type Move,
  movesOf,
  moveWay,
  removePenalty,
  removeWay,
} from './draft.js'
import { isSame, toDraft, toRules } from './draft-rules.js'
import { anyDraft, anyRules, requirementOf } from './rules.features.js'

const passes = (course: string) => requirementOf({ course })
const shape = (draft: Draft) =>
  draft.groups.map(({ letter, ways }) => `${letter}:${ways.map(({ id }) => id).join(',')}`)

const two = addWays(addGroups(emptyDraft, [passes('a'), passes('b')]), 'A', [passes('c')])

describe('a draft', () => {
  it('grows by groups, and by ways within a group', () => {
    expect(shape(two)).toEqual(['A:r1,r3', 'B:r2'])
  })

  it('gives a new group the first letter that is free', () => {
    expect(shape(addGroup(removeWay(removeWay(two, 'r1'), 'r3'), [passes('d')]))).toEqual([
      'B:r2',
      'A:r4',
    ])
  })

  it('never gives a new requirement the id of one that was removed', () => {
    const without = removeWay(two, 'r3')
    expect(shape(addWays(without, 'A', [passes('d')]))).toEqual(['A:r1,r4', 'B:r2'])
  })

  it('has no room for a group after Z', () => {
    const full = addGroups(
      emptyDraft,
      Array.from({ length: 26 }, (_, index) => passes(String(index))),
    )
    expect(freeLetter(full)).toBeUndefined()
    expect(addGroup(full, [passes('more')])).toBe(full)
  })

  it('forgets everywhere what was removed', () => {
    const ordered = changeWay(two, 'r2', { after: ['r1', 'r3'] })
    const penalty = { ...passes('a'), resets: ['r1', 'r2'] }
    const without = removeWay(addPenalties(ordered, [penalty]), 'r1')
    expect(findWay(without, 'r2')?.after).toEqual(['r3'])
    expect(without.penalties[0]?.resets).toEqual(['r2'])
    expect(removePenalty(without, without.penalties[0]?.id ?? '').penalties).toEqual([])
  })
})

describe('a way moves', () => {
  it.each<[string, Move, string[]]>([
    ['r3', 'up', ['A:r3,r1', 'B:r2']],
    ['r1', 'down', ['A:r3,r1', 'B:r2']],
    ['r3', 'down', ['A:r1', 'B:r3,r2']],
    ['r2', 'up', ['A:r1,r3,r2']],
    ['r1', { group: 'B' }, ['A:r3', 'B:r2,r1']],
    ['r3', 'new-group', ['A:r1', 'B:r2', 'C:r3']],
    ['r1', 'up', ['A:r1,r3', 'B:r2']],
    ['unknown', 'up', ['A:r1,r3', 'B:r2']],
  ])('%s %j', (id, move, expected) => {
    expect(shape(moveWay(two, id, move))).toEqual(expected)
  })

  it('only where it can go', () => {
    expect(movesOf(two, 'r1')).toEqual(['down', { group: 'B' }, 'new-group'])
    expect(movesOf(two, 'r2')).toEqual(['up', { group: 'A' }])
  })

  it('and is never lost or doubled by it', () => {
    fc.assert(
      fc.property(anyDraft, fc.nat(), fc.nat(), (draft, which, where) => {
        const ways = allWays(draft)
        const way = ways[which % Math.max(1, ways.length)]
        if (way === undefined) return
        const moves = movesOf(draft, way.id)
        const move = moves[where % Math.max(1, moves.length)]
        if (move === undefined) return
        const moved = moveWay(draft, way.id, move)
        expect(
          allWays(moved)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(ways.map(({ id }) => id).sort())
        expect(moved.groups.every((group) => group.ways.length > 0)).toBe(true)
        expect(groupOf(moved, way.id)).toBeDefined()
      }),
    )
  })
})

describe('rules of the API', () => {
  it('come back from a draft as they went into it', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const given = toRules(toDraft(rules))
        const order = (a: { id?: string }, b: { id?: string }) =>
          (a.id ?? '') < (b.id ?? '') ? -1 : 1
        expect([...(given.requirements ?? [])].sort(order)).toEqual(
          [...rules.requirements].sort(order),
        )
        expect(given.penalties).toEqual(rules.penalties)
        expect([given.reaward, given.repeat]).toEqual([rules.reaward, rules.repeat])
      }),
    )
  })

  it('make the same draft again', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const draft = toDraft(rules)
        const { requirements = [], penalties = [] } = toRules(draft)
        const again = toDraft({
          ...rules,
          requirements: requirements.map((each) => ({
            ...rules.requirements[0],
            ...each,
          })) as never,
          penalties: penalties as never,
        })
        expect(isSame(draft, toDraft(rules))).toBe(true)
        expect(shape(again)).toEqual(shape(draft))
      }),
    )
  })
})
