import { Button, Group, Modal, Progress, Stack, Table, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Loading, Problem } from '../../components/states.js'
import { format } from '../../lib/format.js'
import { type Award, refreshAwards } from './award-queries.js'
import { countSeveral, doSeveral, type Outcome, type Step, type Which } from './several.js'

type Props = {
  readonly kind: Step['kind']
  readonly which: Which
  /** Those on the page, to name them where something did not work. */
  readonly awards: readonly Award[]
  readonly onClose: () => void
}

/** A step for several awards: whom it concerns, how far it is, and what did not work, award by award. */
export function SeveralDialog({ kind, which, awards, onClose }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const [done, setDone] = useState<readonly Outcome[]>([])
  const counted = useQuery({
    queryKey: ['awards', 'several', kind, which],
    queryFn: () => countSeveral(which, kind),
    staleTime: 0,
  })
  const work = useMutation({
    mutationFn: (step: Step) =>
      doSeveral(which, step, (items) => setDone((before) => [...before, ...items])),
    onSettled: () => void refreshAwards(),
  })
  const total = counted.data?.concerned ?? 0
  const isBusy = work.isPending
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`several.${kind}.title`, { count: total })}
      size="lg"
      closeOnEscape={!isBusy}
      closeOnClickOutside={!isBusy}
      withCloseButton={!isBusy}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {counted.isPending && <Loading rows={2} />}
      {counted.isError && <Problem error={counted.error} />}
      {counted.data !== undefined && work.isIdle && (
        <Ask
          kind={kind}
          people={counted.data.learners}
          total={total}
          onGo={(step) => work.mutate(step)}
          onClose={onClose}
        />
      )}
      {!work.isIdle && (
        <Stack>
          <Progress
            value={total === 0 ? 100 : (done.length / total) * 100}
            size="lg"
            aria-label={t('several.progress')}
          />
          <Text role="status">
            {t('several.sofar', { done: format.number(done.length), all: format.number(total) })}
          </Text>
          {work.error !== null && <Problem error={work.error} />}
          <Failed outcomes={done} awards={awards} />
          <Group justify="flex-end">
            <Button onClick={onClose} disabled={isBusy}>
              {t('common:close')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

type AskProps = {
  readonly kind: Step['kind']
  readonly people: number
  readonly total: number
  readonly onGo: (step: Step) => void
  readonly onClose: () => void
}

function Ask({ kind, people, total, onGo, onClose }: AskProps) {
  const { t } = useTranslation(['people', 'common'])
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const isMissing = kind === 'revoke' && reason.trim() === ''
  const go = () => {
    setAsked(true)
    if (isMissing) return
    onGo(kind === 'revoke' ? { kind, reason: reason.trim() } : { kind })
  }
  if (total === 0) return <Text>{t(`several.${kind}.none`)}</Text>
  return (
    <Stack>
      <Text>{t(`several.${kind}.text`, { count: people })}</Text>
      {kind === 'revoke' && (
        <Textarea
          label={t('revoke.reason')}
          description={t('revoke.reasonText')}
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isAsked && isMissing ? t('revoke.reasonMissing') : undefined}
          data-autofocus
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={go} {...(kind === 'revoke' && { color: 'red.9' })}>
          {t(`several.${kind}.confirm`, { count: total })}
        </Button>
      </Group>
    </Stack>
  )
}

const good = new Set(['revoked', 'reissued'])

function Failed({ outcomes, awards }: { outcomes: readonly Outcome[]; awards: readonly Award[] }) {
  const { t } = useTranslation('people')
  const failed = outcomes.filter(({ outcome }) => !good.has(outcome))
  if (failed.length === 0) return null
  return (
    <Table aria-label={t('several.failed', { count: failed.length })} captionSide="top">
      <Table.Caption>{t('several.failed', { count: failed.length })}</Table.Caption>
      <Table.Tbody>
        {failed.slice(0, 100).map(({ id, detail }) => {
          const award = awards.find((one) => one.id === id)
          return (
            <Table.Tr key={id}>
              <Table.Td>
                {award === undefined ? id : award.learner.name || award.learner.username}
              </Table.Td>
              <Table.Td>
                <Chip tone="warn">{t('several.left')}</Chip> {detail}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
