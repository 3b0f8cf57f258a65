import { ActionIcon, Menu, Text } from '@mantine/core'
import { LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../lib/session.js'
import { PersonPicture } from './person-picture.js'

/** What opens the menu of the person who has signed in. */
export function PersonTarget() {
  const { t } = useTranslation()
  return (
    <Menu.Target>
      <ActionIcon color="gray" size="lg" radius="xl" aria-label={t('person.menu')}>
        <PersonPicture name={useSession().user.name} size={30} />
      </ActionIcon>
    </Menu.Target>
  )
}

/** Who has signed in, at the top of the menu. */
export function PersonLabel() {
  const { user } = useSession()
  return (
    <Menu.Label>
      <Text size="sm" fw={600} c="var(--mantine-color-text)" component="div">
        {user.name}
      </Text>
      <Text size="xs" component="div">
        {user.email}
      </Text>
    </Menu.Label>
  )
}

/** The way out, at its end. */
export function SignOutItem({ onClick }: { readonly onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={onClick}>
      {t('person.signOut')}
    </Menu.Item>
  )
}
