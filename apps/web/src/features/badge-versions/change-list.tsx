import { Group, Stack, Text } from '@mantine/core'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { valueWords } from './value-words.js'
import type { Change } from './version-queries.js'

const fields = [
  'name',
  'description',
  'criteria',
  'tags',
  'language',
  'achievementType',
  'fieldOfStudy',
  'alignments',
  'results',
  'expiresAfterDays',
  'issuerId',
  'providerTemplateId',
  'notifies',
  'locale',
  'state',
  'reaward',
  'repeat',
  'order',
] as const

/** What is longer is not put side by side. */
const longest = 120

/** What a version changed, field by field and requirement by requirement. */
export function ChangeList({ changes }: { changes: readonly Change[] }) {
  return (
    <Stack gap={6} component="ul" m={0} ps="lg">
      {changes.map((change) => (
        <li key={keyOf(change)}>
          <ChangeWords change={change} />
        </li>
      ))}
    </Stack>
  )
}

function ChangeWords({ change }: { change: Change }) {
  const { t } = useTranslation(['badges', 'common'])
  if (change.kind === 'image') {
    const what = change.before ? (change.after ? 'replaced' : 'removed') : 'added'
    return <Text size="sm">{t(`change.image.${what}`)}</Text>
  }
  if (change.kind === 'detail') return <DetailWords change={change} />
  const { kind, before, after } = change
  const what = before === null ? 'added' : after === null ? 'removed' : 'changed'
  return (
    <>
      <Text size="sm">{t(`change.${kind}.${what}`, { part: partWords(after ?? before) })}</Text>
      {before !== null && after !== null && (
        <BeforeAfter before={rulesWords(before)} after={rulesWords(after)} />
      )}
    </>
  )
}

function DetailWords({ change }: { change: Extract<Change, { kind: 'detail' }> }) {
  const { t } = useTranslation(['badges', 'common'])
  const field = fields.find((one) => one === change.field)
  const words = (value: unknown): string | undefined => {
    if (field === 'state' && (value === 'draft' || value === 'active' || value === 'archived')) {
      return t(`state.${value}`)
    }
    if (field === 'reaward') return t(value === 'never' ? 'issuing.never' : 'issuing.allowed')
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no')
    return valueWords(value)
  }
  const label = field === undefined ? change.field : t(`change.field.${field}`)
  // Ids say nothing to people.
  if (field === 'issuerId' || field === 'providerTemplateId' || field === 'order') {
    return <Text size="sm">{t('change.other', { field: label })}</Text>
  }
  return (
    <>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <BeforeAfter before={words(change.before)} after={words(change.after)} />
    </>
  )
}

function BeforeAfter({ before, after }: { before: string | undefined; after: string | undefined }) {
  const { t } = useTranslation(['badges', 'common'])
  const shown = (text: string | undefined): ReactNode =>
    text === undefined ? (
      <Text span c="dimmed">
        {t('change.nothing')}
      </Text>
    ) : text.length > longest ? (
      `${text.slice(0, longest)}…`
    ) : (
      text
    )
  return (
    <Group gap={6} align="baseline">
      <Text size="sm" component="del" c="dimmed" aria-label={t('change.before')}>
        {shown(before)}
      </Text>
      <ArrowRight size={14} aria-hidden className="mirrored" />
      <Text size="sm" component="ins" td="none" aria-label={t('change.after')}>
        {shown(after)}
      </Text>
    </Group>
  )
}

type Part = Exclude<Extract<Change, { kind: 'requirement' | 'penalty' }>['after'], null>

function partWords(part: Part | null): string {
  return part === null ? '' : (part.description ?? eventWords(part.eventType))
}

function rulesWords(part: Part): string {
  const rules = part.dataRules.map(
    ({ keyPath, operator, value }) => `${keyPath} ${operator} ${[value].flat().join(', ')}`,
  )
  return [partWords(part), ...rules].join(' · ')
}

function eventWords(eventType: string): string {
  return eventType.replace(/^org\.openedx\.learning\.|\.v\d+$/g, '').replaceAll(/[._]/g, ' ')
}

function keyOf(change: Change): string {
  return change.kind === 'detail'
    ? change.field
    : change.kind === 'image'
      ? 'image'
      : `${change.kind} ${change.id}`
}
