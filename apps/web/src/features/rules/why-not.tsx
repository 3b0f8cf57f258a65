import { Stack, Text } from '@mantine/core'
import type { LearnerPreview, MissingReason } from '@rosette/contract'
import { format } from '../../lib/format.js'
import { conditionOf } from './condition.js'
import { type Draft, findWay } from './draft.js'
import { parseOperator } from './parse-operator.js'
import { useRules } from './rules-context.js'
import { wayName } from './sentence.js'
import { isolated, type Terms } from './terms.js'

type Requirement = LearnerPreview['instances'][number]['groups'][number]['requirements'][number]

/** What is missing, and the events that came nearest. */
export function WhyNot({ requirement }: { readonly requirement: Requirement }) {
  const { draft, terms } = useRules()
  const { missing, nearMisses } = requirement
  const eventType = findWay(draft, requirement.id)?.eventType ?? ''
  return (
    <Stack gap={2}>
      {missing.map((reason) => (
        <Text size="xs" key={JSON.stringify(reason)}>
          {missingText(reason, draft, terms)}
        </Text>
      ))}
      {nearMisses.slice(0, 3).map(({ event, failed }) => (
        <Text size="xs" c="dimmed" key={event.id}>
          {terms.say('why.near', {
            date: format.dateTime(event.time),
            condition: conditionOf(
              {
                keyPath: failed.keyPath,
                operator: parseOperator(failed.operator),
                value: failed.value,
              },
              eventType,
              terms,
            ),
            seen: isolated(seenText(failed.seen, terms)),
          })}
        </Text>
      ))}
    </Stack>
  )
}

function missingText(reason: MissingReason, draft: Draft, terms: Terms): string {
  const { say } = terms
  const number = (count: number) => ({ count, number: format.number(count) })
  switch (reason.reason) {
    case 'no-event':
      return say('why.noEvent')
    case 'data-rules':
      return say('why.dataRules', number(reason.events))
    case 'window':
      return say('why.window', number(reason.events.length))
    case 'value-missing':
      return say('why.valueMissing', { ...number(reason.events), field: isolated(reason.keyPath) })
    case 'count':
      return say('why.count', {
        held: format.number(reason.held),
        needed: format.number(reason.needed),
      })
    case 'after': {
      const way = findWay(draft, reason.requirement)
      const what = isolated(way === undefined ? reason.requirement : wayName(way, terms))
      return reason.since === null
        ? say('why.afterNever', { what })
        : say('why.afterLate', { what, date: format.dateTime(reason.since) })
    }
    case 'reset':
      return say('why.reset', { date: format.dateTime(reason.at) })
  }
}

function seenText(seen: unknown, { say, nameOf }: Terms): string {
  if (seen === null || seen === undefined || seen === '') return say('why.nothing')
  if (typeof seen === 'boolean') return seen ? say('say.value.yes') : say('say.value.no')
  return nameOf(typeof seen === 'string' ? seen : JSON.stringify(seen))
}
