import type { Pattern } from './parse-pattern.js'

const maxText = 4_096

/**
 * Whether the pattern occurs in the text: anywhere, unless it is anchored. Follows all ways at once instead of
 * backtracking, so no pattern can stall the consumer. Text over 4,096 characters never matches.
 */
export function searchPattern(pattern: Pattern, text: string): boolean {
  if (text.length > maxText) return false
  const characters = Array.from(text)
  let current = new Set<number>()
  for (let position = 0; position <= characters.length; position += 1) {
    const place = { first: position === 0, last: position === characters.length }
    if (enter(pattern, pattern.entry, { reached: current, ...place })) return true
    const character = characters[position]
    if (character === undefined) return false
    const following = { first: false, last: position + 1 === characters.length }
    const reached = new Set<number>()
    for (const index of current) {
      const step = pattern.steps[index]
      if (step?.kind !== 'character' || !step.accepts(character)) continue
      if (enter(pattern, step.next, { reached, ...following })) return true
    }
    current = reached
  }
  return false
}

type Place = { readonly reached: Set<number>; readonly first: boolean; readonly last: boolean }

/** Adds every step that can be reached without reading a character; true when the end is among them. */
function enter(pattern: Pattern, index: number, place: Place): boolean {
  if (place.reached.has(index)) return false
  place.reached.add(index)
  const step = pattern.steps[index]
  switch (step?.kind) {
    case 'found':
      return true
    case 'either':
      return enter(pattern, step.a, place) || enter(pattern, step.b, place)
    case 'start':
      return place.first && enter(pattern, step.next, place)
    case 'end':
      return place.last && enter(pattern, step.next, place)
    default:
      return false
  }
}
