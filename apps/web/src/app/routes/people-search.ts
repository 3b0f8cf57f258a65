type Given = Record<string, unknown>

/** What is looked at in lists of people and awards, so that it can be linked to; what is usual is left out. */
type LearnersSearch = {
  readonly search?: string | undefined
  /** Also who has nothing to do with this organization. */
  readonly who?: 'everybody' | undefined
}
const standings = ['in-force', 'expired', 'revoked'] as const
const sources = ['rules', 'hand'] as const
const sorts = ['latest', 'earliest', 'newest', 'oldest'] as const
export type AwardsSearch = {
  readonly search?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
  readonly standing?: (typeof standings)[number] | undefined
  readonly source?: (typeof sources)[number] | undefined
  /** Days, as the reader's calendar has them. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly sort?: (typeof sorts)[number] | undefined
}
const states = ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'] as const
type IssuancesSearch = {
  readonly search?: string | undefined
  readonly state?: (typeof states)[number] | undefined
  readonly accountId?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
}
const checks = ['ready', 'new-learner', 'held', 'faulty'] as const
const results = ['awarded', 'held', 'failed'] as const
type ImportSearch = {
  readonly check?: (typeof checks)[number] | undefined
  readonly result?: (typeof results)[number] | undefined
}

export function learnersSearch(given: Given): LearnersSearch {
  return {
    ...textOf(given, 'search'),
    ...oneOf(given, 'who', ['everybody'] as const),
  }
}

export function awardsSearch(given: Given): AwardsSearch {
  return {
    ...textOf(given, 'search'),
    ...textOf(given, 'templateId'),
    ...textOf(given, 'learnerId'),
    ...oneOf(given, 'standing', standings),
    ...oneOf(given, 'source', sources),
    ...dayOf(given, 'from'),
    ...dayOf(given, 'until'),
    ...oneOf(given, 'sort', sorts),
  }
}

export function importsSearch(given: Given) {
  return textOf(given, 'templateId')
}

export function importSearch(given: Given): ImportSearch {
  return {
    ...oneOf(given, 'check', checks),
    ...oneOf(given, 'result', results),
  }
}

export function issuancesSearch(given: Given): IssuancesSearch {
  return {
    ...textOf(given, 'search'),
    ...oneOf(given, 'state', states),
    ...textOf(given, 'accountId'),
    ...textOf(given, 'templateId'),
    ...textOf(given, 'learnerId'),
  }
}

function textOf<Name extends string>(
  given: Given,
  name: Name,
): { readonly [Key in Name]?: string } {
  const value = given[name]
  // A number of a user in the LMS is read as a number from the address.
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? parseMember(name, text) : {}
}

function dayOf<Name extends string>(given: Given, name: Name): { readonly [Key in Name]?: string } {
  const value = given[name]
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  return isDay ? parseMember(name, value) : {}
}

function oneOf<Name extends string, Value extends string>(
  given: Given,
  name: Name,
  values: readonly Value[],
): { readonly [Key in Name]?: Value } {
  const found = values.find((value) => value === given[name])
  return found === undefined ? {} : parseMember(name, found)
}

// The compiler does not follow a computed name.
function parseMember<Name extends string, Value>(name: Name, value: Value) {
  return { [name]: value } as { readonly [Key in Name]: Value }
}
