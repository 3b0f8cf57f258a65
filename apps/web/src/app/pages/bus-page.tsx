import { Alert, Card, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Page } from '../../components/page.js'
import { Await } from '../../components/states.js'
import { When } from '../../components/when.js'
import { type BusStatus, busQuery } from '../../features/bus/bus-queries.js'
import { OutboxCard } from '../../features/bus/outbox-card.js'
import { TopicCard } from '../../features/bus/topic-card.js'
import { format } from '../../lib/format.js'

export function BusPage() {
  const { t } = useTranslation('operations')
  const bus = useQuery(busQuery)
  return (
    <Page title={t('bus.title')} about={t('bus.about')}>
      <Await query={bus}>
        {(status) => (
          <Stack gap="lg">
            <State status={status} />
            <Running status={status} />
            <Stack gap="sm">
              <Title order={2} size="h4">
                {t('bus.topics')}
              </Title>
              <SimpleGrid cols={{ base: 1, lg: 2 }}>
                {status.topics.map((topic) => (
                  <TopicCard key={topic.name} topic={topic} />
                ))}
              </SimpleGrid>
            </Stack>
            <OutboxCard status={status} />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function State({ status: { kind, problem, isEnabled } }: { status: BusStatus }) {
  const { t } = useTranslation('operations')
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Chip tone={problem === null ? 'good' : 'bad'}>
          {problem === null ? t(`bus.kinds.${kind}`) : t('bus.away')}
        </Chip>
        {!isEnabled && <Chip tone="warn">{t('bus.disabled')}</Chip>}
      </Group>
      {problem !== null && (
        <Alert
          role="alert"
          variant="default"
          icon={<CircleAlert aria-hidden />}
          title={t('bus.awayTitle')}
        >
          {t('bus.awayText', { reason: problem })}
        </Alert>
      )}
      {kind === 'memory' && <Text c="dimmed">{t('bus.memoryText')}</Text>}
    </Stack>
  )
}

function Running({ status: { running } }: { status: BusStatus }) {
  const { t } = useTranslation('operations')
  return (
    <Card component="section" aria-labelledby="running">
      <Title order={2} size="h4" id="running" mb="sm">
        {t('bus.running')}
      </Title>
      {running.length === 0 ? (
        <Text c="dimmed">{t('bus.notRunning')}</Text>
      ) : (
        <Stack gap="xs">
          {running.map(({ topic, group, name, since, eventsPerSecond, batchesPerSecond }) => (
            <Group key={`${topic} ${group} ${name}`} justify="space-between" gap="xs">
              <Text size="sm">
                <Code dir="ltr">{name}</Code> {t('bus.reads', { topic, group })}
              </Text>
              <Text size="sm" c="dimmed">
                {t('bus.rate', {
                  events: format.number(eventsPerSecond),
                  batches: format.number(batchesPerSecond),
                })}{' '}
                · {t('bus.since')} <When at={since} />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </Card>
  )
}
