import { ActionIcon, Menu, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { LayoutDashboard, LogOut, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useGoTo } from '../components/go.js'
import { LanguageItems } from '../components/language-items.js'
import { PersonPicture } from '../components/person-picture.js'
import { tellProblem } from '../components/tell.js'
import { consolePath } from '../config/places.js'
import { api, done } from '../lib/api.js'
import { queries } from '../lib/queries.js'
import { useSession } from '../lib/session.js'

/** Language, settings, the console for who works there, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation(['backpack', 'common'])
  const { user, organizations } = useSession()
  const go = useGoTo()
  const signOut = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/session')),
    onSuccess: () => {
      queries.clear()
      go('/sign-in')
    },
    onError: tellProblem,
  })
  return (
    <Menu
      position="bottom-end"
      width={240}
      defaultOpened
      returnFocus
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon color="gray" size="lg" radius="xl" aria-label={t('common:person.menu')}>
          <PersonPicture name={user.name} size={30} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" component="div">
            {user.name}
          </Text>
          <Text size="xs" component="div">
            {user.email}
          </Text>
        </Menu.Label>
        <Menu.Item leftSection={<Settings size={16} aria-hidden />} onClick={() => go('/settings')}>
          {t('nav.settings')}
        </Menu.Item>
        {(organizations.length > 0 || user.isAdministrator) && (
          <Menu.Item
            component="a"
            href={consolePath}
            leftSection={<LayoutDashboard size={16} aria-hidden />}
          >
            {t('nav.console')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('common:person.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
