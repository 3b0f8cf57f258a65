import { Group, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LanguageItems } from '../components/language-items.js'
import { PersonLabel, PersonTarget, SignOutItem } from '../components/person-menu-parts.js'
import { SchemeSwitch } from '../components/scheme-switch.js'
import { tellProblem } from '../components/tell.js'
import { api, done } from '../lib/api.js'
import { queries } from '../lib/queries.js'

/** Colours, language, one's own account, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const signOut = useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/session')),
    onSuccess: () => {
      queries.clear()
      return navigate({ to: '/sign-in' })
    },
    onError: tellProblem,
  })
  return (
    <Group gap={4} wrap="nowrap">
      <SchemeSwitch />
      <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
        <PersonTarget />
        <Menu.Dropdown>
          <PersonLabel />
          <Menu.Item
            leftSection={<UserRound size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/me' })}
          >
            {t('person.account')}
          </Menu.Item>
          <Menu.Divider />
          <LanguageItems />
          <Menu.Divider />
          <SignOutItem onClick={() => signOut.mutate()} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
