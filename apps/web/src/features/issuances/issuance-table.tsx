import { Card, Checkbox, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BadgePicture } from '../../components/badge-picture.js'
import { GoLink } from '../../components/go.js'
import { When } from '../../components/when.js'
import type { Issuance } from './issuance-queries.js'
import { StateChip } from './state-chip.js'

type Props = {
  readonly issuances: readonly Issuance[]
  readonly base: string
  readonly chosen: ReadonlySet<string>
  readonly onToggle?: ((id: string) => void) | undefined
  readonly onOpen: (id: string) => void
}

/** Issuances, each with what is in its way; those that can be tried again can be chosen. */
export function IssuanceTable({ issuances, base, chosen, onToggle, onOpen }: Props) {
  const { t } = useTranslation('people')
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={900} type="native">
        <Table aria-label={t('issuances.title')}>
          <Table.Thead>
            <Table.Tr>
              {onToggle !== undefined && (
                <Table.Th w={44}>
                  <VisuallyHidden>{t('issuances.choice')}</VisuallyHidden>
                </Table.Th>
              )}
              <Table.Th>{t('awards.badge')}</Table.Th>
              <Table.Th miw={190}>{t('awards.learner')}</Table.Th>
              <Table.Th>{t('issuances.where')}</Table.Th>
              <Table.Th>{t('issuances.state')}</Table.Th>
              <Table.Th>{t('issuances.changed')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {issuances.map((issuance) => (
              <Row
                key={issuance.id}
                issuance={issuance}
                base={base}
                isChosen={chosen.has(issuance.id)}
                onToggle={onToggle && (() => onToggle(issuance.id))}
                onOpen={() => onOpen(issuance.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}

/** Whether a person can have it tried again. */
export function isRetryable({ state, wanted }: Pick<Issuance, 'state' | 'wanted'>): boolean {
  return state === 'failed' || state === 'stopped' || (state === 'revoked' && wanted === 'issued')
}

type RowProps = {
  readonly issuance: Issuance
  readonly base: string
  readonly isChosen: boolean
  readonly onToggle: (() => void) | undefined
  readonly onOpen: () => void
}

function Row({ issuance, base, isChosen, onToggle, onOpen }: RowProps) {
  const { t } = useTranslation('people')
  const { id, template, learner, account, state, lastError, nextTryAt, updatedAt } = issuance
  const who = learner.name || learner.username
  return (
    <Table.Tr
      // The link in the row is what the keyboard uses; a click anywhere is a shortcut to it.
      onClick={({ target }) => isPlace(target) && onOpen()}
      style={{ cursor: 'pointer' }}
      {...(isChosen && { bg: 'var(--rosette-accent-bg)' })}
    >
      {onToggle !== undefined && (
        <Table.Td>
          {isRetryable(issuance) && (
            <Checkbox
              aria-label={t('awards.choose', { badge: template.name, learner: who })}
              checked={isChosen}
              onChange={onToggle}
            />
          )}
        </Table.Td>
      )}
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <BadgePicture templateId={template.id} size={36} />
          <GoLink to={`${base}/issuances/${id}`}>{template.name}</GoLink>
        </Group>
      </Table.Td>
      <Table.Td>
        <GoLink to={`${base}/learners/${learner.id}`}>{who}</GoLink>
        <Text size="xs" c="dimmed">
          {learner.email}
        </Text>
      </Table.Td>
      <Table.Td>{account?.name ?? t('issuances.own')}</Table.Td>
      <Table.Td maw={320}>
        <StateChip state={state} />
        {lastError !== null && (
          <Text size="xs" c="dimmed" lineClamp={2} mt={4}>
            {lastError}
          </Text>
        )}
        {nextTryAt !== null && state === 'failed' && (
          <Text size="xs" c="dimmed">
            {t('issuances.nextTry')} <When at={nextTryAt} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <When at={updatedAt} />
      </Table.Td>
    </Table.Tr>
  )
}

function isPlace(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label') === null
}
