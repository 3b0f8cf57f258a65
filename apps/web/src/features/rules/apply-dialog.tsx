import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { type UseMutationResult, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { BackfillBar, BackfillCounts } from '../../components/backfill-view.js'
import { Problem } from '../../components/states.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { format } from '../../lib/format.js'
import { useMay } from '../../lib/session.js'
import { BackfillExamples, BackfillRun } from './backfill-run.js'
import type { Draft } from './draft.js'
import { toDraft, toRules } from './draft-rules.js'
import { type Apply, rulePreviewQuery, startBackfill } from './rule-queries.js'
import { useRules } from './rules-context.js'
import { badgeSentence } from './sentence.js'
import { useBackfillPreview } from './use-backfill-preview.js'
import { useWords } from './use-words.js'

type Props = {
  readonly template: BadgeTemplate
  readonly draft: Draft
  readonly save: UseMutationResult<BadgeTemplate, Error, Apply | undefined>
  readonly onClose: () => void
}

/** Before the rules of an active badge change: whom that concerns, and from when on they hold. */
export function ApplyDialog({ template, draft, save, onClose }: Props) {
  const { terms } = useRules()
  const { say } = terms
  const may = useMay()
  const [isForAll, setForAll] = useState(false)
  const isDone = save.isSuccess
  // For everybody too they hold from now on first: what that changes is shown before it is done.
  const start = (all: boolean) => {
    setForAll(all)
    save.mutate('from-now')
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={isDone ? say('apply.done') : say('apply.title', { name: template.name })}
      closeButtonProps={{ 'aria-label': say('apply.cancel') }}
    >
      {isDone ? (
        <Saved template={template} isForAll={isForAll} onClose={onClose} />
      ) : (
        <Stack>
          <Text>{badgeSentence(draft, terms)}</Text>
          <Effect template={template} draft={draft} />
          <Text size="sm" c="dimmed">
            {say('apply.explain')}
          </Text>
          {save.isError && <Problem error={save.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="subtle" onClick={onClose}>
              {say('apply.cancel')}
            </Button>
            <Button
              variant="default"
              loading={save.isPending && !isForAll}
              onClick={() => start(false)}
            >
              {say('apply.fromNow')}
            </Button>
            {may('backfill:run') && (
              <Button loading={save.isPending && isForAll} onClick={() => start(true)}>
                {say('apply.forAll')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

/** How many would have it by the new rules, and how many by those in force. */
function Effect({ template, draft }: Pick<Props, 'template' | 'draft'>) {
  const { say } = useRules().terms
  const { id: templateId, organizationId } = template
  const about = { templateId, organizationId }
  const after = useQuery(rulePreviewQuery({ ...about, rules: toRules(draft) }))
  const before = useQuery(rulePreviewQuery({ ...about, rules: toRules(toDraft(template)) }))
  const failed = [after, before].find(({ isError }) => isError)
  if (failed !== undefined) {
    return <Problem error={failed.error} onRetry={() => void failed.refetch()} />
  }
  if (after.data === undefined || before.data === undefined) {
    return <Skeleton height={48} aria-hidden />
  }
  const now = after.data.learners.complete
  const then = before.data.learners.complete
  return (
    <Stack gap={4} role="status">
      <Text fw={600}>{say('apply.after', { count: now, number: format.number(now) })}</Text>
      <Text size="sm">{say('apply.before', { count: then, number: format.number(then) })}</Text>
      <Text size="sm">
        {say('apply.holding', { count: template.awarded, number: format.number(template.awarded) })}
      </Text>
    </Stack>
  )
}

type SavedProps = {
  readonly template: BadgeTemplate
  readonly isForAll: boolean
  readonly onClose: () => void
}

function Saved({ template, isForAll, onClose }: SavedProps) {
  const { say } = useRules().terms
  if (isForAll) return <ForEverybody template={template} onClose={onClose} />
  return (
    <Stack>
      <Text>{say('apply.savedFromNow')}</Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{say('apply.close')}</Button>
      </Group>
    </Stack>
  )
}

/** Who would gain it and who would lose it, by all past events; then it is done, or left. */
function ForEverybody({ template, onClose }: Pick<Props, 'template' | 'onClose'>) {
  const { say } = useRules().terms
  const { nameOf } = useWords(template)
  const { started, id, preview, isOver } = useBackfillPreview(template.id, true)
  const run = useMutation({ mutationFn: () => startBackfill(template.id, 'run') })
  if (run.isSuccess) {
    return (
      <Stack>
        <BackfillRun id={run.data.id} nameOf={nameOf} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{say('apply.close')}</Button>
        </Group>
      </Stack>
    )
  }
  const failed = [started, run].find(({ isError }) => isError)
  return (
    <Stack>
      <Text>{say('apply.savedFromNow')}</Text>
      {failed !== undefined && <Problem error={failed.error} />}
      <Stack gap="sm" role="status">
        {!isOver && <Text size="sm">{say('apply.counting')}</Text>}
        {!isOver && preview !== undefined && <BackfillBar backfill={preview} />}
        {isOver && preview !== undefined && <BackfillCounts {...preview} />}
        {isOver && id !== undefined && <BackfillExamples id={id} nameOf={nameOf} />}
      </Stack>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {say('apply.leave')}
        </Button>
        <Button disabled={!isOver} loading={run.isPending} onClick={() => run.mutate()}>
          {say('apply.everybody')}
        </Button>
      </Group>
    </Stack>
  )
}
