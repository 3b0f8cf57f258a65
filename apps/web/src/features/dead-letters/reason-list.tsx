import { Button, Card, Group, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../components/tell.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { type Progress as Done, knownReason, replayReason } from './letter-queries.js'

type Count = { readonly reason: string; readonly count: number }
type Props = {
  readonly counts: readonly Count[]
  readonly chosen: string | undefined
  readonly onChoose: (reason: string | undefined) => void
}

/** The reasons with what they mean, what to do, and all of one reason tried again. */
export function ReasonList({ counts, chosen, onChoose }: Props) {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {counts.map(({ reason, count }) => (
        <ReasonCard
          key={reason}
          reason={reason}
          count={count}
          isChosen={reason === chosen}
          onChoose={() => onChoose(reason === chosen ? undefined : reason)}
        />
      ))}
    </SimpleGrid>
  )
}

type CardProps = Count & { readonly isChosen: boolean; readonly onChoose: () => void }

function ReasonCard({ reason, count, isChosen, onChoose }: CardProps) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [done, setDone] = useState<Done>()
  const known = knownReason(reason)
  const title = known === undefined ? reason : t(`reasons.${known}.title`)
  const replay = useMutation({
    mutationFn: () => replayReason(reason, setDone),
    onSuccess: ({ replayed, refused }) => {
      const parts = [
        t('letters.replayed', { count: replayed }),
        ...(refused > 0 ? [t('letters.refused', { count: refused })] : []),
      ]
      tellDone(format.list(parts))
    },
    onError: tellProblem,
    onSettled: () => queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  })
  return (
    <Card style={isChosen ? { borderColor: 'var(--rosette-accent)' } : {}}>
      <Stack gap="sm" h="100%" justify="space-between">
        <Stack gap={4}>
          <Group justify="space-between" wrap="nowrap" align="baseline">
            <Title order={2} size="h5">
              {title}
            </Title>
            <Text fw={600} fz="lg">
              {format.number(count)}
            </Text>
          </Group>
          {known !== undefined && (
            <Text size="sm" c="dimmed">
              {t(`reasons.${known}.remedy`)}
            </Text>
          )}
        </Stack>
        {replay.isPending && done !== undefined && <Running done={done} />}
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onChoose} aria-pressed={isChosen}>
            {t('letters.only')}
          </Button>
          {may('platform:edit') && (
            <Button
              size="xs"
              loading={replay.isPending}
              onClick={() => replay.mutate()}
              aria-label={t('letters.replayAllOf', { reason: title })}
            >
              {t('letters.replayAll')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  )
}

function Running({ done: { replayed, refused, remaining } }: { done: Done }) {
  const { t } = useTranslation('operations')
  const tried = replayed + refused
  return (
    <Stack gap={4} role="status">
      <Progress
        value={(tried / Math.max(1, tried + remaining)) * 100}
        aria-label={t('letters.replaying')}
        animated
      />
      <Text size="xs" c="dimmed">
        {t('letters.progress', {
          done: format.number(tried),
          all: format.number(tried + remaining),
        })}
      </Text>
    </Stack>
  )
}
