import { Button, Card, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../../components/confirm.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { queries } from '../../lib/queries.js'
import { useMay } from '../../lib/session.js'
import { KeyEnd } from './account-state.js'
import { CredentialFields, emptyCredentials } from './credential-fields.js'
import { type Account, changeAccount, providerNames, rotateKey } from './provider-queries.js'

const refresh = () => queries.invalidateQueries({ queryKey: ['provider-accounts'] })

/** The key of an account: until when it works, another one entered, another one made there. */
export function KeyCard({ account }: { account: Account }) {
  const { t } = useTranslation('operations')
  const may = useMay()
  const [asked, setAsked] = useState<'enter' | 'rotate'>()
  const close = () => setAsked(undefined)
  const isFixed = account.keyKind === 'settings'
  return (
    <Card component="section" aria-labelledby="account-key">
      <Title order={2} size="h5" id="account-key" mb="xs">
        {t('providers.key')}
      </Title>
      <Stack gap="sm" align="flex-start">
        <KeyEnd account={account} />
        {isFixed && <Text size="sm">{t('providers.keyFixed')}</Text>}
        {!isFixed && may('account:edit') && (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setAsked('enter')}>
              {t('providers.enterKey')}
            </Button>
            {account.capabilities.rotatesKey && (
              <Button size="xs" variant="default" onClick={() => setAsked('rotate')}>
                {t('providers.rotate')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
      <EnterKey account={account} isOpen={asked === 'enter'} onClose={close} />
      <Rotate account={account} isOpen={asked === 'rotate'} onClose={close} />
    </Card>
  )
}

type AskedProps = {
  readonly account: Account
  readonly isOpen: boolean
  readonly onClose: () => void
}

function Rotate({ account, isOpen, onClose }: AskedProps) {
  const { t } = useTranslation('operations')
  const provider = providerNames[account.provider]
  const rotate = useMutation({
    mutationFn: () => rotateKey(account.id),
    onSuccess: async () => {
      onClose()
      tellDone(t('providers.rotated', { provider }))
      await refresh()
    },
  })
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('providers.rotateTitle', { name: account.name })}
      confirm={t('providers.rotate')}
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate()}
    >
      {t('providers.rotateText', { provider })}
    </Confirm>
  )
}

function EnterKey({ account, isOpen, onClose }: AskedProps) {
  const { t } = useTranslation(['operations', 'common'])
  const [credentials, setCredentials] = useState(() => emptyCredentials(account.provider))
  const save = useMutation({
    mutationFn: () => changeAccount(account.id, { credentials }),
    onSuccess: async () => {
      onClose()
      setCredentials(emptyCredentials(account.provider))
      tellDone(t('providers.keyChanged'))
      await refresh()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('providers.enterKeyTitle', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t('providers.triedFirst', { provider: providerNames[account.provider] })}
          </Text>
          {save.isError && <Problem error={save.error} />}
          <CredentialFields
            provider={account.provider}
            value={credentials}
            onChange={setCredentials}
            error={save.error}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {t('providers.useKey')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
