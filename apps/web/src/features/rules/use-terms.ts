import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { allWays, type Draft } from './draft.js'
import { eventTypes } from './event-words.js'
import { eventValuesQuery, type ValuesOf } from './rule-queries.js'
import type { Badge } from './rules-context.js'
import { createTerms, type EventType, type Terms } from './terms.js'

/** The words for the rules, with the names of courses that the event log knows and of the badges here. */
export function useTerms(
  draft: Draft,
  { types, badges }: { readonly types: readonly EventType[]; readonly badges: readonly Badge[] },
): Terms {
  const { t } = useTranslation('rules')
  const values = useQueries({
    queries: placesOf(draft, types).map((place) => eventValuesQuery(place)),
    combine: (results) => results.map(({ data }) => data),
  })
  return useMemo(() => {
    const seen = values.flatMap((data) => data?.items ?? [])
    const named = seen.flatMap(({ value, label }): [string, string][] =>
      label === null ? [] : [[value, label]],
    )
    const names = new Map([...named, ...badges.map(({ id, name }): [string, string] => [id, name])])
    return createTerms(t, { types, names })
  }, [t, types, badges, values])
}

/** Where keys of courses stand in the rules, and where most of their names are known. */
function placesOf(draft: Draft, types: readonly EventType[]): readonly ValuesOf[] {
  const isKey = ({ eventType, keyPath }: ValuesOf) =>
    types
      .find((type) => type.eventType === eventType)
      ?.keyPaths.some(({ path, type }) => path === keyPath && type === 'key') ?? false
  const usual = { eventType: eventTypes.coursePassing, keyPath: 'course.course_key' }
  const used = [...allWays(draft), ...draft.penalties].flatMap(({ eventType, dataRules }) =>
    dataRules.map(({ keyPath }) => ({ eventType, keyPath })),
  )
  const places = new Map([usual, ...used].map((place) => [JSON.stringify(place), place]))
  return [...places.values()].filter(isKey).slice(0, 8)
}
