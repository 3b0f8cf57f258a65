import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { Await, Empty } from '../../components/states.js'
import { AcceptInvitation } from '../../features/door/accept-invitation.js'
import { invitationQuery } from '../../features/door/door-queries.js'
import { secretOfLink } from '../../lib/secret-of-link.js'

export function InvitationPage() {
  const { t } = useTranslation('account')
  const navigate = useNavigate()
  const [secret] = useState(secretOfLink)
  const invitation = useQuery({ ...invitationQuery(secret), enabled: secret !== '' })
  return (
    <DoorFrame title={t('invitation.title')}>
      {secret === '' ? (
        <Empty title={t('link.title')}>{t('invitation.noSecret')}</Empty>
      ) : (
        <Await query={invitation}>
          {(found) => (
            <AcceptInvitation
              secret={secret}
              invitation={found}
              onDone={() => void navigate({ to: '/', replace: true })}
            />
          )}
        </Await>
      )}
    </DoorFrame>
  )
}
