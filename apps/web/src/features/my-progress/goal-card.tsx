import { Anchor, Box, Card, Group, Stack, Text, Title } from '@mantine/core'
import { CircleCheck, CircleDashed, Footprints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Picture } from '../../components/badge-picture.js'
import { pictureOf } from '../../lib/backpack.js'
import { useEventTitle } from '../../lib/event-titles.js'
import { format } from '../../lib/format.js'
import type { Goal } from './progress-queries.js'
import { Ring } from './ring.js'

/** A badge that somebody is on the way to: how far, what is done, and what comes next. */
export function GoalCard({ goal }: { readonly goal: Goal }) {
  const { t } = useTranslation('backpack')
  const { template, ratio, groups, fulfilledGroups, allGroups } = goal
  return (
    <Card component="li" style={{ listStyle: 'none' }}>
      <Stack gap="md">
        <Group wrap="nowrap" align="flex-start" gap="md">
          <Picture src={pictureOf(template)} size={76} />
          <Box flex={1} miw={0}>
            <Title order={2} size="h5" dir="auto">
              <Anchor inherit href={template.publicUrl} c="var(--mantine-color-text)">
                {template.name}
              </Anchor>
            </Title>
            {goal.instance !== null && (
              <Text size="sm" c="dimmed" dir="auto">
                {goal.instance}
              </Text>
            )}
            <Text size="sm" c="dimmed" mt={2}>
              {t('goals.done', {
                count: allGroups,
                done: format.number(fulfilledGroups),
                all: format.number(allGroups),
              })}
            </Text>
          </Box>
          <Ring ratio={ratio} label={t('goals.ratio', { percent: format.percent(ratio) })} />
        </Group>
        <NextStep goal={goal} />
        <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: 'none' }}>
          {groups.map((group) => (
            <GoalGroup key={group.group} group={group} />
          ))}
        </Stack>
      </Stack>
    </Card>
  )
}

function NextStep({ goal }: { readonly goal: Pick<Goal, 'nextStep'> }) {
  const { t } = useTranslation('backpack')
  if (goal.nextStep === null) return null
  return (
    <Group
      gap="xs"
      wrap="nowrap"
      px="sm"
      py={8}
      bg="var(--rosette-accent-bg)"
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Footprints size={18} color="var(--rosette-accent)" aria-hidden style={{ flex: 'none' }} />
      <Text size="sm">{t('goals.next', { step: goal.nextStep })}</Text>
    </Group>
  )
}

function GoalGroup({ group }: { readonly group: Goal['groups'][number] }) {
  const { t } = useTranslation('backpack')
  const titleOf = useEventTitle()
  const done = group.requirements.filter(({ fulfilled }) => fulfilled)
  const told = group.fulfilled && done.length > 0 ? done : group.requirements
  const words = told.map(({ description, eventType }) => description ?? titleOf(eventType))
  const Icon = group.fulfilled ? CircleCheck : CircleDashed
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Icon
        size={18}
        role="img"
        aria-label={t(group.fulfilled ? 'goals.isDone' : 'goals.isMissing')}
        color={group.fulfilled ? 'var(--rosette-good)' : 'var(--mantine-color-dimmed)'}
        style={{ flex: 'none', marginTop: 2 }}
      />
      <Text size="sm" miw={0} dir="auto" {...(!group.fulfilled && { c: 'dimmed' })}>
        {format.list(words, 'disjunction')}
      </Text>
    </Group>
  )
}
