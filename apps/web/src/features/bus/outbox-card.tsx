import { Button, Card, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { type BusStatus, retrySignals, stoppedSignalsQuery } from './bus-queries.js'

/** The signals that we emit: where they go, and what waits to be sent. */
export function OutboxCard({ status }: { status: BusStatus }) {
  const { t } = useTranslation('operations')
  const { signals, outbox } = status
  return (
    <Card component="section" aria-labelledby="signals">
      <Title order={2} size="h4" id="signals" mb="sm">
        {t('bus.signals')}
      </Title>
      <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {signals.map(({ eventType, topic, isEnabled }) => (
          <Group component="li" key={`${eventType} ${topic}`} gap="xs">
            <Chip tone={isEnabled ? 'good' : 'quiet'}>
              {t(isEnabled ? 'bus.emitted' : 'bus.notEmitted')}
            </Chip>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('bus.toTopic', { type: eventType, topic })}
            </Text>
          </Group>
        ))}
      </Stack>
      <Group gap="xs" mt="md">
        <Chip tone={outbox.waiting > 0 ? 'waiting' : 'good'}>
          {t('bus.waiting', { count: outbox.waiting })}
        </Chip>
        <Chip tone={outbox.stopped > 0 ? 'bad' : 'good'}>
          {t('bus.stopped', { count: outbox.stopped })}
        </Chip>
        {outbox.lastSentAt !== null && (
          <Text size="sm" c="dimmed">
            {t('bus.lastSent')} <When at={outbox.lastSentAt} />
          </Text>
        )}
      </Group>
      {outbox.stopped > 0 && <Stopped count={outbox.stopped} />}
    </Card>
  )
}

function Stopped({ count }: { count: number }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const stopped = useQuery(stoppedSignalsQuery)
  const retry = useMutation({
    mutationFn: retrySignals,
    onSuccess: async ({ retried }) => {
      tellDone(t('bus.retried', { count: retried }))
      await Promise.all(
        ['bus', 'signals'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      )
    },
    onError: tellProblem,
  })
  return (
    <Stack gap="xs" mt="md" align="flex-start">
      <Text size="sm">{t('bus.stoppedText')}</Text>
      <Stack component="ul" gap={4} m={0} ps="lg">
        {(stopped.data?.items ?? []).slice(0, 5).map((signal) => (
          <li key={signal.id}>
            <Text size="sm" component="span">
              <Code dir="ltr">{signal.eventType}</Code> {signal.lastError}
            </Text>
          </li>
        ))}
      </Stack>
      {may('platform:edit') && (
        <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('bus.retry', { count })}
        </Button>
      )}
    </Stack>
  )
}
