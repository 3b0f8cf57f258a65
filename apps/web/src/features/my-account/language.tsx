import { Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Section } from '../../components/section.js'
import { tellProblem } from '../../components/tell.js'
import { chooseLanguage, isLanguage, languages } from '../../i18n/texts.js'
import { answer, api } from '../../lib/api.js'

/** The language of the pages here, and of the letters that come. */
export function LanguageCard() {
  const { t, i18n } = useTranslation('backpack')
  const keep = useMutation({
    mutationFn: (language: string) =>
      answer(api.PATCH('/api/v1/profile', { body: { preferences: { language } } })),
    onError: tellProblem,
  })
  const data = Object.entries(languages).map(([value, { name }]) => ({ value, label: name }))
  return (
    <Section title={t('language.title')} about={t('language.about')}>
      <Select
        aria-label={t('language.title')}
        data={data}
        value={i18n.language}
        allowDeselect={false}
        onChange={(language) => {
          if (!isLanguage(language)) return
          void chooseLanguage(language)
          keep.mutate(language)
        }}
      />
    </Section>
  )
}
