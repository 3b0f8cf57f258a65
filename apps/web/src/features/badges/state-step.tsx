import { Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { answer, api, done } from '../../lib/api.js'
import { type BadgeTemplate, keepTemplate } from '../../lib/badge-templates.js'
import { format } from '../../lib/format.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { standingQuery } from './badge-queries.js'

export type Step = 'deactivate' | 'archive' | 'unarchive' | 'delete'

type Props = {
  readonly step: Step
  readonly template: BadgeTemplate
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Asks before a badge is put out of use, with the number of people whom it concerns. */
export function StateStep({ step, template, onClose, onDone }: Props) {
  const { t } = useTranslation('badges')
  const { id, name } = template
  const carryOut = useMutation({
    mutationFn: () => take(step, id),
    onSuccess: async (changed) => {
      if (changed !== null) keepTemplate(changed)
      else await queries.invalidateQueries({ queryKey: ['badge-template-list'] })
      tellDone(t(`step.${step}.done`, { name }))
      onDone()
    },
  })
  return (
    <Confirm
      isOpen
      onClose={onClose}
      title={t(`step.${step}.title`, { name })}
      confirm={t(`step.${step}.confirm`)}
      onConfirm={() => carryOut.mutate()}
      isBusy={carryOut.isPending}
      error={carryOut.error}
      isDangerous={step === 'delete'}
    >
      {t(`step.${step}.text`)}
      {step !== 'unarchive' && <Concerned id={id} />}
    </Confirm>
  )
}

function Concerned({ id }: { id: string }) {
  const { t } = useTranslation('badges')
  const may = useMay()
  const { data } = useQuery({ ...standingQuery(id), enabled: may('award:read') })
  if (data === undefined) return null
  const { holding, onTheWay } = data
  return (
    <Text mt="sm" fw={600}>
      {t('step.holding', { count: holding, shown: format.number(holding) })}{' '}
      {t('step.onTheWay', { count: onTheWay, shown: format.number(onTheWay) })}
    </Text>
  )
}

async function take(step: Step, id: string): Promise<BadgeTemplate | null> {
  const params = { path: { id } }
  if (step === 'delete') {
    await done(api.DELETE('/api/v1/badge-templates/{id}', { params }))
    return null
  }
  if (step === 'archive') {
    return await answer(api.POST('/api/v1/badge-templates/{id}/archival', { params }))
  }
  return await answer(api.POST('/api/v1/badge-templates/{id}/deactivation', { params }))
}
