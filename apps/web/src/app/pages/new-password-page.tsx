import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DoorFrame } from '../../components/door-frame.js'
import { NewPasswordInput } from '../../components/new-password-input.js'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { secretOfLink } from '../../lib/secret-of-link.js'

export function NewPasswordPage() {
  const { t } = useTranslation('account')
  const [secret] = useState(secretOfLink)
  const [password, setPassword] = useState('')
  const reset = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/password-resets/use', { body: { secret, password } })),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    reset.mutate()
  }
  return (
    <DoorFrame title={t('newPasswordTitle')}>
      {reset.isSuccess ? (
        <Text role="status">{t('newPasswordDone', { email: reset.data.email })}</Text>
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            {reset.isError && <Problem error={reset.error} />}
            <NewPasswordInput value={password} onChange={setPassword} />
            <Button type="submit" loading={reset.isPending}>
              {t('newPasswordDo')}
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
