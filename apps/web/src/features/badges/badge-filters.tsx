import { Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { LayoutGrid, Rows3, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountsQuery, type BadgeFilter, tagsQuery } from './badge-queries.js'

type Shown = BadgeFilter & { readonly view?: 'table' | undefined }
type Props = {
  readonly organizationId: string
  readonly shown: Shown
  readonly onChange: (change: Shown) => void
  readonly mayReadAccounts: boolean
}

/** What the list shows; every choice is part of the address. */
export function BadgeFilters({ organizationId, shown, onChange, mayReadAccounts }: Props) {
  const { t } = useTranslation('badges')
  const [search, setSearch] = useState(shown.search ?? '')
  const later = useDebouncedCallback((text: string) => onChange({ search: text || undefined }), 300)
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={t('filter.label')}>
      <TextInput
        flex="1 1 170px"
        type="search"
        label={t('filter.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={search}
        onChange={({ currentTarget }) => {
          setSearch(currentTarget.value)
          later(currentTarget.value)
        }}
      />
      <StateSelect {...{ shown, onChange }} />
      <TagSelect {...{ organizationId, shown, onChange }} />
      {mayReadAccounts && <TargetSelect {...{ organizationId, shown, onChange }} />}
      <SortSelect {...{ shown, onChange }} />
      <SegmentedControl
        aria-label={t('view.label')}
        value={shown.view ?? 'gallery'}
        onChange={(view) => onChange({ view: view === 'table' ? view : undefined })}
        data={[
          { value: 'gallery', label: <LayoutGrid size={18} aria-label={t('view.gallery')} /> },
          { value: 'table', label: <Rows3 size={18} aria-label={t('view.table')} /> },
        ]}
      />
    </Group>
  )
}

type PartProps = Pick<Props, 'shown' | 'onChange'>

function StateSelect({ shown, onChange }: PartProps) {
  const { t } = useTranslation('badges')
  const states = ['draft', 'active', 'archived'] as const
  return (
    <Select
      w={120}
      label={t('filter.state')}
      placeholder={t('filter.any')}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      value={shown.state ?? null}
      data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
      onChange={(value) => onChange({ state: states.find((state) => state === value) })}
    />
  )
}

function TagSelect({ organizationId, shown, onChange }: PartProps & { organizationId: string }) {
  const { t } = useTranslation('badges')
  const { data } = useQuery(tagsQuery(organizationId))
  const known = data?.items.map(({ tag }) => tag) ?? []
  const tags = shown.tag === undefined || known.includes(shown.tag) ? known : [shown.tag, ...known]
  if (tags.length === 0) return null
  return (
    <Select
      w={140}
      label={t('filter.tag')}
      placeholder={t('filter.any')}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      searchable
      value={shown.tag ?? null}
      data={tags}
      onChange={(tag) => onChange({ tag: tag ?? undefined })}
    />
  )
}

function TargetSelect({ organizationId, shown, onChange }: PartProps & { organizationId: string }) {
  const { t } = useTranslation('badges')
  const { data } = useQuery(accountsQuery(organizationId))
  const accounts = data?.items ?? []
  if (accounts.length === 0) return null
  return (
    <Select
      w={150}
      label={t('filter.target')}
      placeholder={t('filter.any')}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      value={shown.target ?? null}
      data={[
        { value: 'native', label: t('target.native') },
        ...accounts.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(target) => onChange({ target: target ?? undefined })}
    />
  )
}

function SortSelect({ shown, onChange }: PartProps) {
  const { t } = useTranslation('badges')
  const sorts = ['name', 'changed', 'created', 'awarded'] as const
  return (
    <Select
      w={160}
      label={t('filter.sort')}
      allowDeselect={false}
      value={shown.sort ?? 'name'}
      data={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
      onChange={(value) => {
        const sort = sorts.find((one) => one === value)
        onChange({ sort: sort === 'name' ? undefined : sort })
      }}
    />
  )
}
