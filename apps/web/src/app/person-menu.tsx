import { ActionIcon, Group, Menu, Text, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Languages, LogOut, Moon, Sun, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PersonPicture } from '../components/person-picture.js'
import { tellProblem } from '../components/tell.js'
import { chooseLanguage, isLanguage, languages } from '../i18n/texts.js'
import { api, done } from '../lib/api.js'
import { queries } from '../lib/queries.js'
import { useSession } from '../lib/session.js'

/** Colours, language, one's own account, and the way out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation()
  const { user } = useSession()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark = document.documentElement.dataset['mantineColorScheme'] === 'dark'
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
      <ActionIcon
        color="gray"
        c="var(--mantine-color-text)"
        size="lg"
        aria-label={isDark ? t('person.light') : t('person.dark')}
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
        data-scheme={colorScheme}
      >
        {isDark ? <Sun size={18} aria-hidden /> : <Moon size={18} aria-hidden />}
      </ActionIcon>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon color="gray" size="lg" radius="xl" aria-label={t('person.menu')}>
            <PersonPicture name={user.name} size={30} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} c="var(--mantine-color-text)">
              {user.name}
            </Text>
            <Text size="xs">{user.email}</Text>
          </Menu.Label>
          <Menu.Item
            leftSection={<UserRound size={16} aria-hidden />}
            onClick={() => void navigate({ to: '/me' })}
          >
            {t('person.account')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('person.language')}</Menu.Label>
          {Object.entries(languages).map(([language, { name }]) => (
            <Menu.Item
              key={language}
              lang={language}
              leftSection={<Languages size={16} aria-hidden />}
              fw={language === i18n.language ? 600 : undefined}
              onClick={() => {
                if (isLanguage(language)) void chooseLanguage(language)
              }}
            >
              {name}
            </Menu.Item>
          ))}
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
