import { Autocomplete, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

/** Those of the kinds of Open Badges that course teams use; others stay as they are. */
const types = [
  'Badge',
  'Course',
  'CertificateOfCompletion',
  'Certificate',
  'Certification',
  'Competency',
  'MicroCredential',
  'LearningProgram',
  'Assessment',
  'Assignment',
  'Award',
  'Achievement',
  'Membership',
  'CommunityService',
  'Fieldwork',
  'License',
  'Diploma',
  'Degree',
] as const

export function TypeSelect({ value, onChange, error }: Props) {
  const { t } = useTranslation('badges')
  const isKnown = types.some((type) => type === value)
  return (
    <Select
      label={t('look.type')}
      description={t('look.typeHint')}
      allowDeselect={false}
      searchable
      value={value}
      data={[
        ...types.map((type) => ({ value: type, label: t(`type.${type}`) })),
        ...(isKnown ? [] : [{ value, label: value }]),
      ]}
      onChange={(chosen) => onChange(chosen ?? 'Badge')}
      error={error}
    />
  )
}

const languages =
  'ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt pt-BR ro ru sv th tr uk vi zh-Hans zh-Hant'.split(
    ' ',
  )

/** Any language may be written; the common ones are offered. */
export function LanguageSelect({ value, onChange, error }: Props) {
  const { t, i18n } = useTranslation('badges')
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' })
  return (
    <Autocomplete
      label={t('look.language')}
      description={t('look.languageHint')}
      value={value}
      onChange={onChange}
      data={languages}
      renderOption={({ option }) => `${names.of(option.value) ?? option.value} (${option.value})`}
      filter={({ options, search }) =>
        options.filter((option) => {
          if (!('value' in option)) return true
          const told = `${option.value} ${names.of(option.value) ?? ''}`.toLowerCase()
          return search === value || told.includes(search.toLowerCase())
        })
      }
      error={error}
      dir="auto"
    />
  )
}
