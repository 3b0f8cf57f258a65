import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Await, Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { faultAt } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'
import { type Issuer, keyBadgesQuery, reissue, revokeKey } from './issuer-queries.js'

type Props = { readonly issuer: Issuer; readonly kid: string; readonly onClose: () => void }

/** Says what follows from a stolen key and for how many badges, and then has them signed anew. */
export function StolenKey({ issuer, kid, onClose }: Props) {
  const { t } = useTranslation(['operations', 'common'])
  const badges = useQuery(keyBadgesQuery(issuer.id, kid))
  const [reason, setReason] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: ['issuers'] })
  const revoke = useMutation({
    mutationFn: () => revokeKey(issuer.id, kid, reason),
    onSettled: refresh,
  })
  const again = useMutation({
    mutationFn: () => reissue(issuer.id, kid),
    onSuccess: () => {
      tellDone(t('keys.reissuing'))
      onClose()
    },
    onSettled: refresh,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.stolenTitle', { issuer: issuer.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {revoke.isSuccess ? (
        <Stack>
          <Text role="status">{t('keys.stolenDone', { count: revoke.data.badges })}</Text>
          {again.isError && <Problem error={again.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('keys.later')}
            </Button>
            {revoke.data.badges > 0 && (
              <Button loading={again.isPending} onClick={() => again.mutate()}>
                {t('keys.signAnew', { count: revoke.data.badges })}
              </Button>
            )}
          </Group>
        </Stack>
      ) : (
        <Stack>
          <Text>{t('keys.stolenText')}</Text>
          <Await query={badges}>
            {({ badges: count }) => <Text fw={600}>{t('keys.stolenCount', { count })}</Text>}
          </Await>
          {revoke.isError && <Problem error={revoke.error} />}
          <Textarea
            label={t('keys.reason')}
            description={t('keys.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={faultAt(revoke.error, 'reason')}
            required
            withAsterisk={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              color="red.9"
              disabled={reason.trim() === ''}
              loading={revoke.isPending}
              onClick={() => revoke.mutate()}
            >
              {t('keys.declare')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
