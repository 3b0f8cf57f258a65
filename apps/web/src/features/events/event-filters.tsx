import { Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type EventFilters, eventTypesQuery } from './event-queries.js'

type Props = {
  readonly filters: EventFilters
  readonly onChange: (filters: EventFilters) => void
}

const texts = ['username', 'text'] as const

/** By type, by learner, by what stands in the payload; each can be linked to. */
export function EventFilterBar({ filters, onChange }: Props) {
  const { t } = useTranslation('operations')
  const types = useQuery(eventTypesQuery)
  const offered = (types.data?.items ?? []).map(({ eventType, title }) => ({
    value: eventType,
    label: title,
  }))
  const change = (name: keyof EventFilters, value: string | null) => {
    const { [name]: _, ...others } = filters
    onChange(value === null || value === '' ? others : { ...others, [name]: value })
  }
  return (
    <Group gap="sm" align="flex-end" role="search">
      <Select
        label={t('events.type')}
        placeholder={t('events.allTypes')}
        data={offered}
        value={filters.type ?? null}
        onChange={(value) => change('type', value)}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('events.clear') }}
        nothingFoundMessage={t('events.noType')}
        flex="1 1 200px"
      />
      {texts.map((name) => (
        <TextInput
          key={name}
          label={t(`events.${name}`)}
          placeholder={t(`events.${name}Example`)}
          defaultValue={filters[name] ?? ''}
          onBlur={(event) => change(name, event.currentTarget.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          flex="1 1 200px"
        />
      ))}
    </Group>
  )
}
