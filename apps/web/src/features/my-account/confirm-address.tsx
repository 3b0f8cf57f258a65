import { Button, Stack, Text } from '@mantine/core'
import { CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { GoButton } from '../../components/go.js'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { useSession } from '../../lib/session.js'
import { useSecret } from '../../lib/use-secret.js'

/** Confirms an address with the link that came to it; an account that has it already comes along. */
export function ConfirmAddress() {
  const { t } = useTranslation('backpack')
  const { user } = useSession()
  const { secret, using } = useSecret(async (given) => {
    const body = { secret: given }
    const { joined } = await answer(api.POST('/api/v1/me/addresses/confirm', { body }))
    await queries.invalidateQueries()
    return joined
  })
  const toSettings = (
    <GoButton to="/settings#addresses" variant="default">
      {t('address.settings')}
    </GoButton>
  )
  if (secret === '') {
    return (
      <Stack>
        <Text size="sm">{t('address.notWhole')}</Text>
        {toSettings}
      </Stack>
    )
  }
  if (using.isSuccess) {
    return (
      <Stack align="center" ta="center" role="status">
        <CircleCheck size={44} strokeWidth={1.4} color="var(--rosette-good)" aria-hidden />
        <Text>{t(using.data ? 'address.joined' : 'address.done')}</Text>
        <GoButton to="/">{t('home.go')}</GoButton>
      </Stack>
    )
  }
  return (
    <Stack>
      <Text size="sm">{t('address.about', { email: user.email })}</Text>
      {using.isError && <Problem error={using.error} />}
      <Button loading={using.isPending} onClick={() => using.mutate()}>
        {t('address.do')}
      </Button>
      {using.isError && toSettings}
    </Stack>
  )
}
