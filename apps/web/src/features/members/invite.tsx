import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Copyable } from '../../components/copyable.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { answer, api } from '../../lib/api.js'
import { membersChanged, type Role } from './member-queries.js'
import { RoleSelect } from './role-select.js'

type Props = {
  readonly organizationId: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Invites a colleague: by mail where there is mail, else by a link to hand over. */
export function Invite({ organizationId, isOpen, onClose }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const [link, setLink] = useState<string>()
  const close = () => {
    setLink(undefined)
    onClose()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('members.invite')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {link === undefined ? (
        <Form organizationId={organizationId} onLink={setLink} onSent={close} />
      ) : (
        <Stack>
          <Text>{t('members.handOver')}</Text>
          <Copyable text={link} label={t('members.link')} />
          <Group justify="flex-end">
            <Button onClick={close}>{t('common:close')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

type FormProps = {
  readonly organizationId: string
  readonly onLink: (link: string) => void
  readonly onSent: () => void
}

function Form({ organizationId, onLink, onSent }: FormProps) {
  const { t } = useTranslation('account')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const invite = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/organizations/{id}/invitations', {
          params: { path: { id: organizationId } },
          body: { email, role },
        }),
      ),
    onSuccess: async ({ link }) => {
      await membersChanged()
      if (link !== null) return onLink(link)
      tellDone(t('members.invited', { email }))
      onSent()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {invite.isError && <Problem error={invite.error} />}
        <TextInput
          label={t('email')}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleSelect label={t('members.role')} value={role} onChange={setRole} />
        <Group justify="flex-end">
          <Button type="submit" loading={invite.isPending}>
            {t('members.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
