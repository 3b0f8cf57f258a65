import { Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { LayoutDashboard, Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useGoTo } from '../components/go.js'
import { LanguageItems } from '../components/language-items.js'
import { PersonLabel, PersonTarget, SignOutItem } from '../components/person-menu-parts.js'
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
      <PersonTarget />
      <Menu.Dropdown>
        <PersonLabel />
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
        <SignOutItem onClick={() => signOut.mutate()} />
      </Menu.Dropdown>
    </Menu>
  )
}
