import { Button } from '@mantine/core'
import type { Backfill } from '@rosette/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { format } from '../../lib/format.js'
import { runBackfill } from './backfill-queries.js'

type Props = { readonly backfill: Backfill; readonly onStarted: (id: string) => void }

/** Does for real what a preview has foreseen, or once more what was cut short. */
export function RunBackfill({ backfill: { template, result }, onStarted }: Props) {
  const { t } = useTranslation('rules')
  const [isAsking, setAsking] = useState(false)
  const run = useMutation({
    mutationFn: () => runBackfill(template.id),
    onSuccess: ({ id }) => {
      setAsking(false)
      onStarted(id)
    },
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('backfills.run')}</Button>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('backfills.runTitle', { name: template.name })}
        confirm={t('backfills.run')}
        onConfirm={() => run.mutate()}
        isBusy={run.isPending}
        error={run.error}
      >
        {t('backfills.runText', {
          gain: format.number(result.gain),
          lose: format.number(result.lose),
        })}
      </Confirm>
    </>
  )
}
