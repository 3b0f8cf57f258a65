import { Button } from '@mantine/core'
import type { Backfill } from '@rosette/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { format } from '../../lib/format.js'
import { cancelBackfill } from './backfill-queries.js'

/** Stops it, after it was said what stays. */
export function CancelBackfill({ backfill }: { readonly backfill: Backfill }) {
  const { t } = useTranslation('rules')
  const [isAsking, setAsking] = useState(false)
  const { id, kind, template, result } = backfill
  const cancel = useMutation({
    mutationFn: () => cancelBackfill(id),
    onSuccess: () => {
      setAsking(false)
      tellDone(t('backfills.cancelled'))
    },
  })
  const count = result.gain + result.lose
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('backfills.cancel')}
      </Button>
      <Confirm
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('backfills.cancelTitle', { name: template.name })}
        confirm={t('backfills.cancel')}
        onConfirm={() => cancel.mutate()}
        isBusy={cancel.isPending}
        error={cancel.error}
        isDangerous
      >
        {kind === 'run'
          ? t('backfills.cancelRun', { count, number: format.number(count) })
          : t('backfills.cancelPreview')}
      </Confirm>
    </>
  )
}
