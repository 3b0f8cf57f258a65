import { Alert, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { MailQuestion } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { overviewQuery } from '../../lib/backpack.js'

/** Badges that wait for an address, and where to confirm it. */
export function WaitingNote() {
  const { t } = useTranslation('backpack')
  const { data } = useQuery(overviewQuery)
  if (data === undefined || (data.waiting === 0 && data.unconfirmedAddresses === 0)) return null
  const text =
    data.waiting > 0
      ? t('waiting.badges', { count: data.waiting })
      : t('waiting.addresses', { count: data.unconfirmedAddresses })
  return (
    <Alert
      variant="default"
      icon={<MailQuestion aria-hidden />}
      styles={{ root: { backgroundColor: 'var(--rosette-warn-bg)', borderColor: 'transparent' } }}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex={1} miw={200}>
          {text}
        </Text>
        <GoButton to="/settings#addresses" size="xs" variant="default">
          {t('waiting.go')}
        </GoButton>
      </Group>
    </Alert>
  )
}
