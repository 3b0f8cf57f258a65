import { Box, Card, Code, Group, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { When } from '../../components/when.js'
import type { AuditEntry } from './audit-queries.js'

/** Who did what, the latest first, with what changed behind each. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <Card p={0}>
      <Stack component="ol" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Stack>
    </Card>
  )
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('account')
  const { actor, action, subject, at, before, after, detail } = entry
  const changes = changesOf(before, after)
  return (
    <Box component="li" px="lg" py="sm" style={{ borderBlockEnd: '1px solid var(--rosette-line)' }}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>{actor}</b> <Code dir="ltr">{action}</Code>{' '}
          <Text span c="dimmed" size="xs" dir="ltr">
            {subject}
          </Text>
        </Text>
        <Text size="sm" c="dimmed">
          <When at={at} />
        </Text>
      </Group>
      {changes.length > 0 && (
        <details>
          <summary>{t('audit.changes', { count: changes.length })}</summary>
          <Changes changes={changes} />
        </details>
      )}
      {changes.length === 0 && Object.keys(detail).length > 0 && (
        <details>
          <summary>{t('audit.detail')}</summary>
          <Code block dir="ltr">
            {JSON.stringify(detail, null, 2)}
          </Code>
        </details>
      )}
    </Box>
  )
}

type Change = { readonly name: string; readonly before: string; readonly after: string }

function Changes({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation('account')
  return (
    <Table mt="xs" aria-label={t('audit.changed')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('audit.member')}</Table.Th>
          <Table.Th>{t('audit.before')}</Table.Th>
          <Table.Th>{t('audit.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ name, before, after }) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td>{before}</Table.Td>
            <Table.Td>{after}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function changesOf(before: AuditEntry['before'], after: AuditEntry['after']): Change[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  return [...names].map((name) => ({
    name,
    before: shown(before?.[name]),
    after: shown(after?.[name]),
  }))
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
