import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isRole, type Role, roles } from './member-queries.js'

type Props = {
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly value: Role
  readonly onChange: (role: Role) => void
  readonly isDisabled?: boolean
}

/** A role, with what it lets somebody do. */
export function RoleSelect({ label, isLabelHidden = false, value, onChange, isDisabled }: Props) {
  const { t } = useTranslation('account')
  return (
    <Select
      {...(isLabelHidden ? { 'aria-label': label } : { label })}
      value={value}
      allowDeselect={false}
      disabled={isDisabled ?? false}
      data={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      onChange={(chosen) => isRole(chosen) && onChange(chosen)}
      description={isLabelHidden ? undefined : t(`roleAbout.${value}`)}
    />
  )
}
