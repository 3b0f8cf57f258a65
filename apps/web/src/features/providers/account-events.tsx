import { Card, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import { More } from '../../components/more.js'
import { Loading, Problem } from '../../components/states.js'
import { When } from '../../components/when.js'
import type { Schema } from '../../lib/api.js'
import { accountEventsQuery } from './provider-queries.js'

type ProviderEvent = Schema<'ProviderEventPage'>['items'][number]

const tones: Readonly<Record<ProviderEvent['state'], Tone>> = {
  waiting: 'waiting',
  applied: 'good',
  ignored: 'quiet',
  unknown: 'warn',
  refused: 'bad',
}

/** What the provider told us of changes made there. */
export function AccountEvents({ accountId }: { accountId: string }) {
  const { t } = useTranslation('operations')
  const pages = useInfiniteQuery(accountEventsQuery(accountId))
  const events = pages.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card component="section" aria-labelledby="announcements">
      <Title order={2} size="h5" id="announcements" mb="xs">
        {t('announcements.title')}
      </Title>
      {pages.isPending && <Loading rows={2} />}
      {pages.isError && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && events.length === 0 && <Text c="dimmed">{t('announcements.none')}</Text>}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {events.map(({ id, state, eventType, claimedType, detail, receivedAt }) => (
          <Stack component="li" key={id} gap={2} align="flex-start">
            <Group gap="xs">
              <Chip tone={tones[state]}>{t(`announcements.states.${state}`)}</Chip>
              <Code dir="ltr">{eventType ?? claimedType}</Code>
              <Text size="xs" c="dimmed">
                <When at={receivedAt} />
              </Text>
            </Group>
            {detail !== null && (
              <Text size="sm" c="dimmed">
                {detail}
              </Text>
            )}
          </Stack>
        ))}
      </Stack>
      <More pages={pages} />
    </Card>
  )
}
