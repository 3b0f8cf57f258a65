import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'

export function ForgottenPage() {
  const { t } = useTranslation('account')
  const [email, setEmail] = useState('')
  const request = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/password-resets', { body: { email } })),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate()
  }
  return (
    <DoorFrame title={t('forgotten.title')} about={t('forgotten.about')}>
      {request.isSuccess ? (
        <Text role="status">
          {request.data.hasMail ? t('forgotten.sent', { email }) : t('forgotten.noMail')}
        </Text>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            {request.isError && <Problem error={request.error} />}
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" loading={request.isPending}>
              {t('forgotten.do')}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm">
        {t('backToSignIn')}
      </Anchor>
    </DoorFrame>
  )
}
