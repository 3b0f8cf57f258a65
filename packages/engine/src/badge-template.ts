import type { EventTime } from './event-time.js'

/** Every operator that a data rule may use. */
export const OPERATORS = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'contains',
  'matches',
  'exists',
] as const

/** How a data rule compares; `eq` and `ne` are those of Open edX. */
export type Operator = (typeof OPERATORS)[number]

/** One comparison on the payload; `value` is an array for `in` and `not_in`, else one text. */
export type DataRule = {
  readonly keyPath: string
  readonly operator: Operator
  readonly value: string | readonly string[]
}

/** At least so many distinct values at a key path; without `distinctBy` every event counts once. */
export type Count = { readonly atLeast: number; readonly distinctBy?: string }

/** The times that count: `from` is included, `until` is not. */
export type Window = { readonly from?: EventTime; readonly until?: EventTime }

/** One thing that must happen; requirements of one group (A to Z) stand in for each other. */
export type Requirement = {
  readonly id: string
  readonly group: string
  readonly eventType: string
  readonly description?: string
  readonly dataRules: readonly DataRule[]
  readonly count?: Count
  readonly window?: Window
  readonly after?: readonly string[]
}

/** What takes fulfillments away; `requirements` are the ids that it resets. */
export type Penalty = {
  readonly id: string
  readonly eventType: string
  readonly description?: string
  readonly dataRules: readonly DataRule[]
  readonly requirements: readonly string[]
}

/** What can be earned, and how; with `repeat` it is earned once per value at the key path `by`. */
export type BadgeTemplate = {
  readonly id: string
  readonly name: string
  readonly reaward: 'allowed' | 'never'
  readonly repeat: { readonly by: string } | null
  readonly requirements: readonly Requirement[]
  readonly penalties: readonly Penalty[]
}
