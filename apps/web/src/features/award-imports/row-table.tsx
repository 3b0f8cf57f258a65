import { Card, Group, SegmentedControl, Stack, Table, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Await } from '../../components/states.js'
import { format } from '../../lib/format.js'
import {
  type AwardImport,
  type AwardImportRow,
  type Check,
  fields,
  importRowsQuery,
  type Result,
} from './import-queries.js'

type Shown = { readonly check?: Check | undefined; readonly result?: Result | undefined }
type Props = {
  readonly given: AwardImport
  readonly base: string
  readonly shown: Shown
  readonly onChange: (shown: Shown) => void
}

const checks = ['ready', 'new-learner', 'held', 'faulty'] as const
const results = ['awarded', 'held', 'failed'] as const

/** The rows of the file: before it runs, what would become of each; after it, what did. */
export function RowTable({ given, base, shown, onChange }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const query = useInfiniteQuery(importRowsQuery(given.id, shown))
  const isBefore = given.state === 'checked'
  const counted = (label: string, count: number) =>
    t('issuances.counted', { label, count: format.number(count) })
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('rows.title')}
        </Title>
        <SegmentedControl
          aria-label={t('rows.filter')}
          value={(isBefore ? shown.check : shown.result) ?? ''}
          onChange={(value) =>
            onChange(
              isBefore
                ? { check: checks.find((one) => one === value) }
                : { result: results.find((one) => one === value) },
            )
          }
          data={[
            { value: '', label: counted(t('common:all'), given.rows) },
            ...(isBefore
              ? checks.map((value) => ({
                  value,
                  label: counted(t(`check.${value}`), given.checks[value]),
                }))
              : results.map((value) => ({
                  value,
                  label: counted(t(`result.${value}`), given.results[value]),
                }))),
          ]}
          style={{ overflowX: 'auto', maxWidth: '100%' }}
        />
      </Group>
      <Await
        query={query}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Text c="dimmed">{t('rows.none')}</Text>}
      >
        {({ pages }) => (
          <>
            <Card p={0}>
              <Table.ScrollContainer minWidth={640} type="native">
                <Table aria-label={t('rows.title')}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th w={72}>{t('rows.line')}</Table.Th>
                      <Table.Th miw={190}>{t('awards.learner')}</Table.Th>
                      <Table.Th miw={150}>{t('awards.badge')}</Table.Th>
                      <Table.Th>{t('rows.what')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {pages.flatMap(({ items }) =>
                      items.map((row) => <Row key={row.number} row={row} base={base} />),
                    )}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </Card>
            <More pages={query} />
          </>
        )}
      </Await>
    </Stack>
  )
}

const checkTones: Readonly<Record<Check, Tone>> = {
  ready: 'good',
  'new-learner': 'good',
  held: 'quiet',
  faulty: 'bad',
}
const resultTones: Readonly<Record<Result, Tone>> = {
  awarded: 'good',
  held: 'quiet',
  failed: 'bad',
}

function Row({ row, base }: { row: AwardImportRow; base: string }) {
  const { t } = useTranslation('people')
  const { number, values, learner, template, check, faults, result, detail, awardId } = row
  const typed = values.name ?? values.username ?? values.email ?? row.cells.join(', ')
  return (
    <Table.Tr>
      <Table.Td>{format.number(number)}</Table.Td>
      <Table.Td>
        {learner === null ? (
          <>
            <Text size="sm">{typed}</Text>
            <Text size="xs" c="dimmed">
              {values.email}
            </Text>
          </>
        ) : (
          <>
            <GoLink to={`${base}/learners/${learner.id}`}>
              {learner.name || learner.username}
            </GoLink>
            <Text size="xs" c="dimmed">
              {learner.email}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>{template?.name}</Table.Td>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          {result === null ? (
            <Chip tone={checkTones[check]}>{t(`check.${check}`)}</Chip>
          ) : (
            <Chip tone={resultTones[result]}>{t(`result.${result}`)}</Chip>
          )}
          {faults.map(({ column, reason }) => (
            <Text key={`${column} ${reason}`} size="sm">
              {column === null ? reason : t('rows.fault', { column: nameOf(column, t), reason })}
            </Text>
          ))}
          {detail !== null && <Text size="sm">{detail}</Text>}
          {awardId !== null && (
            <GoLink to={`${base}/awards/${awardId}`}>{t('issuances.openAward')}</GoLink>
          )}
        </Stack>
      </Table.Td>
    </Table.Tr>
  )
}

function nameOf(column: string, t: ReturnType<typeof useTranslation<'people'>>['t']): string {
  const field = fields.find((one) => one === column)
  return field === undefined ? column : t(`fields.${field}`)
}
