import { Alert, Card, Group, SegmentedControl, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { Backfill, BackfillChange } from '@rosette/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackfillBar, BackfillChanges, BackfillCounts } from '../../components/backfill-view.js'
import { More } from '../../components/more.js'
import { Loading, Problem } from '../../components/states.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { changesQuery, isUnderWay } from './backfill-queries.js'

type Props = {
  readonly backfill: Backfill
  /** A requirement in words. */
  readonly nameOf: (requirement: string) => string
}

/** One backfill: how far it is, what it has found, and whom that concerns. */
export function BackfillDetail({ backfill, nameOf }: Props) {
  const { t } = useTranslation('rules')
  const { error, restarts } = backfill
  return (
    <Stack gap="lg">
      {error !== null && (
        <Alert
          role="alert"
          variant="default"
          icon={<CircleAlert aria-hidden />}
          title={t('backfills.failed')}
          styles={{
            root: { backgroundColor: 'var(--rosette-bad-bg)', borderColor: 'var(--rosette-bad)' },
            title: { color: 'var(--rosette-bad)' },
            icon: { color: 'var(--rosette-bad)' },
          }}
        >
          {error}
        </Alert>
      )}
      <Card>
        <Stack>
          <BackfillBar backfill={backfill} />
          {restarts > 0 && (
            <Text size="sm" c="dimmed">
              {t('backfills.restarts', { count: restarts, number: format.number(restarts) })}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {backfill.kind === 'preview'
              ? t('backfills.aboutPreview')
              : isUnderWay(backfill)
                ? t('backfills.aboutRun')
                : t('backfills.wasRun')}
          </Text>
        </Stack>
      </Card>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Effect backfill={backfill} />
        <Read backfill={backfill} />
      </SimpleGrid>
      <Changes backfill={backfill} nameOf={nameOf} />
    </Stack>
  )
}

function Effect({ backfill }: { readonly backfill: Backfill }) {
  const { t } = useTranslation('rules')
  const { learners } = backfill.result
  return (
    <Card component="section" aria-labelledby="backfill-effect">
      <Title order={2} size="h5" mb="sm" id="backfill-effect">
        {isUnderWay(backfill) ? t('backfills.soFar') : t('backfills.result')}
      </Title>
      <BackfillCounts {...backfill} />
      <Text size="sm" c="dimmed" mt="sm">
        {t('backfills.onTheWay', {
          complete: format.number(learners.complete),
          halfWay: format.number(learners.halfWay),
          started: format.number(learners.started),
        })}
      </Text>
    </Card>
  )
}

function Read({ backfill }: { readonly backfill: Backfill }) {
  const { t } = useTranslation('rules')
  const { events, logBeginsAt } = backfill.result
  const { requestedAt, requestedBy, startedAt, finishedAt } = backfill
  return (
    <Card component="section" aria-labelledby="backfill-read">
      <Title order={2} size="h5" mb="sm" id="backfill-read">
        {t('backfills.how')}
      </Title>
      <Stack gap={6}>
        <Text size="sm">
          {t('backfills.requested', { who: requestedBy })} <When at={requestedAt} />
        </Text>
        {startedAt !== null && (
          <Text size="sm">
            {t('backfills.started')} <When at={startedAt} />
          </Text>
        )}
        {finishedAt !== null && (
          <Text size="sm">
            {t('backfills.finished')} <When at={finishedAt} />
          </Text>
        )}
        <Text size="sm">
          {t('backfills.events', {
            count: events.read,
            read: format.number(events.read),
            matched: format.number(events.matched),
          })}
        </Text>
        {events.from !== null && events.until !== null && (
          <Text size="sm">
            {t('backfills.span', {
              from: format.date(events.from),
              until: format.date(events.until),
            })}
          </Text>
        )}
        {logBeginsAt !== null && (
          <Text size="sm" c="dimmed">
            {t('backfills.logBegins', { date: format.date(logBeginsAt) })}
          </Text>
        )}
      </Stack>
    </Card>
  )
}

const changes = ['gain', 'lose', 'kept'] as const

function Changes({ backfill, nameOf }: Props) {
  const { t } = useTranslation('rules')
  const [which, setWhich] = useState<BackfillChange['change']>()
  const query = useInfiniteQuery(changesQuery(backfill.id, which))
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const choose = (value: string) => setWhich(changes.find((change) => change === value))
  return (
    <Card component="section" aria-labelledby="backfill-changes">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5" id="backfill-changes">
          {t('backfills.whom')}
        </Title>
        <SegmentedControl
          size="sm"
          aria-label={t('backfills.show')}
          value={which ?? 'all'}
          onChange={choose}
          data={[
            { value: 'all', label: t('backfills.all') },
            ...changes.map((change) => ({ value: change, label: t(`backfills.change.${change}`) })),
          ]}
        />
      </Group>
      {query.isPending ? (
        <Loading rows={3} />
      ) : query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Text c="dimmed">{t('backfills.nobody')}</Text>
      ) : (
        <Stack>
          <BackfillChanges
            changes={items}
            label={t('backfills.whom')}
            templateId={backfill.template.id}
            nameOf={nameOf}
          />
          <More pages={query} />
        </Stack>
      )}
    </Card>
  )
}
