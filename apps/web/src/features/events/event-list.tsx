import { Accordion, Card, Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import { eventTypesQuery, type LoggedEvent } from './event-queries.js'
import { EventView } from './event-view.js'

type Props = {
  readonly events: readonly LoggedEvent[]
  readonly slug: string | undefined
  /** Those that came while one was looking. */
  readonly fresh: ReadonlySet<string>
}

/** The log, an event a row; a row opens to what it says and did. */
export function EventList({ events, slug, fresh }: Props) {
  const { t } = useTranslation('operations')
  const [opened, setOpened] = useState<string | null>(null)
  const types = useQuery(eventTypesQuery)
  const titles = new Map((types.data?.items ?? []).map((one) => [one.eventType, one.title]))
  return (
    <Card padding={0}>
      <Accordion
        value={opened}
        onChange={setOpened}
        chevronPosition="left"
        aria-label={t('events.title')}
      >
        {events.map((event) => (
          <Accordion.Item key={event.id} value={event.id} style={{ overflowWrap: 'anywhere' }}>
            <Accordion.Control
              bg={fresh.has(event.id) ? 'var(--rosette-accent-bg)' : 'transparent'}
            >
              <Summary event={event} title={titles.get(event.type)} />
            </Accordion.Control>
            <Accordion.Panel>
              {opened === event.id && (
                <Stack gap="md">
                  <EventView id={event.id} time={event.time} slug={slug} level={2} />
                  <GoLink
                    to={`/platform/events/${event.id}?time=${encodeURIComponent(event.time)}`}
                  >
                    {t('events.link')}
                  </GoLink>
                </Stack>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  )
}

function Summary({ event, title }: { event: LoggedEvent; title: string | undefined }) {
  const { t } = useTranslation('operations')
  const about = aboutOf(event)
  return (
    <Group gap="sm" justify="space-between" wrap="wrap">
      <Stack gap={0} miw={0} flex="1 1 240px">
        <Text fw={500} size="sm">
          {title ?? shortType(event.type)}
        </Text>
        {about !== '' && (
          <Text size="xs" c="dimmed">
            <Code dir="ltr">{about}</Code>
          </Text>
        )}
      </Stack>
      <Text size="xs" c="dimmed">
        {event.lmsUserId !== null && t('events.lmsUser', { id: String(event.lmsUserId) })}{' '}
        <When at={event.time} />
      </Text>
    </Group>
  )
}

function shortType(type: string): string {
  return type.replace(/^org\.openedx\./, '').replace(/\.v\d+$/, '')
}

/** The key of the course or what else most events are about. */
function aboutOf({ data }: LoggedEvent): string {
  const found = findKey(data, 0)
  return found ?? ''
}

const keyed = /^(?:course|ccx|block|program|lib)-v1:|^course_key$/

function findKey(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return keyed.test(value) ? value : undefined
  if (typeof value !== 'object' || value === null || depth > 4) return undefined
  for (const inner of Object.values(value)) {
    const found = findKey(inner, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
