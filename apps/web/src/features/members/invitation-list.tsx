import { Button, Card, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Copyable } from '../../components/copyable.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { When } from '../../components/when.js'
import { answer, api, done } from '../../lib/api.js'
import { type Invitation, membersChanged } from './member-queries.js'

type Props = { readonly invitations: readonly Invitation[]; readonly mayEdit: boolean }

/** Who has been invited and has not come yet. */
export function InvitationList({ invitations, mayEdit }: Props) {
  return (
    <Card>
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
        {invitations.map((one) => (
          <Row key={one.id} invitation={one} mayEdit={mayEdit} />
        ))}
      </Stack>
    </Card>
  )
}

function Row({ invitation, mayEdit }: { invitation: Invitation; mayEdit: boolean }) {
  const { t } = useTranslation('account')
  const { id, email, role, expiresAt, isExpired } = invitation
  const [link, setLink] = useState<string | null>(null)
  const resend = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/invitations/{id}/resend', { params: { path: { id } } })),
    onSuccess: async (sent) => {
      setLink(sent.link)
      if (sent.link === null) tellDone(t('members.invited', { email }))
      await membersChanged()
    },
    onError: tellProblem,
  })
  const withdraw = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      tellDone(t('members.withdrawn', { email }))
      await membersChanged()
    },
    onError: tellProblem,
  })
  return (
    <Stack component="li" gap="xs">
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap="xs">
            <Text fw={500}>{email}</Text>
            {isExpired && <Chip tone="warn">{t('members.expired')}</Chip>}
          </Group>
          <Text size="sm" c="dimmed">
            {t(`roles.${role}`)} · {isExpired ? t('members.ended') : t('members.until')}{' '}
            <When at={expiresAt} />
          </Text>
        </div>
        {mayEdit && (
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              loading={resend.isPending}
              onClick={() => resend.mutate()}
            >
              {t('members.resend')}
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate()}
            >
              {t('members.withdraw')}
            </Button>
          </Group>
        )}
      </Group>
      {link !== null && <Copyable text={link} label={t('members.link')} />}
    </Stack>
  )
}
