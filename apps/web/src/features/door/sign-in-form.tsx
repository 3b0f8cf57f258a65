import { Anchor, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery } from '../../lib/session.js'

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
      <PasswordForm hasMail={options.hasMail} onSignedIn={onSignedIn} />
      {options.providers.length > 0 && <Providers providers={options.providers} to={to} />}
    </Stack>
  )
}

function PasswordForm({ hasMail, onSignedIn }: { hasMail: boolean; onSignedIn: () => void }) {
  const { t } = useTranslation('account')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/session', { body: { email, password } })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      onSignedIn()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {signIn.isError && <Problem error={signIn.error} />}
        <TextInput
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
        />
        <Button type="submit" loading={signIn.isPending} mt="xs">
          {t('signIn.do')}
        </Button>
        {hasMail && (
          <Anchor component={Link} to="/forgotten-password" size="sm">
            {t('signIn.forgotten')}
          </Anchor>
        )}
      </Stack>
    </form>
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
