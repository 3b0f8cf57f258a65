import { Card, Code, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import { format } from '../../lib/format.js'
import type { Group as ConsumerGroup, Topic } from './bus-queries.js'

/** A topic with who reads it and how far behind they are. */
export function TopicCard({ topic }: { topic: Topic }) {
  const { t } = useTranslation('operations')
  const title = useId()
  return (
    <Card component="section" aria-labelledby={title}>
      <Group justify="space-between" mb="sm">
        <Title order={3} size="h5" id={title}>
          <span dir="ltr">{topic.name}</span>
        </Title>
        <Group gap="xs">
          {topic.isConsumed && <Chip tone="good">{t('bus.consumed')}</Chip>}
          <Text size="sm" c="dimmed">
            {topic.length === null ? t('bus.absent') : t('bus.length', { count: topic.length })}
          </Text>
        </Group>
      </Group>
      {topic.groups.length === 0 ? (
        <Text c="dimmed" size="sm">
          {t('bus.noGroups')}
        </Text>
      ) : (
        <Stack gap="md">
          {topic.groups.map((group) => (
            <GroupRow key={group.name} group={group} length={topic.length ?? 0} />
          ))}
        </Stack>
      )}
    </Card>
  )
}

function GroupRow({ group, length }: { group: ConsumerGroup; length: number }) {
  const { t } = useTranslation('operations')
  const { name, isOurs, behind, pending, consumers } = group
  const share = behind === null ? 0 : Math.min(100, (behind / Math.max(1, length)) * 100)
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Code dir="ltr">{name}</Code>
          {isOurs && <Chip tone="quiet">{t('bus.ours')}</Chip>}
        </Group>
        <Chip tone={toneOf(behind)}>
          {behind === null ? t('bus.behindUnknown') : t('bus.behind', { count: behind })}
        </Chip>
      </Group>
      <Progress
        value={share}
        aria-label={t('bus.behindOf', { group: name })}
        color={share > 50 ? 'var(--rosette-bad)' : 'var(--rosette-accent)'}
      />
      <Text size="xs" c="dimmed">
        {t('bus.pending', { count: pending })}
        {consumers.length > 0 && ' · '}
        {format.list(
          consumers.map((consumer) =>
            consumer.idleMs === null
              ? consumer.name
              : t('bus.consumer', {
                  name: consumer.name,
                  idle: format.number(Math.round(consumer.idleMs / 1000)),
                }),
          ),
        )}
      </Text>
    </Stack>
  )
}

function toneOf(behind: number | null): Tone {
  if (behind === null) return 'quiet'
  return behind >= 1000 ? 'bad' : behind >= 100 ? 'warn' : 'good'
}
