import { Anchor, Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Await } from '../../components/states.js'

type Props<Data> = {
  /** A question that the numbers answer. */
  readonly title: string
  readonly query: UseQueryResult<Data>
  readonly isEmpty: (data: Data) => boolean
  /** What would have to happen for an answer. */
  readonly empty: string
  /** The answer in one sentence. */
  readonly answer?: (data: Data) => ReactNode
  readonly csv: string
  /** The same as a table, where what is shown is none. */
  readonly table?: (data: Data) => ReactNode
  readonly children: (data: Data) => ReactNode
}

/** A question, its answer in a sentence, a picture of it, and the numbers behind it. */
export function Question<Data>(props: Props<Data>) {
  const { title, query, isEmpty, empty, answer, csv, table, children } = props
  const { t } = useTranslation('insights')
  const id = useId()
  return (
    <Card component="section" aria-labelledby={id}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          <Anchor href={csv} download size="sm" aria-label={t('csvOf', { title })}>
            <Group gap={6} wrap="nowrap">
              <Download size={14} aria-hidden />
              {t('csv')}
            </Group>
          </Anchor>
        </Group>
        <Await
          query={query}
          label={title}
          isEmpty={isEmpty}
          empty={<Text c="dimmed">{empty}</Text>}
        >
          {(data) => (
            <Stack gap="md">
              {answer !== undefined && <Text>{answer(data)}</Text>}
              {children(data)}
              {table !== undefined && (
                <details>
                  <Box component="summary" style={{ cursor: 'pointer' }} c="var(--rosette-accent)">
                    {t('asTable')}
                  </Box>
                  <Box mt="sm">{table(data)}</Box>
                </details>
              )}
            </Stack>
          )}
        </Await>
      </Stack>
    </Card>
  )
}
