import { Button, Group, Switch } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { useMay } from '../../lib/session.js'
import { type AwardDetail, refreshAwards } from './award-queries.js'
import { RevokeAward } from './revoke-award.js'

/** What can be done with one award. */
export function AwardActions({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('people')
  const may = useMay()
  const [isRevoking, setRevoking] = useState(false)
  const params = { path: { id: award.id } }
  const reissue = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/awards/{id}/reissue', { params })),
    onSuccess: () => {
      tellDone(t('reissue.done'))
      void refreshAwards()
    },
    onError: tellProblem,
  })
  const isInForce = award.status === 'awarded'
  const isOwn = award.issuances.some(
    ({ target, state }) => target === 'native' && state === 'issued',
  )
  return (
    <Group gap="sm">
      {may('issuance:edit') && isInForce && isOwn && (
        <Button variant="default" loading={reissue.isPending} onClick={() => reissue.mutate()}>
          {t('reissue.button')}
        </Button>
      )}
      {may('award:edit') && isInForce && (
        <Button variant="default" c="var(--rosette-bad)" onClick={() => setRevoking(true)}>
          {t('revoke.button')}
        </Button>
      )}
      {isRevoking && <RevokeAward award={award} isOpen onClose={() => setRevoking(false)} />}
    </Group>
  )
}

/** Whether the public page names the learner; shown at once, and put back if it does not work. */
export function ShowsName({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('people')
  const may = useMay()
  const change = useMutation({
    mutationFn: (showsName: boolean) =>
      answer(
        api.PATCH('/api/v1/awards/{id}', {
          params: { path: { id: award.id } },
          body: { showsName },
        }),
      ),
    onSuccess: () => void refreshAwards(),
    onError: tellProblem,
  })
  return (
    <Switch
      label={t('grant.showsName')}
      description={t('grant.showsNameText')}
      checked={change.isPending ? change.variables : award.showsName}
      disabled={!may('award:edit')}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  )
}
