import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chips.js'
import { When } from '../../components/when.js'
import { format } from '../../lib/format.js'
import type { Account } from './provider-queries.js'

const dayMs = 86_400_000
/** From so many days before its end on, there is a warning. */
const warnedDays = 14

/** Whether work goes on at an account, and why it does not. */
export function AccountState({ account }: { account: Account }) {
  const { t } = useTranslation('operations')
  const { state, pausedAt, pauseReason, nextProbeAt } = account
  if (state === 'working') return <Chip tone="good">{t('providers.working')}</Chip>
  return (
    <Stack gap={2} align="flex-start">
      <Chip tone="bad">{t('providers.paused')}</Chip>
      <Text size="sm" c="dimmed">
        {t('providers.since')} {pausedAt !== null && <When at={pausedAt} />}
      </Text>
      {pauseReason !== null && <Text size="sm">{pauseReason}</Text>}
      {nextProbeAt !== null && new Date(nextProbeAt) > new Date() && (
        <Text size="sm" c="dimmed">
          {t('providers.probe')} <When at={nextProbeAt} />
        </Text>
      )}
    </Stack>
  )
}

/** Until when the key works; with a warning while there is still time to make another. */
export function KeyEnd({ account: { keyExpiresAt, keyKind } }: { account: Account }) {
  const { t } = useTranslation('operations')
  if (keyExpiresAt === null) {
    return (
      <Text size="sm" c="dimmed">
        {t(keyKind === 'settings' ? 'providers.keyInSettings' : 'providers.keyNoEnd')}
      </Text>
    )
  }
  const days = Math.floor((Date.parse(keyExpiresAt) - Date.now()) / dayMs)
  const date = format.date(keyExpiresAt)
  if (days >= warnedDays) return <Text size="sm">{t('providers.keyEnds', { date })}</Text>
  return (
    <Chip tone={days < 0 ? 'bad' : 'warn'}>
      {t(days < 0 ? 'providers.keyEnded' : 'providers.keyEnds', { date })}
    </Chip>
  )
}
