import { Card, Group, ScrollArea, SimpleGrid, Table, Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { format } from '../../lib/format.js'
import { Bars } from './bars.js'
import type { Dashboard, Day } from './dashboard-queries.js'

const kinds = ['events', 'awards', 'revocations', 'issued'] as const
type Kind = (typeof kinds)[number]

/** What happened in the last thirty days: a number each, with its course by day. */
export function Figures({ dashboard }: { dashboard: Dashboard }) {
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing={{ base: 'xs', sm: 'md' }}>
      {kinds.map((kind) => (
        <Figure key={kind} kind={kind} dashboard={dashboard} />
      ))}
    </SimpleGrid>
  )
}

function Figure({ kind, dashboard }: { kind: Kind; dashboard: Dashboard }) {
  const { t } = useTranslation('operations')
  const title = useId()
  const { days, eventsAreEstimated } = dashboard
  const total = days.reduce((sum, day) => sum + day[kind], 0)
  const isAbout = kind === 'events' && eventsAreEstimated
  const number = format.number(total)
  return (
    <Card component="section" aria-labelledby={title} padding="md">
      <Text id={title} component="h2" size="sm" c="dimmed" fw={500}>
        {t(`dashboard.figures.${kind}`)}
      </Text>
      <Text
        fz={{ base: 22, sm: 30 }}
        fw={600}
        lh={1.2}
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {isAbout ? t('dashboard.about', { number }) : number}
      </Text>
      <Bars
        values={days.map((day) => day[kind])}
        tone={kind === 'revocations' ? 'bad' : 'accent'}
      />
      <Group justify="space-between" gap={4} mt={6}>
        <Text size="xs" c="dimmed">
          {kind === 'issued' ? <Waiting dashboard={dashboard} /> : t(`dashboard.hints.${kind}`)}
        </Text>
      </Group>
      <ByDay kind={kind} days={days} label={t(`dashboard.figures.${kind}`)} />
    </Card>
  )
}

function Waiting({ dashboard: { waiting } }: { dashboard: Dashboard }) {
  const { t } = useTranslation('operations')
  const { queued = 0, issuing = 0, revoking = 0, failed = 0, stopped = 0 } = waiting
  const parts = [
    t('dashboard.underWay', { count: queued + issuing + revoking }),
    ...(failed + stopped > 0 ? [t('dashboard.stuck', { count: failed + stopped })] : []),
  ]
  return format.list(parts)
}

function ByDay({ kind, days, label }: { kind: Kind; days: readonly Day[]; label: string }) {
  const { t } = useTranslation('operations')
  return (
    <details>
      <Text component="summary" size="xs" c="var(--rosette-accent)" style={{ cursor: 'pointer' }}>
        {t('dashboard.byDay')}
      </Text>
      <ScrollArea.Autosize mah={180} mt="xs" viewportProps={{ tabIndex: 0 }}>
        <Table aria-label={label} verticalSpacing={4} fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('dashboard.day')}</Table.Th>
              <Table.Th ta="end">{label}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...days].reverse().map((day) => (
              <Table.Tr key={day.day}>
                <Table.Td>{format.date(`${day.day}T12:00:00Z`)}</Table.Td>
                <Table.Td ta="end">{format.number(day[kind])}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </details>
  )
}
