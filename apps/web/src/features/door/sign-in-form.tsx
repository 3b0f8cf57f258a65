import { Button, Divider, Stack } from '@mantine/core'
import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { consolePath, sitePath } from '../../config/places.js'
import type { Schema } from '../../lib/api.js'
import { PasswordForm } from './password-form.js'

type Props = {
  readonly options: Schema<'SignInOptions'>
  /** Where to go afterwards, as an address of the console. */
  readonly to: string
  readonly onSignedIn: () => void
}

/** By password, or at an identity provider that the operator named. */
export function SignInForm({ options, to, onSignedIn }: Props) {
  return (
    <Stack gap="md">
      <PasswordForm
        forgotten={options.hasMail ? `${consolePath}forgotten-password` : undefined}
        onSignedIn={onSignedIn}
      />
      {options.providers.length > 0 && <Providers providers={options.providers} to={to} />}
    </Stack>
  )
}

type Provider = Schema<'SignInOptions'>['providers'][number]

function Providers({ providers, to }: { providers: readonly Provider[]; to: string }) {
  const { t } = useTranslation('account')
  return (
    <Stack gap="sm">
      <Divider label={t('signIn.or')} />
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          component="a"
          variant="default"
          href={`${sitePath}auth/${id}?to=${encodeURIComponent(`/console${to}`)}`}
          leftSection={<KeyRound size={16} aria-hidden />}
        >
          {t('signIn.with', { name })}
        </Button>
      ))}
    </Stack>
  )
}
