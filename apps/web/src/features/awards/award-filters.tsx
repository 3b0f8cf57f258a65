import { Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { grantableQuery } from './award-queries.js'

export type Shown = {
  readonly search?: string | undefined
  readonly templateId?: string | undefined
  readonly standing?: 'in-force' | 'expired' | 'revoked' | undefined
  readonly source?: 'rules' | 'hand' | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly sort?: 'latest' | 'earliest' | 'newest' | 'oldest' | undefined
}
type Props = {
  readonly organizationId: string
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>) => void
}

const standings = ['in-force', 'expired', 'revoked'] as const
const sources = ['rules', 'hand'] as const
const sorts = ['latest', 'earliest', 'newest', 'oldest'] as const

/** What is shown of the awards; all of it stands in the address. */
export function AwardFilters({ organizationId, shown, onChange }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const { data: templates = [] } = useQuery(grantableQuery(organizationId))
  const pick =
    <Value extends string>(values: readonly Value[], name: keyof Shown) =>
    (chosen: string | null) =>
      onChange({ [name]: values.find((value) => value === chosen) })
  return (
    <Group gap="sm" align="flex-end" role="search">
      <SearchField value={shown.search} onSearch={(search) => onChange({ search })} />
      <Select
        label={t('filters.badge')}
        placeholder={t('common:all')}
        data={templates.map(({ id, name }) => ({ value: id, label: name }))}
        value={shown.templateId ?? null}
        onChange={(templateId) => onChange({ templateId: templateId ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('filters.clear') }}
        searchable
        w={220}
      />
      <Select
        label={t('filters.standing')}
        placeholder={t('common:all')}
        data={standings.map((value) => ({ value, label: t(`standing.${value}`) }))}
        value={shown.standing ?? null}
        onChange={pick(standings, 'standing')}
        clearable
        clearButtonProps={{ 'aria-label': t('filters.clear') }}
        w={160}
      />
      <Select
        label={t('filters.source')}
        placeholder={t('common:all')}
        data={sources.map((value) => ({ value, label: t(`source.${value}`) }))}
        value={shown.source ?? null}
        onChange={pick(sources, 'source')}
        clearable
        clearButtonProps={{ 'aria-label': t('filters.clear') }}
        w={160}
      />
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`filters.${end}`)}
          value={shown[end] ?? ''}
          onChange={(event) => onChange({ [end]: event.currentTarget.value || undefined })}
          w={150}
        />
      ))}
      <Select
        label={t('filters.sort')}
        data={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
        value={shown.sort ?? 'latest'}
        onChange={(value) => pick(sorts, 'sort')(value === 'latest' ? null : value)}
        allowDeselect={false}
        w={190}
      />
    </Group>
  )
}

function SearchField({
  value,
  onSearch,
}: {
  value: string | undefined
  onSearch: (search: string | undefined) => void
}) {
  const { t } = useTranslation(['people', 'common'])
  return (
    <TextInput
      key={value ?? ''}
      label={t('filters.learner')}
      placeholder={t('filters.learnerHint')}
      leftSection={<Search size={16} aria-hidden />}
      defaultValue={value ?? ''}
      onBlur={(event) => onSearch(event.currentTarget.value.trim() || undefined)}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      flex={1}
      miw={220}
    />
  )
}
