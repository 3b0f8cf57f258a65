import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { type UseMutationResult, useQuery } from '@tanstack/react-query'
import { Problem } from '../../components/states.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { format } from '../../lib/format.js'
import { useMay } from '../../lib/session.js'
import { BackfillRun } from './backfill-run.js'
import type { Draft } from './draft.js'
import { toDraft, toRules } from './draft-rules.js'
import { type Apply, latestRun, rulePreviewQuery } from './rule-queries.js'
import { useRules } from './rules-context.js'
import { badgeSentence } from './sentence.js'

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
  const isDone = save.isSuccess
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={isDone ? say('apply.done') : say('apply.title', { name: template.name })}
      closeButtonProps={{ 'aria-label': say('apply.cancel') }}
    >
      {isDone ? (
        <Saved template={template} isForAll={save.variables === 'everybody'} onClose={onClose} />
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
              loading={save.isPending && save.variables === 'from-now'}
              onClick={() => save.mutate('from-now')}
            >
              {say('apply.fromNow')}
            </Button>
            {may('backfill:run') && (
              <Button
                loading={save.isPending && save.variables === 'everybody'}
                onClick={() => save.mutate('everybody')}
              >
                {say('apply.everybody')}
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
  const run = useQuery({
    queryKey: ['backfills', 'latest', template.id],
    queryFn: async () => (await latestRun(template.id)) ?? null,
    enabled: isForAll,
    gcTime: 0,
  })
  return (
    <Stack>
      {!isForAll && <Text>{say('apply.savedFromNow')}</Text>}
      {isForAll && run.isError && <Problem error={run.error} />}
      {isForAll && run.data != null && <BackfillRun id={run.data.id} />}
      <Group justify="flex-end">
        <Button onClick={onClose}>{say('apply.close')}</Button>
      </Group>
    </Stack>
  )
}
