import { Card, Code, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { More } from '../../components/more.js'
import { Await } from '../../components/states.js'
import { When } from '../../components/when.js'
import { useEventTitle } from '../../lib/event-titles.js'
import { learnerEventsQuery } from './learner-queries.js'

type Props = {
  readonly learnerId: string
  /** How a payload is shown. */
  readonly payload: (data: unknown) => ReactNode
}

/** What is known to have happened, the latest first. */
export function LearnerEvents({ learnerId, payload }: Props) {
  const { t } = useTranslation('people')
  const titleOf = useEventTitle()
  const query = useInfiniteQuery(learnerEventsQuery(learnerId))
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h4">
        {t('events.title')}
      </Title>
      <Await
        query={query}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Text c="dimmed">{t('events.none')}</Text>}
      >
        {({ pages }) => (
          <Stack>
            <Card p={0}>
              <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
                {pages.flatMap(({ items }) =>
                  items.map((event) => (
                    <li
                      key={event.id}
                      style={{
                        padding: 'var(--mantine-spacing-sm) var(--mantine-spacing-md)',
                        borderBlockEnd: '1px solid var(--rosette-line)',
                      }}
                    >
                      <details>
                        <summary>
                          <Text span fw={500}>
                            {titleOf(event.type)}
                          </Text>{' '}
                          <Text span size="sm" c="dimmed">
                            <When at={event.time} />
                          </Text>
                        </summary>
                        <Code dir="ltr">{event.type}</Code>
                        {payload(event.data)}
                      </details>
                    </li>
                  )),
                )}
              </Stack>
            </Card>
            <More pages={query} />
          </Stack>
        )}
      </Await>
    </Stack>
  )
}
