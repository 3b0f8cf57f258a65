import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { BadgePicture } from '../../components/badge-picture.js'
import { format } from '../../lib/format.js'
import { eventTypes, fieldNameOf } from './event-words.js'
import { eventValuesQuery } from './rule-queries.js'
import { useRules } from './rules-context.js'
import type { Option } from './values-input.js'

type At = { readonly eventType: string; readonly keyPath: string; readonly search: string }
type Options = { readonly options: readonly Option[]; readonly isLoading: boolean }

const passing = { eventType: eventTypes.coursePassing, keyPath: 'course.course_key' }

/** What may be chosen at a field: badges by their picture, otherwise what the event log has seen there. */
export function useFieldOptions({ eventType, keyPath, search }: At): Options {
  const { badges, templateId, types, terms } = useRules()
  const isBadge = keyPath === 'template.uuid'
  const isKnown = types.some((type) => type.eventType === eventType)
  const [q] = useDebouncedValue(search.trim(), 300)
  const seen = useQuery({
    ...eventValuesQuery({ eventType, keyPath, q }),
    enabled: !isBadge && isKnown,
    placeholderData: keepPreviousData,
  })
  // Where nothing has happened yet, the courses of which results are known are a good guess.
  const isCourse = ['course', 'masterCourse'].includes(fieldNameOf(keyPath) ?? '')
  const hasPassing = types.some((type) => type.eventType === passing.eventType)
  const courses = useQuery({
    ...eventValuesQuery({ ...passing, q }),
    enabled: isCourse && hasPassing && seen.data?.items.length === 0,
  })
  if (isBadge) {
    const others = badges.filter(({ id }) => id !== templateId)
    return { options: others.map(badgeOption), isLoading: false }
  }
  const items = seen.data?.items.length ? seen.data.items : (courses.data?.items ?? [])
  return {
    options: items.map(({ value, label, events }) => ({
      value,
      label: label ?? terms.nameOf(value),
      detail: terms.say('values.seen', { value, count: events, number: format.number(events) }),
    })),
    isLoading: seen.isFetching,
  }
}

function badgeOption({ id, name }: { readonly id: string; readonly name: string }): Option {
  return { value: id, label: name, detail: '', picture: <BadgePicture templateId={id} size={32} /> }
}
