import { Anchor, Button, Divider, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { KeyRound, Mail, MailCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { consolePath, sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { faultAt } from '../../lib/problem.js'
import { PasswordForm } from './password-form.js'

type Props = {
  readonly options: Schema<'SignInOptions'>
  /** Where to go afterwards, as an address of the backpack. */
  readonly to: string
  readonly onSignedIn: () => void
}

/** By a link that is mailed, through the learning platform, or, for who has one, with a password. */
export function LearnerDoor({ options, to, onSignedIn }: Props) {
  const { t } = useTranslation('backpack')
  const { hasMail, mailLink, providers } = options
  const forgotten = hasMail ? `${consolePath}forgotten-password` : undefined
  const password = <PasswordForm forgotten={forgotten} onSignedIn={onSignedIn} />
  return (
    <Stack gap="md">
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          component="a"
          href={`${sitePath}auth/${id}?to=${encodeURIComponent(`/backpack${to}`)}`}
          leftSection={<KeyRound size={16} aria-hidden />}
        >
          {t('door.with', { name })}
        </Button>
      ))}
      {providers.length > 0 && <Divider label={t('door.or')} />}
      {mailLink && <LinkForm to={to} isFirst={providers.length === 0} />}
      {mailLink || providers.length > 0 ? (
        <details>
          <summary>
            <Text span size="sm">
              {t('door.password')}
            </Text>
          </summary>
          <Stack mt="sm">{password}</Stack>
        </details>
      ) : (
        password
      )}
    </Stack>
  )
}

function LinkForm({ to, isFirst }: { readonly to: string; readonly isFirst: boolean }) {
  const { t, i18n } = useTranslation('backpack')
  const [email, setEmail] = useState('')
  const send = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/sign-in-links', {
          body: { email, language: i18n.language, ...(to !== '/' && { to: `/backpack${to}` }) },
        }),
      ),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate()
  }
  if (send.isSuccess) return <Sent email={email} onAgain={() => send.reset()} />
  const fault = faultAt(send.error, 'email')
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {send.isError && fault === undefined && <Problem error={send.error} />}
        <TextInput
          label={t('door.email')}
          description={t('door.emailText')}
          type="email"
          name="email"
          autoComplete="email"
          dir="ltr"
          required
          withAsterisk={false}
          value={email}
          error={fault}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={send.isPending}
          leftSection={<Mail size={16} aria-hidden />}
          {...(!isFirst && { variant: 'default' })}
        >
          {t('door.send')}
        </Button>
      </Stack>
    </form>
  )
}

function Sent({ email, onAgain }: { readonly email: string; readonly onAgain: () => void }) {
  const { t } = useTranslation('backpack')
  return (
    <Stack align="center" ta="center" gap="xs" role="status">
      <MailCheck size={44} strokeWidth={1.4} color="var(--rosette-good)" aria-hidden />
      <Text fw={600}>{t('door.sent')}</Text>
      <Text size="sm" c="dimmed">
        {t('door.sentText', { email })}
      </Text>
      <Anchor component="button" type="button" size="sm" onClick={onAgain}>
        {t('door.again')}
      </Anchor>
    </Stack>
  )
}
