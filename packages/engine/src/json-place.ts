import { isMap } from './field-values.js'
import type { Refusal, RefusalCode } from './refusals.js'

/** A value in a document that is being read, where it stands, and the list that takes its faults. */
export type Place = {
  readonly value: unknown
  readonly path: string
  readonly faults: Refusal[]
}

/** Notes a fault at the place. */
export function refuse({ path, faults }: Place, code: RefusalCode, reason: string): void {
  faults.push({ code, path, reason })
}

/** Whether something stands here; null means the same as nothing. */
export function isPresent({ value }: Place): boolean {
  return value !== undefined && value !== null
}

/** Gives access to the named members of an object; refuses others, so that no typo changes a rule silently. */
export function readMembers<Name extends string>(
  place: Place,
  names: readonly Name[],
): (name: Name) => Place {
  const { value, path } = place
  if (!isMap(value)) {
    refuse(place, 'type-invalid', 'Must be an object, in { }.')
    // What is not an object lacks every member: saying so once is enough.
    return (name) => ({ value: undefined, path: memberPath(path, name), faults: [] })
  }
  const memberAt = (name: string) => ({
    value: Object.hasOwn(value, name) ? value[name] : undefined,
    path: memberPath(path, name),
    faults: place.faults,
  })
  for (const name of Object.keys(value)) {
    if (names.some((known) => known === name)) continue
    refuse(memberAt(name), 'member-unknown', `Unknown member; known here are ${names.join(', ')}.`)
  }
  return memberAt
}

/** Reads a text that must be there and not be empty. */
export function readText(place: Place): string {
  if (!isPresent(place)) {
    refuse(place, 'member-missing', 'Must be given, as text.')
    return ''
  }
  if (typeof place.value === 'string' && place.value !== '') return place.value
  refuse(place, 'type-invalid', 'Must be text that is not empty.')
  return ''
}

/** Reads a text that may be absent. */
export function readOptionalText(place: Place): string | undefined {
  return isPresent(place) ? readText(place) : undefined
}

/** Reads a list; an absent one is empty. */
export function readList<T>(place: Place, readItem: (item: Place) => T): T[] {
  const { value, path, faults } = place
  if (!isPresent(place)) return []
  if (!Array.isArray(value)) {
    refuse(place, 'type-invalid', 'Must be a list, in [ ].')
    return []
  }
  return value.map((item: unknown, index) =>
    readItem({ value: item, path: `${path}[${index}]`, faults }),
  )
}

function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}
