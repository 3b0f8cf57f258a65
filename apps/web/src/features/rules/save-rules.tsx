import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import type { BadgeTemplate } from '../../lib/badge-templates.js'
import { ApplyDialog } from './apply-dialog.js'
import { toDraft, toRules } from './draft-rules.js'
import { type Apply, saveRules, tellUnsaved } from './rule-queries.js'
import classes from './rules.module.css'
import { useRules } from './rules-context.js'
import type { useDraft } from './use-draft.js'

type Props = {
  readonly template: BadgeTemplate
  readonly drafting: ReturnType<typeof useDraft>
  readonly isBlocked: boolean
  /** Whether somebody has tried to save while something was missing. */
  readonly isStrict: boolean
  readonly onRefused: () => void
}

/** What is not saved yet, and the ways to save it or take it back. */
export function SaveRules({ template, drafting, isBlocked, isStrict, onRefused }: Props) {
  const { terms, mayEdit, faults } = useRules()
  const { say } = terms
  const { draft, isChanged, past, removed, act } = drafting
  const [isAsking, setAsking] = useState(false)
  const save = useMutation({
    mutationFn: (apply: Apply | undefined) =>
      saveRules({ id: template.id, rules: toRules(draft), apply }),
    onSuccess: (saved) => {
      act({ do: 'stored', draft: toDraft(saved) })
      // The dialog of an active badge says it itself.
      if (template.state !== 'active') tellDone(say('save.done'))
    },
  })
  const start = () => {
    if (isBlocked) {
      onRefused()
      focusFirst(faults.map(({ part }) => part))
      return
    }
    if (template.state === 'active') setAsking(true)
    else save.mutate(undefined)
  }
  useEffect(() => {
    tellUnsaved(template.id, isChanged)
    return () => tellUnsaved(template.id, false)
  }, [template.id, isChanged])
  if (!mayEdit) return null
  const isShown = isChanged || (past.length > 0 && removed !== undefined)
  return (
    <>
      {save.isError && !isAsking && <Problem error={save.error} />}
      {isShown && (
        // biome-ignore lint/a11y/useSemanticElements: a bar with buttons is no form
        <div className={classes.bar} role="region" aria-label={say('save.label')}>
          <Text size="sm" fw={500} role="status">
            {isStrict && isBlocked
              ? say('save.blocked')
              : removed === undefined
                ? say('save.unsaved')
                : say('save.removed', { what: removed })}
          </Text>
          <Group gap="sm">
            <UndoButton
              removed={removed}
              onUndo={() => act({ do: 'undo' })}
              isIdle={past.length === 0}
            />
            <Button variant="default" onClick={() => act({ do: 'discard' })}>
              {say('save.discard')}
            </Button>
            <Button onClick={start} loading={save.isPending && !isAsking}>
              {say('save.save')}
            </Button>
          </Group>
        </div>
      )}
      {isAsking && (
        <ApplyDialog
          template={template}
          draft={draft}
          save={save}
          onClose={() => {
            setAsking(false)
            save.reset()
          }}
        />
      )}
      <LeaveGuard isChanged={isChanged} />
    </>
  )
}

type UndoProps = {
  readonly removed: string | undefined
  readonly isIdle: boolean
  readonly onUndo: () => void
}

/** Takes the focus after something was removed, since what had it is gone. */
function UndoButton({ removed, isIdle, onUndo }: UndoProps) {
  const { say } = useRules().terms
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (removed !== undefined) button.current?.focus()
  }, [removed])
  return (
    <Button
      ref={button}
      variant="subtle"
      disabled={isIdle}
      leftSection={<Undo2 size={16} aria-hidden />}
      onClick={onUndo}
    >
      {say('save.undo')}
    </Button>
  )
}

function LeaveGuard({ isChanged }: { readonly isChanged: boolean }) {
  const { t } = useTranslation('rules')
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  return (
    <Confirm
      isOpen={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('save.leaveTitle')}
      confirm={t('save.leave')}
      onConfirm={() => blocker.proceed?.()}
      isDangerous
    >
      {t('save.leaveText')}
    </Confirm>
  )
}

/** Leads to the first card that has something to be mended. */
function focusFirst(parts: readonly (string | null)[]): void {
  const first = parts.find((part) => part !== null)
  document.getElementById(`rule-${first}`)?.focus()
}
