import { Button, Card, Group, Select, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { type AwardImport, badgesQuery, type Field, fields, keepImport } from './import-queries.js'

/** What was taken from which column, to be put right where it was guessed wrong. */
export function ColumnCheck({ given }: { given: AwardImport }) {
  const { t } = useTranslation('people')
  const [chosen, setChosen] = useState<readonly (Field | null)[]>(
    given.columns.map(({ field }) => field),
  )
  const { data: badges = [] } = useQuery(badgesQuery(given.organizationId))
  const check = useMutation({
    mutationFn: (body: { columns?: (Field | null)[]; templateId?: string | null }) =>
      answer(api.PUT('/api/v1/award-imports/{id}', { params: { path: { id: given.id } }, body })),
    onSuccess: keepImport,
  })
  const isChanged = given.columns.some(({ field }, index) => field !== chosen[index])
  return (
    <Card component="section">
      <Stack>
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={2} size="h4">
              {t('columns.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('columns.text', {
                encoding: given.encoding,
                delimiter: given.delimiter === '\t' ? t('columns.tab') : given.delimiter,
              })}
            </Text>
          </div>
          <Select
            label={t('import.badge')}
            placeholder={t('columns.perRow')}
            data={badges.map(({ id, name }) => ({ value: id, label: name }))}
            value={given.template?.id ?? null}
            onChange={(templateId) => check.mutate({ templateId })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('filters.clear') }}
            w={260}
          />
        </Group>
        <Table.ScrollContainer minWidth={480} type="native">
          <Table aria-label={t('columns.title')} highlightOnHover={false}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('columns.header')}</Table.Th>
                <Table.Th>{t('columns.sample')}</Table.Th>
                <Table.Th>{t('columns.means')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {given.columns.map(({ header, sample }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are known by their place
                <Table.Tr key={index}>
                  <Table.Td fw={600}>{header}</Table.Td>
                  <Table.Td>
                    <Text size="sm" c="dimmed" lineClamp={1}>
                      {sample}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={t('columns.meaning', { header })}
                      data={[
                        { value: '', label: t('columns.ignored') },
                        ...fields.map((field) => ({ value: field, label: t(`fields.${field}`) })),
                      ]}
                      value={chosen[index] ?? ''}
                      onChange={(value) =>
                        setChosen(
                          chosen.map((old, at) =>
                            at === index ? (fields.find((one) => one === value) ?? null) : old,
                          ),
                        )
                      }
                      allowDeselect={false}
                      size="xs"
                      maw={240}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {check.error !== null && <Problem error={check.error} />}
        {isChanged && (
          <Group justify="flex-end">
            <Button
              loading={check.isPending}
              onClick={() => check.mutate({ columns: [...chosen] })}
            >
              {t('columns.check')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}
