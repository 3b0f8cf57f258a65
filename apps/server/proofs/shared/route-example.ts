import type { FreshKind, InstallationThings, Things } from './permission-things.js'

export type Known = Things & InstallationThings

/** What a request to a route names: of one organization, so that another's can be put in its place. */
export type Example = {
  readonly params?: (of: Known) => Readonly<Record<string, string>>
  readonly query?: (of: Known) => Readonly<Record<string, string>>
  readonly body?: (of: Known) => object | string
  /** Other requests to the same route, which name other things. */
  readonly variants?: readonly Example[]
  /** When the body is no JSON. */
  readonly contentType?: string
  /** What is used up by a request, and so made anew for each. */
  readonly fresh?: readonly FreshKind[]
  /** Tokens are refused: it is about the person who asks. */
  readonly isForPeople?: true
  /** Rules may name badges of others, as they may name badges that do not exist. */
  readonly mayNameForeign?: true
}

type Kind = keyof Known

/** `:id` is this kind of thing. */
export const by = (kind: Kind, more: Omit<Example, 'params'> = {}): Example => ({
  params: (of) => ({ id: of[kind] }),
  ...more,
})
export const query = (make: (of: Known) => Readonly<Record<string, string>>): Example => ({
  query: make,
})
export const body = (make: (of: Known) => object): Example => ({ body: make })
export const none: Example = {}
