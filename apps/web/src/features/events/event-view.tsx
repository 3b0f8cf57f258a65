import { Box, Code, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { GoLink } from '../../components/go.js'
import { Await } from '../../components/states.js'
import { format } from '../../lib/format.js'
import { EventEffects } from './event-effects.js'
import { type EventDetail, eventQuery } from './event-queries.js'
import { PayloadTree } from './payload-tree.js'

type Props = {
  readonly id: string
  readonly time: string | undefined
  readonly slug: string | undefined
  readonly level: 2 | 3
}

/** One event: what it did, whom it is about, and what it says. */
export function EventView({ id, time, slug, level }: Props) {
  const { t } = useTranslation('operations')
  const event = useQuery(eventQuery(id, time))
  return (
    <Await query={event} label={t('event.loading')}>
      {(detail) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="md">
            <Stack gap="xs">
              <Title order={level} size="h5">
                {t('event.did')}
              </Title>
              <EventEffects event={detail} slug={slug} />
            </Stack>
            <Facts event={detail} slug={slug} />
          </Stack>
          <Stack gap="xs">
            <Title order={level} size="h5">
              {t('event.payload')}
            </Title>
            <PayloadTree value={detail.data} label={t('event.payload')} />
          </Stack>
        </SimpleGrid>
      )}
    </Await>
  )
}

function Facts({ event, slug }: { event: EventDetail; slug: string | undefined }) {
  const { t } = useTranslation('operations')
  const { learner, type, source, time, receivedAt, id } = event
  return (
    <Box component="dl" m={0} style={grid}>
      <Fact term={t('event.learner')}>
        {learner === null ? (
          t('event.noLearner')
        ) : slug === undefined ? (
          learner.name || learner.username
        ) : (
          <GoLink to={`/o/${slug}/learners/${learner.id}`}>
            {learner.name || learner.username}
          </GoLink>
        )}
      </Fact>
      <Fact term={t('event.happened')}>{format.exact(time)}</Fact>
      <Fact term={t('event.received')}>{format.exact(receivedAt)}</Fact>
      <Fact term={t('event.type')}>
        <Code dir="ltr">{type}</Code>
      </Fact>
      <Fact term={t('event.source')}>
        <Code dir="ltr">{source}</Code>
      </Fact>
      <Fact term={t('event.id')}>
        <Code dir="ltr">{id}</Code>
      </Fact>
    </Box>
  )
}

const grid = {
  display: 'grid',
  gridTemplateColumns: 'minmax(6rem, auto) 1fr',
  columnGap: '0.75rem',
  rowGap: '0.35rem',
} as const

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </>
  )
}
