import { Button, Card, Group, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewPasswordInput } from '../../components/new-password-input.js'
import { Problem } from '../../components/states.js'
import { tellDone } from '../../components/tell.js'
import { answer, api, done } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery, useSession } from '../../lib/session.js'

/** One's own name. */
export function Profile() {
  const { t } = useTranslation(['account', 'common'])
  const { user } = useSession()
  const [name, setName] = useState(user.name)
  const change = useMutation({
    mutationFn: () => answer(api.PATCH('/api/v1/profile', { body: { name } })),
    onSuccess: async () => {
      tellDone(t('common:saved'))
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Card component="form" onSubmit={submit}>
      <Stack>
        <Title order={2} size="h4">
          {t('me.who')}
        </Title>
        {change.isError && <Problem error={change.error} />}
        <TextInput label={t('email')} value={user.email} readOnly />
        <TextInput
          label={t('name')}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending} disabled={name === user.name}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}

/** A new password; all other devices are signed out with it. */
export function Password() {
  const { t } = useTranslation('account')
  const { user } = useSession()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () =>
      done(
        api.POST('/api/v1/profile/password', {
          body: { password, ...(user.hasPassword && { currentPassword: current }) },
        }),
      ),
    onSuccess: async () => {
      setCurrent('')
      setPassword('')
      tellDone(t('me.passwordSet'))
      await queries.invalidateQueries()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  const shows = { visibilityToggleButtonProps: { 'aria-label': t('showPassword') } }
  return (
    <Card component="form" onSubmit={submit}>
      <Stack>
        <Title order={2} size="h4">
          {t('password')}
        </Title>
        {change.isError && <Problem error={change.error} />}
        {user.hasPassword && (
          <PasswordInput
            label={t('me.currentPassword')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            {...shows}
          />
        )}
        <NewPasswordInput value={password} onChange={setPassword} />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t('newPasswordDo')}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}
