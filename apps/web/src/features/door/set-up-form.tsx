import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { isEmail, isNotEmpty, useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../components/states.js'
import { answer, api } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery } from '../../lib/session.js'

type Props = { readonly secret: string; readonly onDone: () => void }

/** Makes the first administrator, and the organization whose badges there will be. */
export function SetUpForm({ secret, onDone }: Props) {
  const { t } = useTranslation('account')
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '', organizationName: '' },
    validate: {
      name: isNotEmpty(t('needed')),
      email: isEmail(t('notAnEmail')),
      password: (text) => (text.length < 12 ? t('passwordRule') : null),
      organizationName: isNotEmpty(t('needed')),
    },
  })
  const setUp = useMutation({
    mutationFn: (given: typeof form.values) =>
      answer(api.POST('/api/v1/set-up', { body: { secret, ...given } })),
    onSuccess: (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      onDone()
    },
  })
  return (
    <form onSubmit={form.onSubmit((given) => setUp.mutate(given))} noValidate>
      <Stack gap="sm">
        {setUp.isError && <Problem error={setUp.error} />}
        <TextInput
          label={t('name')}
          autoComplete="name"
          data-autofocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('newPassword')}
          description={t('passwordRule')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <TextInput
          label={t('setUp.organization')}
          description={t('setUp.organizationAbout')}
          autoComplete="organization"
          key={form.key('organizationName')}
          {...form.getInputProps('organizationName')}
        />
        <Button type="submit" loading={setUp.isPending} mt="xs">
          {t('setUp.do')}
        </Button>
      </Stack>
    </form>
  )
}
