import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = { readonly value: string; readonly onChange: (password: string) => void }

/** A password that somebody chooses, with the rule that it has to keep. */
export function NewPasswordInput({ value, onChange }: Props) {
  const { t } = useTranslation('account')
  return (
    <PasswordInput
      label={t('newPassword')}
      description={t('passwordRule')}
      autoComplete="new-password"
      required
      withAsterisk={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
    />
  )
}
