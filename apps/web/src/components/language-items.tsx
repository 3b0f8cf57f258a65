import { Menu } from '@mantine/core'
import { Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, isLanguage, languages } from '../i18n/texts.js'

/** The languages of the site, as items of a menu. */
export function LanguageItems() {
  const { t, i18n } = useTranslation()
  return (
    <>
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
    </>
  )
}
