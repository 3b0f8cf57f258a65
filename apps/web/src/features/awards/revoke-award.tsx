import { Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { type Award, refreshAwards } from './award-queries.js'

type Props = { readonly award: Award; readonly isOpen: boolean; readonly onClose: () => void }

/** Takes one badge back, with the reason that everybody will read who looks at it. */
export function RevokeAward({ award, isOpen, onClose }: Props) {
  const { t } = useTranslation('people')
  const [reason, setReason] = useState('')
  const [isAsked, setAsked] = useState(false)
  const learner = award.learner.name || award.learner.username
  const revoke = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/awards/{id}/revocation', {
          params: { path: { id: award.id } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      tellDone(t('revoke.done', { badge: award.template.name, learner }))
      void refreshAwards()
      onClose()
    },
  })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('revoke.title', { badge: award.template.name, learner })}
      confirm={t('revoke.confirm')}
      isDangerous
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        setAsked(true)
        if (reason.trim() !== '') revoke.mutate()
      }}
    >
      <Stack>
        <Text>{t('revoke.text')}</Text>
        <Textarea
          label={t('revoke.reason')}
          description={t('revoke.reasonText')}
          required
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={isAsked && reason.trim() === '' ? t('revoke.reasonMissing') : undefined}
          data-autofocus
        />
      </Stack>
    </Confirm>
  )
}
