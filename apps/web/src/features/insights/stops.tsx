import { Box, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { Chip } from '../../components/chips.js'
import { format } from '../../lib/format.js'
import {
  type About,
  type BadgeFunnels,
  type BadgeStops,
  csvAddress,
  funnelQuery,
  stopsQuery,
} from './insight-queries.js'
import { NumberTable } from './number-table.js'
import { Question } from './question.js'
import { Meter } from './ranking.js'

type Funnel = BadgeFunnels['items'][number]
type Stop = BadgeStops['items'][number]

/** How far learners come with each badge. */
export function Funnels({
  about,
  link,
}: {
  about: About
  /** The name of a badge, leading to where it is looked at alone. */
  link: (badge: { id: string; name: string }) => ReactNode
}) {
  const { t } = useTranslation('insights')
  const title = t('funnel.title')
  return (
    <Question
      title={title}
      query={useQuery(funnelQuery(about))}
      isEmpty={({ items }) => items.every(({ started }) => started === 0)}
      empty={t('funnel.empty')}
      csv={csvAddress('funnel', about)}
      answer={() => t('funnel.about')}
      table={({ items }) => <FunnelTable label={title} items={items} />}
    >
      {({ items }) => (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="lg">
          {items
            .filter(({ started }) => started > 0)
            .map((funnel) => (
              <FunnelCard key={funnel.template.id} funnel={funnel} link={link} />
            ))}
        </SimpleGrid>
      )}
    </Question>
  )
}

function FunnelTable({ label, items }: { label: string; items: readonly Funnel[] }) {
  const { t } = useTranslation('insights')
  return (
    <NumberTable
      label={label}
      rows={items}
      keyOf={({ template }) => template.id}
      columns={[
        { head: t('badge'), of: ({ template }) => template.name },
        { head: t('funnel.started'), of: ({ started }) => started },
        { head: t('funnel.halfWay'), of: ({ halfWay }) => halfWay },
        { head: t('funnel.complete'), of: ({ complete }) => complete },
        { head: t('funnel.holders'), of: ({ holders }) => holders },
      ]}
    />
  )
}

const steps = ['started', 'halfWay', 'complete'] as const

type CardProps = {
  readonly funnel: Funnel
  readonly link: (badge: { id: string; name: string }) => ReactNode
}

function FunnelCard({ funnel, link }: CardProps) {
  const { template } = funnel
  return (
    <Box
      p="md"
      style={{ border: '1px solid var(--rosette-line)', borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Group gap="sm" wrap="nowrap" mb="sm">
        <BadgePicture templateId={template.id} size={40} />
        <Title order={3} size="h6">
          {link(template)}
        </Title>
      </Group>
      <Steps counted={funnel} />
    </Box>
  )
}

function Steps({ counted }: { counted: Pick<Funnel, (typeof steps)[number]> }) {
  const { t } = useTranslation('insights')
  return (
    <Stack gap="xs">
      {steps.map((step) => {
        const share = counted.started === 0 ? 0 : counted[step] / counted.started
        return (
          <Box key={step}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">{t(`funnel.${step}`)}</Text>
              <Text size="sm" fw={600}>
                {t('funnel.share', {
                  number: format.number(counted[step]),
                  share: format.percent(share),
                })}
              </Text>
            </Group>
            <Meter share={share} tone={step === 'complete' ? 'good' : 'accent'} />
          </Box>
        )
      })}
    </Stack>
  )
}

/** Which part of one badge learners have, and which they lack. */
export function Stops({ about }: { about: About }) {
  const { t } = useTranslation('insights')
  const title = t('stops.title')
  return (
    <Question
      title={title}
      query={useQuery(stopsQuery(about))}
      isEmpty={({ items }) => items.every(({ started }) => started === 0)}
      empty={t('funnel.empty')}
      csv={csvAddress('stops', about)}
    >
      {({ items }) => items.map((stop) => <StopList key={stop.template.id} stop={stop} />)}
    </Question>
  )
}

function StopList({ stop }: { stop: Stop }) {
  const { t } = useTranslation('insights')
  const { started, groups } = stop
  const most = Math.max(...groups.map(({ onlyMissing }) => onlyMissing))
  return (
    <Stack gap="lg">
      <Steps counted={stop} />
      <Stack gap="md" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
        {groups.map((group) => (
          <Box component="li" key={group.group}>
            <Group justify="space-between" gap="xs">
              <Text fw={600}>{format.list(group.requirements.map(nameOf), 'disjunction')}</Text>
              {most > 0 && group.onlyMissing === most && <Chip tone="warn">{t('stops.most')}</Chip>}
            </Group>
            <Meter share={group.fulfilled / Math.max(1, started)} />
            <Text size="sm" c="dimmed" mt={4}>
              {t('stops.fulfilled', { count: group.fulfilled })}{' '}
              {group.missing > 0 && t('stops.missing', { count: group.missing })}{' '}
              {group.onlyMissing > 0 && t('stops.onlyMissing', { count: group.onlyMissing })}
            </Text>
          </Box>
        ))}
      </Stack>
      <Text size="sm" c="dimmed">
        {t('stops.about')}
      </Text>
    </Stack>
  )
}

function nameOf({ description, id }: Stop['groups'][number]['requirements'][number]): string {
  return description ?? id
}
