import { ActionIcon, Group, Menu, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LanguageItems } from '../components/language-items.js'
import { PersonPicture } from '../components/person-picture.js'
import { SchemeSwitch } from '../components/scheme-switch.js'
import { tellProblem } from '../components/tell.js'
import { api, done } from '../lib/api.js'
import { queries } from '../lib/queries.js'
import { useSession } from '../lib/session.js'

/** Colours, language, one's own account, and the way out. */
export function PersonMenu() {
  const { t } = useTranslation()
  const { user } = useSession()
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
        <Menu.Target>
          <ActionIcon color="gray" size="lg" radius="xl" aria-label={t('person.menu')}>
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
          <Menu.Item
            leftSection={<UserRound size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/me' })}
          >
            {t('person.account')}
          </Menu.Item>
          <Menu.Divider />
          <LanguageItems />
          <Menu.Divider />
          <Menu.Item
            leftSection={<LogOut size={16} aria-hidden />}
            onClick={() => signOut.mutate()}
          >
            {t('person.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
