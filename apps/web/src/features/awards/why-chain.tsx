import { Box, Code, Group, Stack, Text } from '@mantine/core'
import { CircleCheck, CircleX, Hand } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { When } from '../../components/when.js'
import { useEventTitle } from '../../lib/event-titles.js'
import { format } from '../../lib/format.js'
import type { AwardDetail } from './award-queries.js'

type Props = {
  readonly award: AwardDetail
  /** How a payload is shown. */
  readonly payload: (data: unknown) => ReactNode
}

const branch = {
  borderInlineStart: '2px solid var(--rosette-line)',
  marginInlineStart: 10,
  paddingInlineStart: 18,
  marginBlock: 4,
} as const

/** The chain behind an award: the groups, what fulfilled each, the events with all that they said. */
export function WhyChain({ award, payload }: Props) {
  const { t } = useTranslation('people')
  const { why, revocation } = award
  return (
    <Stack gap="md">
      {why.by !== null && (
        <Group gap="xs" wrap="nowrap">
          <Hand size={18} aria-hidden />
          <Text>{t('why.byHand', { who: why.by })}</Text>
        </Group>
      )}
      {why.fulfillments.map((one) => (
        <Box key={one.requirement}>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <CircleCheck
              size={20}
              aria-hidden
              color="var(--rosette-good)"
              style={{ flex: 'none', marginBlockStart: 2 }}
            />
            <Text fw={600}>
              {t('why.fulfilled', {
                what: one.description ?? one.requirement,
                date: format.dateTime(one.since),
              })}
            </Text>
          </Group>
          <Events events={one.events} payload={payload} />
        </Box>
      ))}
      {why.by === null && why.fulfillments.length === 0 && (
        <Text c="dimmed">{t('why.unknown')}</Text>
      )}
      {revocation !== null && (
        <Box>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <CircleX
              size={20}
              aria-hidden
              color="var(--rosette-bad)"
              style={{ flex: 'none', marginBlockStart: 2 }}
            />
            <Text fw={600}>
              {revocation.by === null ? t('why.lost') : t('why.revoked', { who: revocation.by })}
            </Text>
          </Group>
          {revocation.lost.map((one) => (
            <Box key={one.requirement} style={branch}>
              <Text>{t('why.lostOne', { what: one.description ?? one.requirement })}</Text>
              <Events events={one.events} payload={payload} />
            </Box>
          ))}
        </Box>
      )}
    </Stack>
  )
}

type EventsProps = Pick<Props, 'payload'> & {
  readonly events: AwardDetail['why']['fulfillments'][number]['events']
}

function Events({ events, payload }: EventsProps) {
  const { t } = useTranslation('people')
  const titleOf = useEventTitle()
  if (events.length === 0) {
    return (
      <Text style={branch} size="sm" c="dimmed">
        {t('why.eventGone')}
      </Text>
    )
  }
  return (
    <Stack gap={6} component="ul" style={{ ...branch, listStyle: 'none' }}>
      {events.map((event) => (
        <li key={event.id}>
          <details>
            <summary>
              <Text span fw={500}>
                {titleOf(event.type)}
              </Text>{' '}
              <Text span size="sm" c="dimmed">
                <When at={event.time} />
              </Text>
            </summary>
            <Code dir="ltr">{event.type}</Code>
            {payload(event.data)}
          </details>
        </li>
      ))}
    </Stack>
  )
}
