import { Box, Group, List, Progress, Stack, Text } from '@mantine/core'
import type { Backfill, BackfillChange } from '@rosette/contract'
import { CircleCheck, CircleMinus, CirclePause } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { format } from '../lib/format.js'
import { BadgePicture } from './badge-picture.js'
import { Chip, type Tone } from './chips.js'
import { When } from './when.js'

const tones: Readonly<Record<Backfill['state'], Tone>> = {
  queued: 'waiting',
  running: 'waiting',
  done: 'good',
  cancelled: 'quiet',
  failed: 'bad',
}

export function BackfillState({ state }: { readonly state: Backfill['state'] }) {
  const { t } = useTranslation('rules')
  return <Chip tone={tones[state]}>{t(`backfills.state.${state}`)}</Chip>
}

/** How far it is, as a bar and in numbers. */
export function BackfillBar({ backfill }: { readonly backfill: Backfill }) {
  const { t } = useTranslation('rules')
  const { progress, state } = backfill
  const isOver = state !== 'queued' && state !== 'running'
  const ratio = state === 'done' ? 1 : progress.ratio
  return (
    <Box>
      <Progress.Root size="lg" radius="xl">
        <Progress.Section
          value={ratio * 100}
          animated={!isOver}
          color={state === 'failed' ? 'red.9' : 'rosette'}
          aria-label={t('backfills.progress')}
          aria-valuetext={format.percent(ratio)}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" mt={6}>
        {state === 'queued'
          ? t('backfills.waiting')
          : t('backfills.read', {
              count: progress.total,
              read: format.number(progress.read),
              total: format.number(Math.max(progress.read, progress.total)),
              percent: format.percent(ratio),
            })}
      </Text>
    </Box>
  )
}

type Counts = Pick<Backfill, 'kind' | 'state' | 'result'>

/** Who gains and who loses, in numbers: what would be, what is being done, or what has been done. */
export function BackfillCounts({ kind, state, result }: Counts) {
  const { t } = useTranslation('rules')
  const tense = kind === 'preview' ? 'would' : state === 'done' ? 'did' : 'does'
  const { gain, lose, kept, others } = result
  return (
    <List spacing={6}>
      <List.Item icon={<CircleCheck size={18} color="var(--rosette-good)" aria-hidden />}>
        {t(`backfills.gain.${tense}`, { count: gain, number: format.number(gain) })}
      </List.Item>
      <List.Item icon={<CircleMinus size={18} color="var(--rosette-bad)" aria-hidden />}>
        {t(`backfills.lose.${tense}`, { count: lose, number: format.number(lose) })}
      </List.Item>
      {kept > 0 && (
        <List.Item icon={<CirclePause size={18} color="var(--rosette-warn)" aria-hidden />}>
          {t('backfills.kept', { count: kept, number: format.number(kept) })}
        </List.Item>
      )}
      {others.map(({ template, gain: more, lose: less }) => (
        <List.Item key={template.id} icon={<BadgePicture templateId={template.id} size={20} />}>
          {t('backfills.other', {
            name: template.name,
            gain: format.number(more),
            lose: format.number(less),
          })}
        </List.Item>
      ))}
    </List>
  )
}

type ChangesProps = {
  readonly changes: readonly BackfillChange[]
  readonly label: string
  /** Another badge than that which the backfill is about is named. */
  readonly templateId: string
  /** A requirement in words; its id where it is not known any more. */
  readonly nameOf?: (requirement: string) => string
}

/** Learners who gain or lose, with why. */
export function BackfillChanges({ changes, label, templateId, nameOf = itself }: ChangesProps) {
  return (
    <Stack component="ul" gap={0} p={0} m={0} aria-label={label} style={{ listStyle: 'none' }}>
      {changes.map((change) => (
        <Box
          component="li"
          key={`${change.change} ${change.template.id} ${change.learner.username} ${change.instance}`}
          py={8}
          style={{ borderBlockEnd: '1px solid var(--rosette-line)' }}
        >
          <ChangeRow {...{ change, templateId, nameOf }} />
        </Box>
      ))}
    </Stack>
  )
}

const changeTones = { gain: 'good', lose: 'bad', kept: 'warn' } as const

function ChangeRow({
  change,
  templateId,
  nameOf,
}: {
  readonly change: BackfillChange
  readonly templateId: string
  readonly nameOf: (requirement: string) => string
}) {
  const { t } = useTranslation('rules')
  const { learner, template, instance, at } = change
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
      <Box miw={0}>
        <Text size="sm" fw={600}>
          {learner.name || learner.username}{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {learner.username}
          </Text>
        </Text>
        {template.id !== templateId && <Text size="xs">{template.name}</Text>}
        {instance !== null && <Text size="xs">{instance}</Text>}
        <Text size="xs" c="dimmed">
          {whyOf(change, nameOf, t)}
        </Text>
        {at !== null && (
          <Text size="xs" c="dimmed">
            <When at={at} />
          </Text>
        )}
      </Box>
      <Box flex="none">
        <Chip tone={changeTones[change.change]}>{t(`backfills.change.${change.change}`)}</Chip>
      </Box>
    </Group>
  )
}

function whyOf(
  { change, fulfillments, lost }: BackfillChange,
  nameOf: (requirement: string) => string,
  t: ReturnType<typeof useTranslation<'rules'>>['t'],
): string {
  if (change === 'gain') {
    const done = fulfillments.map(({ requirement, since }) =>
      t('backfills.since', { what: nameOf(requirement), date: format.date(since) }),
    )
    return done.length === 0 ? '' : format.list(done)
  }
  const taken = [...new Set(lost.map(({ requirement }) => nameOf(requirement)))]
  return taken.length === 0
    ? t('backfills.rulesChanged')
    : t('backfills.taken', { what: format.list(taken) })
}

function itself(requirement: string): string {
  return requirement
}
