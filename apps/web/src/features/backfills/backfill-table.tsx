import { Group, Progress, Table, Text } from '@mantine/core'
import type { Backfill } from '@rosette/contract'
import { useTranslation } from 'react-i18next'
import { BackfillState } from '../../components/backfill-view.js'
import { BadgePicture } from '../../components/badge-picture.js'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import { isUnderWay } from './backfill-queries.js'

type Props = { readonly backfills: readonly Backfill[]; readonly organization: string }

export function BackfillTable({ backfills, organization }: Props) {
  const { t } = useTranslation('rules')
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table aria-label={t('backfills.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('backfills.badge')}</Table.Th>
            <Table.Th>{t('backfills.kindLabel')}</Table.Th>
            <Table.Th>{t('backfills.when')}</Table.Th>
            <Table.Th>{t('backfills.stateLabel')}</Table.Th>
            <Table.Th>{t('backfills.effect')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backfills.map((backfill) => (
            <Row key={backfill.id} backfill={backfill} organization={organization} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Row({ backfill, organization }: { backfill: Backfill; organization: string }) {
  const { t } = useTranslation('rules')
  const { id, template, kind, state, requestedBy, requestedAt, progress, result } = backfill
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <BadgePicture templateId={template.id} size={40} />
          <GoLink to={`/o/${organization}/backfills/${id}`}>{template.name}</GoLink>
        </Group>
      </Table.Td>
      <Table.Td>{t(`backfills.kind.${kind}`)}</Table.Td>
      <Table.Td>
        <When at={requestedAt} />
        <Text size="xs" c="dimmed">
          {requestedBy}
        </Text>
      </Table.Td>
      <Table.Td>
        <BackfillState state={state} />
        {isUnderWay(backfill) && (
          <Progress.Root size="sm" mt={6}>
            <Progress.Section
              value={progress.ratio * 100}
              color="rosette"
              aria-label={t('backfills.progress')}
              aria-valuetext={format.percent(progress.ratio)}
            />
          </Progress.Root>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {t('backfills.short', {
            gain: format.number(result.gain),
            lose: format.number(result.lose),
          })}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}
