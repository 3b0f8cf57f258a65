import type { DataRule } from '@rosette/contract'

export type { DataRule }

/** One way to fulfil a group, as it is edited; `id` is that of the requirement. */
export type DraftRequirement = {
  readonly id: string
  readonly eventType: string
  readonly description: string
  readonly dataRules: readonly DataRule[]
  readonly count: { readonly atLeast: number; readonly distinctBy: string | null } | null
  /** ISO 8601 in UTC. */
  readonly window: { readonly from: string | null; readonly until: string | null } | null
  readonly after: readonly string[]
}

/** Requirements that stand in for each other. */
export type DraftGroup = { readonly letter: string; readonly ways: readonly DraftRequirement[] }

export type DraftPenalty = {
  readonly id: string
  readonly eventType: string
  readonly description: string
  readonly dataRules: readonly DataRule[]
  /** The ids of the requirements that it takes away. */
  readonly resets: readonly string[]
}

/** The rules of a badge while they are edited. Every edit is a function from one draft to the next. */
export type Draft = {
  readonly reaward: 'allowed' | 'never'
  readonly repeat: { readonly by: string } | null
  readonly groups: readonly DraftGroup[]
  readonly penalties: readonly DraftPenalty[]
  /** The highest number of an id that was ever in use here: what was removed is never mixed up with what is new. */
  readonly lastNumber: number
}

/** What a recipe or a copy brings: all but its id. */
export type NewRequirement = Omit<DraftRequirement, 'id'>
export type NewPenalty = Omit<DraftPenalty, 'id'>

export const emptyDraft: Draft = {
  reaward: 'allowed',
  repeat: null,
  groups: [],
  penalties: [],
  lastNumber: 0,
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

export function allWays(draft: Draft): readonly DraftRequirement[] {
  return draft.groups.flatMap(({ ways }) => ways)
}

export function findWay(draft: Draft, id: string): DraftRequirement | undefined {
  return allWays(draft).find((way) => way.id === id)
}

export function groupOf(draft: Draft, id: string): DraftGroup | undefined {
  return draft.groups.find(({ ways }) => ways.some((way) => way.id === id))
}

/** The next letter that no group has; undefined when there are 26 of them. */
export function freeLetter({ groups }: Draft): string | undefined {
  return letters.find((letter) => !groups.some((group) => group.letter === letter))
}

/** Adds ways that stand in for those which the group has. */
export function addWays(draft: Draft, letter: string, added: readonly NewRequirement[]): Draft {
  const { lastNumber, ways } = numbered(draft, added)
  return {
    ...draft,
    lastNumber,
    groups: draft.groups.map((group) =>
      group.letter === letter ? { ...group, ways: [...group.ways, ...ways] } : group,
    ),
  }
}

/** Adds one group: any one of these is enough for it. Without a free letter nothing changes. */
export function addGroup(draft: Draft, added: readonly NewRequirement[]): Draft {
  const letter = freeLetter(draft)
  if (letter === undefined || added.length === 0) return draft
  const { lastNumber, ways } = numbered(draft, added)
  return { ...draft, lastNumber, groups: [...draft.groups, { letter, ways }] }
}

/** Adds a group for each, so that all of them are needed. */
export function addGroups(draft: Draft, added: readonly NewRequirement[]): Draft {
  return added.reduce((grown, one) => addGroup(grown, [one]), draft)
}

export function changeWay(draft: Draft, id: string, change: Partial<NewRequirement>): Draft {
  return mapWays(draft, (way) => (way.id === id ? { ...way, ...change } : way))
}

/** Removes a way, and what referred to it; a group without ways goes too. */
export function removeWay(draft: Draft, id: string): Draft {
  const without = (ids: readonly string[]) => ids.filter((each) => each !== id)
  const groups = draft.groups.map((group) => ({
    ...group,
    ways: group.ways
      .filter((way) => way.id !== id)
      .map((way) => ({ ...way, after: without(way.after) })),
  }))
  return {
    ...draft,
    groups: groups.filter(({ ways }) => ways.length > 0),
    penalties: draft.penalties.map((each) => ({ ...each, resets: without(each.resets) })),
  }
}

export type Move = 'up' | 'down' | 'new-group' | { readonly group: string }

/** Where a way can go from here: up and down pass into the neighbouring groups. */
export function movesOf(draft: Draft, id: string): readonly Move[] {
  const index = draft.groups.findIndex(({ ways }) => ways.some((way) => way.id === id))
  const group = draft.groups[index]
  if (group === undefined) return []
  const place = group.ways.findIndex((way) => way.id === id)
  return [
    ...(place > 0 || index > 0 ? ['up' as const] : []),
    ...(place < group.ways.length - 1 || index < draft.groups.length - 1 ? ['down' as const] : []),
    ...draft.groups
      .filter(({ letter }) => letter !== group.letter)
      .map(({ letter }) => ({ group: letter })),
    ...(group.ways.length > 1 && freeLetter(draft) !== undefined ? ['new-group' as const] : []),
  ]
}

/** Moves a way; a group that has lost its last one is gone. */
export function moveWay(draft: Draft, id: string, move: Move): Draft {
  const index = draft.groups.findIndex(({ ways }) => ways.some((way) => way.id === id))
  const group = draft.groups[index]
  const way = group?.ways.find((each) => each.id === id)
  if (group === undefined || way === undefined) return draft
  if (move === 'new-group') return toNewGroup(draft, way)
  if (typeof move === 'object') return toGroup(draft, way, { letter: move.group, at: 'end' })
  const place = group.ways.indexOf(way)
  const step = move === 'up' ? -1 : 1
  const other = group.ways[place + step]
  if (other !== undefined) return withWays(draft, group.letter, swapped(group.ways, way, other))
  const neighbour = draft.groups[index + step]
  if (neighbour === undefined) return draft
  return toGroup(draft, way, { letter: neighbour.letter, at: move === 'up' ? 'end' : 'start' })
}

export function addPenalties(draft: Draft, added: readonly NewPenalty[]): Draft {
  const first = draft.lastNumber + 1
  const penalties = added.map((penalty, index) => ({ ...penalty, id: `p${first + index}` }))
  return {
    ...draft,
    lastNumber: draft.lastNumber + added.length,
    penalties: [...draft.penalties, ...penalties],
  }
}

export function changePenalty(draft: Draft, id: string, change: Partial<NewPenalty>): Draft {
  return {
    ...draft,
    penalties: draft.penalties.map((each) => (each.id === id ? { ...each, ...change } : each)),
  }
}

export function removePenalty(draft: Draft, id: string): Draft {
  return { ...draft, penalties: draft.penalties.filter((each) => each.id !== id) }
}

export function changePolicy(
  draft: Draft,
  change: Partial<Pick<Draft, 'reaward' | 'repeat'>>,
): Draft {
  return { ...draft, ...change }
}

function numbered(draft: Draft, added: readonly NewRequirement[]) {
  const first = draft.lastNumber + 1
  return {
    lastNumber: draft.lastNumber + added.length,
    ways: added.map((way, index): DraftRequirement => ({ ...way, id: `r${first + index}` })),
  }
}

function mapWays(draft: Draft, map: (way: DraftRequirement) => DraftRequirement): Draft {
  return {
    ...draft,
    groups: draft.groups.map((group) => ({ ...group, ways: group.ways.map(map) })),
  }
}

function withWays(draft: Draft, letter: string, ways: readonly DraftRequirement[]): Draft {
  const groups = draft.groups.map((group) => (group.letter === letter ? { ...group, ways } : group))
  return { ...draft, groups: groups.filter((group) => group.ways.length > 0) }
}

function taken(draft: Draft, { id }: DraftRequirement): Draft {
  return {
    ...draft,
    groups: draft.groups.map((group) => ({
      ...group,
      ways: group.ways.filter((way) => way.id !== id),
    })),
  }
}

function toGroup(
  draft: Draft,
  way: DraftRequirement,
  to: { readonly letter: string; readonly at: 'start' | 'end' },
): Draft {
  const without = taken(draft, way)
  const target = without.groups.find(({ letter }) => letter === to.letter)
  if (target === undefined) return draft
  const ways = to.at === 'start' ? [way, ...target.ways] : [...target.ways, way]
  return withWays(without, to.letter, ways)
}

function toNewGroup(draft: Draft, way: DraftRequirement): Draft {
  const letter = freeLetter(draft)
  if (letter === undefined) return draft
  const without = taken(draft, way)
  const groups = [...without.groups, { letter, ways: [way] }]
  return { ...without, groups: groups.filter(({ ways }) => ways.length > 0) }
}

function swapped<Item>(items: readonly Item[], a: Item, b: Item): readonly Item[] {
  return items.map((item) => (item === a ? b : item === b ? a : item))
}
