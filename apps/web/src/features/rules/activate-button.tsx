import { Anchor, Button, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core'
import type { Backfill } from '@rosette/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BackfillBar, BackfillCounts } from '../../components/backfill-view.js'
import { OutsideLink } from '../../components/page.js'
import { Problem } from '../../components/states.js'
import { siteUrl } from '../../config/places.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { useMay } from '../../lib/session.js'
import { BackfillExamples, BackfillRun } from './backfill-run.js'
import { allWays } from './draft.js'
import { type DraftFault, faultsOf } from './draft-faults.js'
import { faultText } from './fault-words.js'
import {
  activateTemplate,
  describeCriteria,
  eventTypesQuery,
  startBackfill,
  unsavedQuery,
} from './rule-queries.js'
import { badgeSentence } from './sentence.js'
import { useBackfillPreview } from './use-backfill-preview.js'
import { useWords } from './use-words.js'

/** Lets a badge be earned: checks its rules, says who has done it already, and asks what to do about them. */
export function ActivateButton({ template }: { readonly template: BadgeTemplate }) {
  const { t } = useTranslation('rules')
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const canOpen = template.state === 'draft' && may('template:edit')
  if (!canOpen && !isOpen) return null
  return (
    <>
      <Button leftSection={<Rocket size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t('activate.button')}
      </Button>
      {isOpen && <ActivateDialog template={template} onClose={() => setOpen(false)} />}
    </>
  )
}

type DialogProps = { readonly template: BadgeTemplate; readonly onClose: () => void }

function ActivateDialog({ template, onClose }: DialogProps) {
  const { t } = useTranslation(['rules', 'common'])
  const types = useQuery(eventTypesQuery)
  const isUnsaved = useQuery(unsavedQuery(template.id)).data ?? false
  const { draft, terms } = useWords(template)
  const faults =
    types.data === undefined ? [] : faultsOf(draft, { templateId: template.id, types: types.data })
  const activate = useMutation({
    mutationFn: async (isForAll: boolean) => {
      // Who sees the badge wants to know what it took, and nobody has said it better.
      if (template.criteria.trim() === '') {
        await describeCriteria(template.id, badgeSentence(draft, terms))
      }
      await activateTemplate(template.id)
      return isForAll ? await startBackfill(template.id, 'run') : null
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(activate.isSuccess ? 'activate.done' : 'activate.title', { name: template.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {types.isError && <Problem error={types.error} onRetry={() => void types.refetch()} />}
      {types.isPending && <Skeleton height={80} aria-hidden />}
      {types.data !== undefined &&
        (activate.isSuccess ? (
          <Active template={template} runId={activate.data?.id} onClose={onClose} />
        ) : isUnsaved ? (
          <Unsaved onClose={onClose} />
        ) : faults.length > 0 ? (
          <Faults {...{ template, faults, onClose }} />
        ) : (
          <Ask {...{ template, activate, onClose }} />
        ))}
    </Modal>
  )
}

/** Beside those who gain it there are others whom it concerns. */
function hasMore({ lose, kept, others }: Backfill['result']): boolean {
  return lose > 0 || kept > 0 || others.length > 0
}

/** What is activated are the rules as they are stored. */
function Unsaved({ onClose }: Pick<DialogProps, 'onClose'>) {
  const { t } = useTranslation('rules')
  return (
    <Stack>
      <Text>{t('activate.unsaved')}</Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('activate.mend')}</Button>
      </Group>
    </Stack>
  )
}

type FaultsProps = DialogProps & { readonly faults: readonly DraftFault[] }

/** What has to be mended first, each with the way to its card. */
function Faults({ template, faults, onClose }: FaultsProps) {
  const { t } = useTranslation('rules')
  const { draft, terms, nameOf } = useWords(template)
  const lead = (part: string) => {
    onClose()
    setTimeout(() => document.getElementById(`rule-${part}`)?.focus(), 300)
  }
  const isCard = (part: string) => document.getElementById(`rule-${part}`) !== null
  return (
    <Stack>
      <Text>{t('activate.faults', { count: faults.length })}</Text>
      <List spacing="xs">
        {faults.map((fault) => (
          <List.Item key={`${fault.part} ${fault.field}`}>
            <Text>{faultText(fault, terms.say)}</Text>
            {fault.part !== null && allWays(draft).some(({ id }) => id === fault.part) && (
              <Text size="sm" c="dimmed">
                {nameOf(fault.part)}
              </Text>
            )}
            {fault.part !== null && isCard(fault.part) && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => lead(fault.part ?? '')}
              >
                {t('activate.show')}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('activate.mend')}</Button>
      </Group>
    </Stack>
  )
}

type AskProps = DialogProps & {
  readonly activate: {
    readonly mutate: (isForAll: boolean) => void
    readonly isPending: boolean
    readonly isError: boolean
    readonly error: unknown
    readonly variables: boolean | undefined
  }
}

/** Who has done it already, and whether they get it too. */
function Ask({ template, activate, onClose }: AskProps) {
  const { t } = useTranslation(['rules', 'common'])
  const may = useMay()
  const { draft, terms, nameOf } = useWords(template)
  const { started, id, preview, isOver } = useBackfillPreview(template.id, may('backfill:run'))
  const gain = isOver ? (preview?.result.gain ?? 0) : undefined
  return (
    <Stack>
      <Text>{badgeSentence(draft, terms)}</Text>
      {started.isError && <Problem error={started.error} onRetry={() => void started.refetch()} />}
      {may('backfill:run') && !started.isError && (
        <div role="status">
          {!isOver && (
            <Stack gap="xs">
              <Text size="sm">{t('activate.counting')}</Text>
              {preview === undefined ? (
                <Skeleton height={24} />
              ) : (
                <BackfillBar backfill={preview} />
              )}
            </Stack>
          )}
          {isOver && preview !== undefined && (
            <Stack gap="xs">
              <Text fw={600}>{t('activate.already', { count: gain ?? 0 })}</Text>
              {hasMore(preview.result) && <BackfillCounts {...preview} />}
              {id !== undefined && gain !== 0 && <BackfillExamples {...{ id, nameOf }} />}
            </Stack>
          )}
        </div>
      )}
      {activate.isError && <Problem error={activate.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          variant={gain === 0 || !may('backfill:run') ? 'filled' : 'default'}
          loading={activate.isPending && activate.variables === false}
          onClick={() => activate.mutate(false)}
        >
          {gain === 0 || !may('backfill:run') ? t('activate.now') : t('activate.fromNow')}
        </Button>
        {may('backfill:run') && gain !== 0 && (
          <Button
            loading={activate.isPending && activate.variables === true}
            onClick={() => activate.mutate(true)}
          >
            {t('activate.everybody')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

type ActiveProps = DialogProps & { readonly runId: string | undefined }

/** What happens next. */
function Active({ template, runId, onClose }: ActiveProps) {
  const { t } = useTranslation('rules')
  const { nameOf } = useWords(template)
  return (
    <Stack>
      {runId !== undefined && <BackfillRun id={runId} nameOf={nameOf} />}
      <List spacing="xs">
        <List.Item>{t('activate.next.events')}</List.Item>
        <List.Item>{t('activate.next.learners')}</List.Item>
        <List.Item>
          <OutsideLink href={`${siteUrl}/public/badges/${template.id}`}>
            {t('activate.next.page')}
          </OutsideLink>
        </List.Item>
      </List>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('apply.close')}</Button>
      </Group>
    </Stack>
  )
}
