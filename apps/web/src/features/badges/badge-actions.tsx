import { ActionIcon, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  EllipsisVertical,
  Pause,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { type BadgeTemplate, keepTemplate } from '../../lib/badge-templates.js'
import { saveFile } from '../../lib/save-file.js'
import { useMay } from '../../lib/session.js'
import { StateStep, type Step } from './state-step.js'

type Props = {
  readonly template: BadgeTemplate
  readonly onDuplicated: (template: BadgeTemplate) => void
  readonly onDeleted?: () => void
}

/** What can be done with a badge as a whole. */
export function BadgeActions({ template, onDuplicated, onDeleted }: Props) {
  const { t } = useTranslation('badges')
  const may = useMay()
  const [step, setStep] = useState<Step | null>(null)
  const { id, name, state } = template
  const duplicate = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/badge-templates/{id}/duplicate', {
          params: { path: { id } },
          body: { name: t('actions.copyOf', { name }).slice(0, 200) },
        }),
      ),
    onSuccess: (made) => {
      keepTemplate(made)
      tellDone(t('actions.duplicated', { name: made.name }))
      onDuplicated(made)
    },
    onError: tellProblem,
  })
  const exporting = useMutation({
    mutationFn: () =>
      answer(api.GET('/api/v1/badge-templates/{id}/file', { params: { path: { id } } })),
    onSuccess: (file) =>
      saveFile(`${name}.json`, JSON.stringify(file, null, 2), 'application/json'),
    onError: tellProblem,
  })
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon
            color="gray"
            size="lg"
            aria-label={t('actions.of', { name })}
            style={{ zIndex: 1 }}
          >
            <EllipsisVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('template:edit') && (
            <Menu.Item
              leftSection={<Copy size={16} aria-hidden />}
              onClick={() => duplicate.mutate()}
            >
              {t('actions.duplicate')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<Download size={16} aria-hidden />}
            onClick={() => exporting.mutate()}
          >
            {t('actions.export')}
          </Menu.Item>
          {may('template:edit') && <StateItems state={state} onStep={setStep} />}
        </Menu.Dropdown>
      </Menu>
      {step !== null && (
        <StateStep
          step={step}
          template={template}
          onClose={() => setStep(null)}
          onDone={() => {
            setStep(null)
            if (step === 'delete') onDeleted?.()
          }}
        />
      )}
    </>
  )
}

type ItemsProps = { readonly state: BadgeTemplate['state']; readonly onStep: (step: Step) => void }

function StateItems({ state, onStep }: ItemsProps) {
  const { t } = useTranslation('badges')
  return (
    <>
      <Menu.Divider />
      {state === 'active' && (
        <Menu.Item
          leftSection={<Pause size={16} aria-hidden />}
          onClick={() => onStep('deactivate')}
        >
          {t('actions.deactivate')}
        </Menu.Item>
      )}
      {state === 'archived' ? (
        <Menu.Item
          leftSection={<ArchiveRestore size={16} aria-hidden />}
          onClick={() => onStep('unarchive')}
        >
          {t('actions.unarchive')}
        </Menu.Item>
      ) : (
        <Menu.Item
          leftSection={<Archive size={16} aria-hidden />}
          onClick={() => onStep('archive')}
        >
          {t('actions.archive')}
        </Menu.Item>
      )}
      {state !== 'active' && (
        <Menu.Item
          c="var(--rosette-bad)"
          leftSection={<Trash2 size={16} aria-hidden />}
          onClick={() => onStep('delete')}
        >
          {t('actions.delete')}
        </Menu.Item>
      )}
    </>
  )
}
