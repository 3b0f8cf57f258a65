import { ActionIcon, Menu, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Copyable } from '../../components/copyable.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { answer, api, done } from '../../lib/api.js'
import { type User, usersChanged } from './user-queries.js'

type Change = { readonly isAdministrator?: boolean; readonly isDisabled?: boolean }

/** What an administrator may do with an account; one's own is left alone. */
export function UserActions({ user, isMe }: { user: User; isMe: boolean }) {
  const { t } = useTranslation(['account', 'common'])
  const [isLeaving, setLeaving] = useState(false)
  const path = { params: { path: { id: user.id } } }
  const change = useMutation({
    mutationFn: (body: Change) => answer(api.PATCH('/api/v1/users/{id}', { ...path, body })),
    onSuccess: async () => {
      tellDone(t('common:saved'))
      await usersChanged()
    },
    onError: tellProblem,
  })
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/users/{id}', path)),
    onSuccess: async () => {
      setLeaving(false)
      tellDone(t('users.removed', { name: user.name }))
      await usersChanged()
    },
  })
  const reset = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/users/{id}/reset-link', path)),
    onError: tellProblem,
  })
  const isDisabled = user.disabledAt !== null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('users.actionsOn', { name: user.name })}
          >
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={isDisabled} onClick={() => reset.mutate()}>
            {t('users.resetLink')}
          </Menu.Item>
          <Menu.Item
            disabled={isMe}
            onClick={() => change.mutate({ isAdministrator: !user.isAdministrator })}
          >
            {user.isAdministrator ? t('users.demote') : t('users.promote')}
          </Menu.Item>
          <Menu.Item disabled={isMe} onClick={() => change.mutate({ isDisabled: !isDisabled })}>
            {isDisabled ? t('users.enable') : t('users.disable')}
          </Menu.Item>
          <Menu.Item disabled={isMe} onClick={() => setLeaving(true)}>
            {t('common:remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={reset.isSuccess}
        onClose={reset.reset}
        title={t('users.resetLink')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack>
          <Text>{t('users.resetHandOver', { name: user.name })}</Text>
          <Copyable text={reset.data?.link ?? ''} label={t('members.link')} />
        </Stack>
      </Modal>
      <Confirm
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        title={t('members.removeTitle', { name: user.name })}
        confirm={t('common:remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('users.removeText')}
      </Confirm>
    </>
  )
}
