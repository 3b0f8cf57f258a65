import { Button, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Pause, Play } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Empty, Loading, Problem } from '../../components/states.js'
import { EventFilterBar } from '../../features/events/event-filters.js'
import { EventList } from '../../features/events/event-list.js'
import {
  type EventFilters,
  type LoggedEvent,
  latestEvents,
  olderEvents,
} from '../../features/events/event-queries.js'
import { useSession } from '../../lib/session.js'

const route = getRouteApi('/console/platform/events')

export function EventsPage() {
  const { t } = useTranslation('operations')
  const filters = route.useSearch()
  const navigate = route.useNavigate()
  const [isRunning, setRunning] = useState(true)
  return (
    <Page
      title={t('events.title')}
      about={t('events.about')}
      mark={
        <Chip tone={isRunning ? 'good' : 'quiet'}>
          {t(isRunning ? 'events.running' : 'events.paused')}
        </Chip>
      }
      actions={
        <Button
          variant="default"
          onClick={() => setRunning(!isRunning)}
          leftSection={isRunning ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        >
          {t(isRunning ? 'events.pause' : 'events.resume')}
        </Button>
      }
    >
      <EventFilterBar filters={filters} onChange={(search) => void navigate({ search })} />
      <Log key={JSON.stringify(filters)} filters={filters} isRunning={isRunning} />
    </Page>
  )
}

function Log({ filters, isRunning }: { filters: EventFilters; isRunning: boolean }) {
  const { t } = useTranslation('operations')
  const slug = useSession().organizations[0]?.slug
  const older = useInfiniteQuery(olderEvents(filters))
  const { seen, fresh } = useTail(filters, isRunning && older.isSuccess)
  if (older.isPending) return <Loading />
  if (older.isError) return <Problem error={older.error} onRetry={() => void older.refetch()} />
  const known = older.data.pages.flatMap(({ items }) => items)
  const events = merged(seen, known)
  const isFiltered = Object.keys(filters).length > 0
  if (events.length === 0 && !older.hasNextPage) {
    return (
      <Empty title={t(isFiltered ? 'events.noMatch' : 'events.none')}>
        {t(isFiltered ? 'events.noMatchText' : 'events.noneText')}
      </Empty>
    )
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {fresh.size > 0 ? t('events.fresh', { count: fresh.size }) : ''}
        </Text>
      </Group>
      {events.length > 0 && <EventList events={events} slug={slug} fresh={fresh} />}
      {events.length === 0 && <Text c="dimmed">{t('events.furtherBack')}</Text>}
      <More pages={older} />
    </Stack>
  )
}

/** What has come in since the page was opened. */
function useTail(filters: EventFilters, isRunning: boolean) {
  const latest = useQuery(latestEvents(filters, isRunning))
  const [first, setFirst] = useState<ReadonlySet<string>>()
  const [seen, setSeen] = useState<readonly LoggedEvent[]>([])
  useEffect(() => {
    const items = latest.data?.items
    if (items === undefined) return
    setFirst((known) => known ?? new Set(items.map(({ id }) => id)))
    setSeen((before) => merged(items, before).slice(0, 1000))
  }, [latest.data])
  const fresh = new Set(seen.filter(({ id }) => first?.has(id) === false).map(({ id }) => id))
  return { seen, fresh }
}

function merged(a: readonly LoggedEvent[], b: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const byId = new Map([...a, ...b].map((event) => [event.id, event]))
  return [...byId.values()].sort((x, y) => (x.time < y.time ? 1 : x.time > y.time ? -1 : 0))
}
