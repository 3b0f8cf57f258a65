import { Accordion, Card, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { More } from '../../components/more.js'
import { Page } from '../../components/page.js'
import { Await, Empty, Loading, Problem } from '../../components/states.js'
import { When } from '../../components/when.js'
import {
  type DeadLetter,
  knownReason,
  letterCountsQuery,
  letterStates,
  lettersQuery,
} from '../../features/dead-letters/letter-queries.js'
import { LetterView } from '../../features/dead-letters/letter-view.js'
import { ReasonList } from '../../features/dead-letters/reason-list.js'

const route = getRouteApi('/console/platform/dead-letters')

export function DeadLettersPage() {
  const { t } = useTranslation('operations')
  const { state = 'parked', reason } = route.useSearch()
  const navigate = route.useNavigate()
  const counts = useQuery(letterCountsQuery)
  return (
    <Page title={t('letters.title')} about={t('letters.about')}>
      <Await
        query={counts}
        isEmpty={({ items }) => items.length === 0}
        empty={<Empty title={t('letters.none')}>{t('letters.noneText')}</Empty>}
      >
        {({ items }) => (
          <Stack gap="md">
            <ReasonList
              counts={items.filter((item) => item.state === 'parked')}
              chosen={reason}
              onChoose={(chosen) =>
                void navigate({
                  search: { state, ...(chosen !== undefined && { reason: chosen }) },
                })
              }
            />
            <SegmentedControl
              aria-label={t('letters.state')}
              value={state}
              onChange={(value) => {
                const next = letterStates.find((one) => one === value)
                if (next !== undefined)
                  void navigate({ search: (old) => ({ ...old, state: next }) })
              }}
              data={letterStates.map((value) => ({ value, label: t(`letters.states.${value}`) }))}
              style={{ alignSelf: 'flex-start' }}
            />
            <Letters state={state} reason={reason} />
          </Stack>
        )}
      </Await>
    </Page>
  )
}

function Letters({ state, reason }: { state: DeadLetter['state']; reason: string | undefined }) {
  const { t } = useTranslation('operations')
  const letters = useInfiniteQuery(lettersQuery(state, reason))
  if (letters.isPending) return <Loading />
  if (letters.isError)
    return <Problem error={letters.error} onRetry={() => void letters.refetch()} />
  const items = letters.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <Empty title={t(`letters.noneIn.${state}`)} />
  return (
    <Stack gap="md">
      <Card padding={0}>
        <Accordion chevronPosition="left">
          {items.map((letter) => (
            <Accordion.Item key={letter.id} value={letter.id}>
              <Accordion.Control>
                <Summary letter={letter} />
              </Accordion.Control>
              <Accordion.Panel>
                <LetterView id={letter.id} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      </Card>
      <More pages={letters} />
    </Stack>
  )
}

function Summary({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation('operations')
  const known = knownReason(letter.reason)
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={0} miw={0} flex="1 1 240px">
        <Text size="sm" fw={500}>
          {known === undefined ? letter.reason : t(`reasons.${known}.title`)}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          <Code dir="ltr">{letter.eventType ?? t('letters.unknownType')}</Code>
        </Text>
      </Stack>
      <Text size="xs" c="dimmed">
        {t('letters.place', { topic: letter.topic, position: letter.position })}{' '}
        <When at={letter.createdAt} />
      </Text>
    </Group>
  )
}
