import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { NewPasswordInput } from '../../components/new-password-input.js'
import { Problem } from '../../components/states.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery } from '../../lib/session.js'

type Props = {
  readonly secret: string
  readonly invitation: Schema<'FoundInvitation'>
  readonly onDone: () => void
}

/** Joins an organization: with a new account, or with the one that the address has. */
export function AcceptInvitation({ secret, invitation, onDone }: Props) {
  const { t } = useTranslation('account')
  const { organization, role, email, hasAccount, signedInAs } = invitation
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const isKnown = signedInAs?.toLowerCase() === email.toLowerCase()
  const accept = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/invitations/accept', {
          body: { secret, ...(!isKnown && { name, password }) },
        }),
      ),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    accept.mutate()
  }
  const about = (
    <Text>
      <Trans
        t={t}
        i18nKey="invitation.about"
        values={{ organization: organization.name, role: t(`roles.${role}`) }}
        components={{ b: <b /> }}
      />
    </Text>
  )
  if (hasAccount && !isKnown) {
    return (
      <Stack>
        {about}
        <Text>
          {signedInAs === null
            ? t('invitation.signInFirst', { email })
            : t('invitation.other', { email, other: signedInAs })}
        </Text>
        <Button
          renderRoot={(props) => (
            <Link
              to="/sign-in"
              search={{ to: `/invitation#${encodeURIComponent(secret)}` }}
              {...props}
            />
          )}
        >
          {t('signIn.do')}
        </Button>
      </Stack>
    )
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        {about}
        {accept.isError && <Problem error={accept.error} />}
        {!isKnown && (
          <>
            <TextInput label={t('email')} value={email} readOnly autoComplete="username" />
            <TextInput
              label={t('name')}
              autoComplete="name"
              required
              withAsterisk={false}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NewPasswordInput value={password} onChange={setPassword} />
          </>
        )}
        <Button type="submit" loading={accept.isPending}>
          {t('invitation.do')}
        </Button>
      </Stack>
    </form>
  )
}
