import { Box, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { Confirm } from '../../components/confirm.js'
import { tellDone, tellProblem } from '../../components/tell.js'
import { type Address, makePrimary, removeAddress, resendLink } from './account-queries.js'

/** One address: whether it is confirmed, how many badges it has, and what may be done with it. */
export function AddressRow({ address }: { readonly address: Address }) {
  const { t } = useTranslation('backpack')
  const { email, isPrimary, isConfirmed, badges } = address
  return (
    <Group component="li" justify="space-between" gap="xs">
      <Box flex={1} miw={200}>
        <Group gap="xs">
          <Text fw={500} size="sm" dir="ltr">
            {email}
          </Text>
          {isPrimary && <Chip tone="good">{t('addresses.primary')}</Chip>}
          {!isConfirmed && <Chip tone="waiting">{t('addresses.unconfirmed')}</Chip>}
        </Group>
        <Text size="sm" c="dimmed">
          {t('addresses.badges', { count: badges })}
        </Text>
      </Box>
      {!isPrimary && <Actions address={address} />}
    </Group>
  )
}

function Actions({ address: { id, email, isConfirmed, badges } }: { readonly address: Address }) {
  const { t } = useTranslation(['backpack', 'common'])
  const [isAsked, setAsked] = useState(false)
  const onError = tellProblem
  const resend = useMutation({
    mutationFn: () => resendLink(id),
    onSuccess: () => tellDone(t('addresses.sent', { email })),
    onError,
  })
  const prefer = useMutation({ mutationFn: () => makePrimary(id), onError })
  const remove = useMutation({
    mutationFn: () => removeAddress(id),
    onSuccess: () => {
      setAsked(false)
      tellDone(t('addresses.removed', { email }))
    },
  })
  return (
    <Group gap="xs">
      {isConfirmed ? (
        <Button
          size="xs"
          variant="default"
          loading={prefer.isPending}
          onClick={() => prefer.mutate()}
          aria-label={t('addresses.makePrimaryOf', { email })}
        >
          {t('addresses.makePrimary')}
        </Button>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={resend.isPending}
          onClick={() => resend.mutate()}
          aria-label={t('addresses.resendTo', { email })}
        >
          {t('addresses.resend')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={t('addresses.removeTitle', { email })}
      >
        {t('common:remove')}
      </Button>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('addresses.removeTitle', { email })}
        confirm={t('common:remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('addresses.removeText', { count: badges })}
      </Confirm>
    </Group>
  )
}
