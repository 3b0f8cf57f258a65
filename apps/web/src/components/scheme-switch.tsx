import { ActionIcon, useMantineColorScheme } from '@mantine/core'
import { Moon, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** From light colours to dark ones, and back. */
export function SchemeSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const isDark = document.documentElement.dataset['mantineColorScheme'] === 'dark'
  return (
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
  )
}
