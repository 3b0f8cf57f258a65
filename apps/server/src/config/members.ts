import type { Complain } from './problems.js'

/** A JSON object, or an empty one with a complaint. */
export function objectAt(at: string, input: unknown, complain: Complain): Record<string, unknown> {
  if (input === undefined || input === null) return {}
  if (typeof input === 'object' && !Array.isArray(input)) return { ...input }
  complain(at, 'is not an object.', 'Write a JSON object.')
  return {}
}

/** The members of one object in the settings; complaints name the member with its place. */
export function readMembers(at: string, input: unknown, complain: Complain) {
  const members = objectAt(at, input, complain)
  return {
    get: (name: string) => members[name],
    complain: (name: string, problem: string, remedy: string) =>
      complain(`${at}.${name}`, problem, remedy),
    refuseUnknown(allowed: readonly string[]): void {
      for (const name of Object.keys(members)) {
        if (!allowed.includes(name)) {
          complain(`${at}.${name}`, 'is not known.', `Write ${allowed.join(', ')}.`)
        }
      }
    },
  }
}

export type Members = ReturnType<typeof readMembers>
