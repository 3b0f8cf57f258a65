import { Card, Stack, Table, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '../../components/chips.js'
import { GoLink } from '../../components/go.js'
import { More } from '../../components/more.js'
import { Await } from '../../components/states.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { type AwardImport, importsQuery } from './import-queries.js'

const tones: Readonly<Record<AwardImport['state'], Tone>> = {
  checked: 'warn',
  running: 'waiting',
  done: 'good',
  cancelled: 'quiet',
}

/** Files that were uploaded before. */
export function ImportList({ organizationId, base }: { organizationId: string; base: string }) {
  const { t } = useTranslation('people')
  const query = useInfiniteQuery(importsQuery(organizationId))
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h4">
        {t('imports.earlier')}
      </Title>
      <Await
        query={query}
        isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
        empty={<Text c="dimmed">{t('imports.none')}</Text>}
      >
        {({ pages }) => (
          <>
            <Card p={0}>
              <Table.ScrollContainer minWidth={560} type="native">
                <Table aria-label={t('imports.earlier')}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('imports.file')}</Table.Th>
                      <Table.Th>{t('imports.state')}</Table.Th>
                      <Table.Th>{t('imports.rows')}</Table.Th>
                      <Table.Th>{t('imports.awarded')}</Table.Th>
                      <Table.Th>{t('imports.when')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {pages.flatMap(({ items }) =>
                      items.map((one) => (
                        <Table.Tr key={one.id}>
                          <Table.Td>
                            <GoLink to={`${base}/awards/import/${one.id}`}>{one.fileName}</GoLink>
                            <Text size="xs" c="dimmed">
                              {one.template?.name}
                            </Text>
                          </Table.Td>
                          <Table.Td>
                            <Chip tone={tones[one.state]}>{t(`imports.is.${one.state}`)}</Chip>
                          </Table.Td>
                          <Table.Td>{format.number(one.rows)}</Table.Td>
                          <Table.Td>{format.number(one.results.awarded)}</Table.Td>
                          <Table.Td>
                            <When at={one.createdAt} />
                            <Text size="xs" c="dimmed">
                              {one.createdBy}
                            </Text>
                          </Table.Td>
                        </Table.Tr>
                      )),
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
